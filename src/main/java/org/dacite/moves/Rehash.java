package org.dacite.moves;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Commit;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
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

/**
 * Commits every revision of a store anew in another one, which has another hash or other keys: in order, with authors, times
 * and messages, on the same forks, and writes down which was made of which. Each is one transaction together with that, so
 * whatever ends it, the next run goes on behind the last one; and it takes what is new of a store that has moved on. For one
 * thread.
 */
public final class Rehash {
    private static final int RECORDS_AT_ONCE = 1_000;
    private static final int TOLD_EVERY = 1024;

    private final Dacite from;
    private final Dacite to;
    private final Consumer<Progress> progress;
    private long made;
    private long compared;

    /**
     * What it came to.
     *
     * @param made how many revisions were committed
     * @param heads how many heads of branches were compared, key by key
     * @param leaves how many keys those have
     */
    public record Report(long made, long heads, long leaves) {}

    /**
     * How far it is.
     *
     * @param done revisions, or in the end keys
     * @param what what is done now
     */
    public record Progress(long done, String what) {}

    private Rehash(Dacite from, Dacite to, Consumer<Progress> progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * Goes on where the last run stopped, to the end, and compares the heads of all branches.
     *
     * @param to a store that is empty, or that was begun from the same one and has no commits of its own
     * @throws PrunedRevisionException when the state of a revision was given up, and with it what could be hashed
     */
    public static Report run(Dacite from, Dacite to, Consumer<Progress> progress) {
        Rehash rehash = new Rehash(from, to, progress);
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
        return new Report(rehash.made, branches.size(), rehash.compared);
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
            commit(old.get());
            made++;
            progress.accept(new Progress(next, "revision " + next));
        }
    }

    private void commit(Revision old) {
        Revision before = old.parent().isEmpty()
                ? null
                : from.store().revision(old.parent().getAsLong()).orElseThrow();
        Optional<Revision> parent = Optional.ofNullable(before).map(each -> made(each.id()));
        Changes changes;
        try (Snapshot state = from.at(old);
                Snapshot base = before == null ? null : from.at(before)) {
            long top = base == null ? 0 : before.rootLink();
            changes = Edits.of(
                    Comparison.of(from.store().nodes(), top, old.rootLink(), new byte[0], null),
                    leaf -> key(leaf, state));
        } catch (IllegalArgumentException e) {
            throw e instanceof PrunedRevisionException
                    ? e
                    : new IllegalArgumentException("revision " + old.id() + ": " + e.getMessage(), e);
        }
        Note note = new Note(old.message(), old.author(), old.timeMillis());
        to.store().write(transaction -> {
            Revision now = Commit.append(to, transaction, parent, note, Commit.merging(transaction, changes));
            if (now.leafCount() != old.leafCount() || now.height() != old.height()) {
                throw new StoreException("expected revision " + old.id() + " to have " + old.leafCount()
                        + " leaves at height " + old.height() + " again, got " + now.leafCount() + " at "
                        + now.height() + "; run 'dacite fsck' on both stores");
            }
            transaction.rehashes().add(now.id(), old);
            return now;
        });
    }

    private Revision made(long oldId) {
        return to.store()
                .rehashes(rows -> rows.made(oldId))
                .flatMap(to.store()::revision)
                .orElseThrow(() -> new StoreException("expected what was made of revision " + oldId + " at "
                        + to.store().place() + ", found none; the store is damaged, run 'dacite fsck'"));
    }

    /** The key of a leaf under the codec of the new store. */
    private Edits.Key key(Leaf leaf, Snapshot state) {
        KeyCodec codec = to.codec();
        if (from.codec().losesUserKey() && leaf.userKey() == null) {
            throw new IllegalArgumentException("expected the names of hashed keys in the state with root "
                    + state.root() + ", got one without; a state that was imported cannot be rehashed");
        }
        byte[] user = leaf.userKey() == null ? from.codec().user(leaf.key()) : leaf.userKey();
        return new Edits.Key(codec.canonical(user), codec.losesUserKey() ? user.clone() : null);
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

    /** Puts branches and tags where they were, all in one transaction. */
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
                if (!holds(after, entry)) {
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

    private static boolean holds(Snapshot state, Entry entry) {
        Snapshot tree = state;
        for (byte[] name : entry.trees()) {
            tree = tree.tree(name);
        }
        return tree.get(entry.key())
                .filter(value -> Arrays.equals(value, entry.value()))
                .isPresent();
    }
}
