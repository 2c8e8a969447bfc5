package org.dacite.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;

/** What the verbs of branches and tags share: names with their revisions, as people and scripts read them. */
final class Naming {
    private Naming() {}

    /** Refuses to make, rename and delete at once. */
    static void requireOne(String made, List<String> renamed, String deleted) {
        long asked = Stream.of(made, renamed, deleted).filter(Objects::nonNull).count();
        if (asked > 1 || (renamed != null && renamed.size() != 2)) {
            throw new UsageException("expected one of NAME, --rename and --delete, got "
                    + (asked > 1 ? asked + " of them" : "several --rename") + "; do one after the other");
        }
    }

    /** Lists names with the ids of their revisions. */
    static void list(Session session, Dacite dacite, Map<String, Long> names) {
        Table table = session.table("name", "revision", "hash", "height", "time", "");
        names.forEach((name, id) -> {
            Revision revision = dacite.store()
                    .revision(id)
                    .orElseThrow(() -> new StoreException("expected revision " + id + ", which '" + name
                            + "' names, found none; the store is damaged, run 'dacite fsck'"));
            if (session.json()) {
                session.line(json(name, revision));
            } else {
                table.row(
                        name,
                        revision.id(),
                        RevisionLine.shortened(revision.hash()),
                        revision.height(),
                        revision.time(),
                        RevisionLine.pruned(revision));
            }
        });
        if (!session.json()) {
            table.end();
        }
    }

    /** Says what became of one: a sentence for people, the name with its revision for scripts. */
    static void tell(Session session, String sentence, String name, Revision revision) {
        if (session.json()) {
            session.line(json(name, revision));
        } else {
            session.line(Text.escaped(sentence) + " " + RevisionLine.named(revision));
        }
    }

    private static Json json(String name, Revision revision) {
        return Json.object()
                .with("name", name)
                .with("revision", revision.id())
                .with("hash", revision.hash())
                .with("height", revision.height())
                .with("time", revision.timeMillis());
    }
}
