package org.dacite.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;

/** Revisions as people and scripts read them. Knows the branches and tags as they were when it was made. */
final class RevisionLine {
    private static final int SHORT_DIGITS = 12;

    private final Map<Long, List<String>> branches;
    private final Map<Long, List<String>> tags;

    private RevisionLine(Map<Long, List<String>> branches, Map<Long, List<String>> tags) {
        this.branches = branches;
        this.tags = tags;
    }

    static RevisionLine of(Dacite dacite) {
        return new RevisionLine(byRevision(dacite.branches()), byRevision(dacite.tags()));
    }

    private static Map<Long, List<String>> byRevision(Map<String, Long> names) {
        return names.keySet().stream().collect(Collectors.groupingBy(names::get));
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
                .with("branches", branches(revision))
                .with("tags", tags(revision))
                .with("pruned", revision.pruned());
    }

    List<String> branches(Revision revision) {
        return branches.getOrDefault(revision.id(), List.of());
    }

    List<String> tags(Revision revision) {
        return tags.getOrDefault(revision.id(), List.of());
    }

    /** The word that tells a revision whose state is gone; null where it is there. */
    static String pruned(Revision revision) {
        return revision.pruned() ? "pruned" : null;
    }

    /** {@code revision 3 (0123456789ab)}. */
    static String named(Revision revision) {
        return "revision " + revision.id() + " (" + shortened(revision.hash()) + ")";
    }

    /** One sentence. */
    static String sentence(Revision revision) {
        return named(revision) + ": " + counted(revision.leafCount(), "leaf", "leaves") + ", root " + revision.root();
    }

    /** The first digits of a digest, enough to name a revision. */
    static String shortened(Object digest) {
        return digest.toString().substring(0, SHORT_DIGITS);
    }

    static String counted(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
