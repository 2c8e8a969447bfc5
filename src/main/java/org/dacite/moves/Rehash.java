package org.dacite.moves;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dacite.history.Commit;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.PrunedRevisionException;
import org.dacite.history.RecordLog;
import org.dacite.history.Snapshot;
import org.dacite.store.RehashRows;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;
import org.dacite.tree.Changes;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;
import org.dacite.tree.SpillException;

/**
 * Commits every revision of a store, or every one that is kept, anew in another one, which has another hash or other keys: in order, with authors, times
 * and messages, on the same forks, and writes down which was made of which. Each is one transaction together with that, so
 * whatever ends it, the next run goes on behind the last one; and it takes what is new of a store that has moved on. For one
 * thread.
 */
public final class Rehash {
    private static final int RECORDS_AT_ONCE = 1_000;
    private static final int TOLD_EVERY = 1024;

    private final Dacite from;
    private final Dacite to;
    private final Which which;
    private final Consumer<Progress> progress;
    private long made;
    private long leftOut;
    private long compared;

    /** Which revisions are committed anew. */
    public enum Which {
        /** Every one; where the state of one was given up, that is refused. */
        ALL,
        /** Those that have their state, each on the last one before it that was. */
        KEPT
    }

    /**
     * What it came to.
     *
     * @param made how many revisions were committed
     * @param leftOut how many were not, since their state was given up
     * @param heads how many heads of branches were compared, key by key
     * @param leaves how many keys those have
     */
    public record Report(long made, long leftOut, long heads, long leaves) {}

    /**
     * How far it is.
     *
     * @param done revisions, or in the end keys
     * @param what what is done now
     */
    public record Progress(long done, String what) {}

    private Rehash(Dacite from, Dacite to, Which which, Consumer<Progress> progress) {
        this.from = from;
        this.to = to;
        this.which = which;
        this.progress = progress;
    }

    /**
     * Goes on where the last run stopped, to the end, and compares the heads of all branches.
     *
     * @param to a store that is empty, or that was begun from the same one and has no commits of its own
     * @throws PrunedRevisionException when all are wanted and the state of one was given up, and with it what could be hashed
     */
    public static Report run(Dacite from, Dacite to, Which which, Consumer<Progress> progress) {
        Rehash rehash = new Rehash(from, to, which, progress);
        rehash.checkDestination();
        Map<String, Long> branches = from.branches();
        Map<String, Long> tags = from.tags();
        rehash.revisions();
        rehash.logs();
        rehash.names(branches, tags);
        to.setRetention(from.retention());
        for (String branch : branches.keySet()) {
            rehash.compare(branches.get(branch), branch);
        }
        return new Report(rehash.made, rehash.leftOut, branches.size(), rehash.compared);
    }

    private void checkDestination() {
        Optional<RehashRows.Step> last = to.store().rehashes(RehashRows::last);
        if (last.isEmpty()) {
            if (to.store().revision(1).isPresent() || !to.recordLogs().isEmpty()) {
                throw new IllegalArgumentException(
                        "expected an empty store, or one that a rehash of the same store began," + " at "
                                + to.store().place() + ", got one with revisions of its own; name another with --to");
            }
            return;
        }
        boolean same = from.store()
                .revision(last.get().oldId())
                .filter(old -> old.hash().equals(last.get().oldHash()))
                .isPresent();
        if (!same) {
            throw new IllegalArgumentException("expected a store that a rehash of the same store began, at "
                    + to.store().place() + ", got one that was made from another; name another with --to");
        }
        to.branches().forEach((branch, head) -> {
            if (!to.store().rehashes(rows -> rows.isMade(head))) {
                throw new IllegalArgumentException("expected a store whose branches were made by the rehash alone, at "
                        + to.store().place() + ", got commits of its own on '" + branch + "'; name another with --to");
            }
        });
    }

    private void revisions() {
        long next = to.store()
                        .rehashes(RehashRows::last)
                        .map(RehashRows.Step::oldId)
                        .orElse(0L)
                + 1;
        for (Optional<Revision> old = from.store().revision(next);
                old.isPresent();
                old = from.store().revision(++next)) {
            try {
                commit(old.get());
                made++;
            } catch (PrunedRevisionException e) {
                leaveOut(old.get(), e);
            }
            progress.accept(new Progress(next, "revision " + next));
        }
    }

    private void leaveOut(Revision old, PrunedRevisionException why) {
        if (which == Which.ALL || !isGone(old)) {
            throw why;
        }
        leftOut++;
    }

