package org.dacite.cli;

import java.util.Optional;
import org.dacite.context.Committed;
import org.dacite.context.Stage;
import org.dacite.context.TezosHashes;
import org.dacite.context.TezosText;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "log",
        description = "Lists commits, newest first.",
        customSynopsis = "dacite context log [--at REV] [--limit N] [--stage NAME]",
        footer = "  dacite context log --limit 5",
        sortOptions = false)
final class ContextLogVerb implements Verb {
    @Option(
            names = "--at",
            paramLabel = "REV",
            description = "From this revision back (default: from the one that the staging area stands on).")
    private String at;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: all).")
    private Long limit;

    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        long most = Limit.of(limit, Long.MAX_VALUE);
        try (Dacite dacite = Stores.toRead(session)) {
            Stage area = stage.of(dacite);
            Optional<Revision> from = at == null ? area.base() : Optional.of(ContextNames.revision(dacite, at));
            RevisionLine line = RevisionLine.of(dacite);
            Table table = session.table("id", "hash", "root", "tezos", "time", "branches", "author", "message");
            if (from.isPresent() && most > 0) {
                dacite.log(from.get(), most, each -> {
                    if (session.json()) {
                        session.line(json(line, each, TezosHashes.of(dacite, each)));
                    } else {
                        table.row(
                                each.id(),
                                RevisionLine.shortened(each.hash()),
                                RevisionLine.shortened(each.root()),
                                text(TezosHashes.of(dacite, each)),
                                each.time(),
                                String.join(", ", line.branches(each)),
                                each.author(),
                                each.message());
                    }
                });
            }
            if (!session.json() && table.end() == 0) {
                session.remark("no commits yet");
            }
            return ExitCode.DONE;
        }
    }

    private static String text(Optional<Committed.Tezos> tezos) {
        return tezos.map(each -> TezosText.of(each.hash())).orElse(null);
    }

    private static Json json(RevisionLine line, Revision revision, Optional<Committed.Tezos> tezos) {
        return Json.object()
                .with("hash", revision.hash())
                .with("root", revision.root())
                .with("tezos", tezos.map(Committed.Tezos::hash).orElse(null))
                .with("tezos_text", text(tezos))
                .with("revision", revision.id())
                .with("time", Math.floorDiv(revision.timeMillis(), 1000L))
                .with("author", revision.author())
                .with("message", revision.message())
                .with("branches", line.branches(revision))
                .with("tags", line.tags(revision));
    }
}
