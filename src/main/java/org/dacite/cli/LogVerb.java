package org.dacite.cli;

import java.util.Optional;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "log",
        description = "Lists revisions, newest first.",
        customSynopsis = "dacite log [--at REV] [--limit N]",
        footer = "  dacite log --limit 5",
        sortOptions = false)
final class LogVerb implements Verb {
    private static final long LIMIT_FOR_PEOPLE = 20;

    @Option(names = "--at", paramLabel = "REV", description = "From this revision back (default: the head of main).")
    private String at;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 20, with --json all).")
    private Long limit;

    @Override
    public int run(Session session) {
        long most = Limit.of(limit, session.json() ? Long.MAX_VALUE : LIMIT_FOR_PEOPLE);
        try (Dacite dacite = Stores.toRead(session)) {
            Optional<Revision> from = Stores.revision(dacite, at);
            RevisionLine line = RevisionLine.of(dacite);
            Table table =
                    session.table("id", "hash", "root", "time", "leaves", "branches", "tags", "", "author", "message");
            if (from.isPresent() && most > 0) {
                dacite.log(from.get(), most, revision -> {
                    if (session.json()) {
                        session.line(line.json(revision));
                    } else {
                        row(table, line, revision);
                    }
                });
            }
            if (!session.json()) {
                long rows = table.end();
                remark(session, from, rows);
            }
            return ExitCode.DONE;
        }
    }

    private static void row(Table table, RevisionLine line, Revision revision) {
        table.row(
                revision.id(),
                RevisionLine.shortened(revision.hash()),
                RevisionLine.shortened(revision.root()),
                revision.time(),
                revision.leafCount(),
                String.join(", ", line.branches(revision)),
                String.join(", ", line.tags(revision)),
                RevisionLine.pruned(revision),
                revision.author(),
                revision.message());
    }

    private void remark(Session session, Optional<Revision> from, long rows) {
        if (from.isEmpty()) {
            session.remark("no revisions yet");
        } else if (limit == null && rows <= from.get().height()) {
            session.remark("and " + (from.get().height() + 1 - rows) + " older; --limit shows more");
        }
    }
}
