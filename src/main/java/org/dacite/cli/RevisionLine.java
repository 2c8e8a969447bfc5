package org.dacite.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;

/** Revisions as people and scripts read them. Knows the branches as they were when it was made. */
final class RevisionLine {
    private static final int SHORT_DIGITS = 12;

    private final Map<Long, List<String>> branches = new HashMap<>();

    private RevisionLine() {}

    static RevisionLine of(Dacite dacite) {
        RevisionLine line = new RevisionLine();
        dacite.branches()
                .forEach((name, id) -> line.branches.merge(
                        id,
                        List.of(name),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        return line;
    }

    Json json(Revision revision) {
        return Json.object()
                .with("id", revision.id())
                .with(
                        "parent",
                        revision.parent().isPresent() ? revision.parent().getAsLong() : null)
                .with("height", revision.height())
                .with("root", revision.root())
                .with("history", revision.history())
                .with("hash", revision.hash())
                .with("leaves", revision.leafCount())
                .with("time", revision.timeMillis())
                .with("author", revision.author())
                .with("message", revision.message())
                .with("branches", branches(revision));
    }

    List<String> branches(Revision revision) {
        return branches.getOrDefault(revision.id(), List.of());
    }

    /** One sentence. */
    static String sentence(Revision revision) {
        return "revision " + revision.id() + " (" + shortened(revision.hash()) + "): "
                + counted(revision.leafCount(), "leaf", "leaves") + ", root " + revision.root();
    }

    /** The first digits of a digest, enough to name a revision. */
    static String shortened(Object digest) {
        return digest.toString().substring(0, SHORT_DIGITS);
    }

    static String counted(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