    private void commit(Revision old) {
        Optional<Revision> before = madeBefore(old);
        Optional<Revision> parent = before.map(each -> made(each.id()));
        try (Changes changes = new Changes()) {
            fill(changes, before, parent, old);
            append(changes, parent, old);
        } catch (SpillException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    private void append(Changes changes, Optional<Revision> parent, Revision old) {
        Note note = new Note(old.message(), old.author(), old.timeMillis());
        to.store().write(transaction -> {
            Revision now = Commit.append(to, transaction, parent, note, Commit.merging(transaction, changes));
            if (now.leafCount() != old.leafCount() || (which == Which.ALL && now.height() != old.height())) {
                throw new StoreException("expected revision " + old.id() + " to have " + old.leafCount()
                        + " leaves at height " + old.height() + " again, got " + now.leafCount() + " at "
                        + now.height() + "; run 'dacite fsck' on both stores");
            }
            transaction.rehashes().add(now.id(), old);
            return now;
        });
    }

    /** The last revision before one on its line that was committed anew. */
    private Optional<Revision> madeBefore(Revision old) {
        Optional<Revision> before = parent(old);
        while (before.isPresent() && found(before.get().id()).isEmpty()) {
            before = parent(before.get());
        }
        return before;
    }

    private Optional<Revision> parent(Revision old) {
        return old.parent().isEmpty()
                ? Optional.empty()
                : from.store().revision(old.parent().getAsLong());
    }

    /** Fills in what leads to the state of a revision: from that of the one before it, or, when that is gone, from what was made of it. */
    private void fill(Changes changes, Optional<Revision> before, Optional<Revision> parent, Revision old) {
        try (Snapshot state = from.at(old)) {
            if (before.filter(this::isGone).isPresent()) {
                try (Snapshot base = to.at(parent.orElseThrow())) {
                    Edits.addBetween(changes, base, state, to.codec());
                    return;
                }
            }
            try (Snapshot base = before.map(from::at).orElse(null)) {
                long top = base == null ? 0 : before.orElseThrow().rootLink();
                Edits.add(
                        changes,
                        Comparison.of(from.store().nodes(), top, old.rootLink(), new byte[0], null),
                        leaf -> key(leaf, state));
            }
        } catch (PrunedRevisionException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("revision " + old.id() + ": " + e.getMessage(), e);
        }
    }

    private boolean isGone(Revision old) {
        return from.store().revision(old.id()).orElseThrow().pruned();
    }

    private Optional<Long> found(long oldId) {
        return to.store().rehashes(rows -> rows.made(oldId));
    }

    private Revision made(long oldId) {
        return found(oldId)
                .flatMap(to.store()::revision)
                .orElseThrow(() -> new StoreException("expected what was made of revision " + oldId + " at "
                        + to.store().place() + ", found none; the store is damaged, run 'dacite fsck'"));
    }

    /** The key of a leaf under the codec of the new store. */
    private Edits.Key key(Leaf leaf, Snapshot state) {
        if (from.codec().losesUserKey() && leaf.userKey() == null) {
            throw new IllegalArgumentException("expected the names of hashed keys in the state with root "
                    + state.root() + ", got one without; a state that was imported cannot be rehashed");
        }
        byte[] user = leaf.userKey() == null ? from.codec().user(leaf.key()) : leaf.userKey();
        return Edits.key(user, to.codec());
    }

    /** The records of named logs, which go on where the last run stopped. */
    private void logs() {
        from.recordLogs().forEach((name, size) -> {
            RecordLog log = to.recordLog(name);
            long there = to.recordLogs().getOrDefault(name, 0L);
            for (long at = there; at < size; at += RECORDS_AT_ONCE) {
                List<byte[]> records = from.recordLog(name)
                        .entries(at, Math.min(size, at + RECORDS_AT_ONCE))
                        .toList();
                log.append(records);
                progress.accept(new Progress(made, "log " + name));
            }
        });
    }

    /** Puts branches and tags, whose revisions are always kept, where they were, all in one transaction. */
    private void names(Map<String, Long> branches, Map<String, Long> tags) {
        Map<String, Long> newBranches = made(branches);
        Map<String, Long> newTags = made(tags);
        to.store().write(transaction -> {
            var names = transaction.names();
            names.branches().keySet().stream()
                    .filter(branch -> !newBranches.containsKey(branch))
                    .forEach(names::deleteBranch);
            newBranches.forEach(names::moveBranch);
            names.tags().keySet().forEach(names::deleteTag);
            newTags.forEach(names::addTag);
            return null;
        });
    }

    private Map<String, Long> made(Map<String, Long> names) {
        Map<String, Long> made = new HashMap<>();
        names.forEach((name, old) -> made.put(name, made(old).id()));
        return made;
    }

    /** Looks up every key of a head in the new store, and counts that there are no others. */
    private void compare(long oldHead, String branch) {
        Revision old = from.store().revision(oldHead).orElseThrow();
        try (Snapshot before = from.at(old);
                Snapshot after = to.at(made(oldHead))) {
            before.scan().forEach(entry -> {
                if (!Edits.holds(after, entry)) {
                    throw new StoreException("expected the same value of "
                            + from.codec().show(entry.key()) + " at the head of '" + branch
                            + "' in both stores, got another; run 'dacite fsck' on both");
                }
                if (++compared % TOLD_EVERY == 0) {
                    progress.accept(new Progress(made, "comparing '" + branch + "', key " + compared));
                }
            });
            if (before.leafCount() != after.leafCount()) {
                throw new StoreException("expected " + before.leafCount() + " leaves at the head of '" + branch
                        + "', got " + after.leafCount() + "; run 'dacite fsck' on both stores");
            }
        }
    }
}
