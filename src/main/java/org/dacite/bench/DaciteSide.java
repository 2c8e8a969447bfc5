package org.dacite.bench;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.dacite.hashing.Digest;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.history.Note;
import org.dacite.history.Retention;
import org.dacite.history.Snapshot;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.Verdict;
import org.dacite.store.Counters;
import org.dacite.store.Revision;
import org.dacite.store.Sweep;

/** Dacite, through its public face. */
final class DaciteSide implements Side {
    private static final int PROGRESS_EVERY = 1 << 14;

    private final Dacite dacite;
    private final Branch branch;
    private Optional<Revision> newest;
    private Optional<Revision> opened;
    private Snapshot head;
    private Snapshot old;

    DaciteSide(String where, BenchOptions options) {
        this.dacite = Dacite.open(where, options.settings());
        this.branch = dacite.branch(Branch.MAIN);
        this.newest = branch.head();
        this.opened = newest;
        this.head = dacite.head();
        this.old = head;
    }

    @Override
    public String name() {
        return "dacite";
    }

    @Override
    public void commit(Change[] changes) {
        commit(Stream.of(changes));
    }

    /** The same of as many as there are, which are made one by one. */
    void commit(Stream<Change> changes) {
        newest = Optional.of(branch.commit(
                Note.of("bench"), batch -> changes.forEachOrdered(change -> batch.put(change.key(), change.value()))));
    }

    /** The map as it is now: opened by who reads it first. */
    private Snapshot head() {
        if (!newest.equals(opened)) {
            opened = newest;
            Snapshot before = head;
            head = dacite.at(newest.get());
            if (before != old) {
                before.close();
            }
        }
        return head;
    }

    @Override
    public void rememberAsOld() {
        old = head();
    }

    /** Prunes all but the last revisions, and what this side still reads. */
    Sweep.Report prune(int kept) {
        old.close();
        return dacite.prune(Retention.heads().withLast(kept), Sweep.ROWS_A_STEP, so -> {});
    }

    @Override
    public byte[] get(byte[] key) {
        return head().get(key).orElse(null);
    }

    @Override
    public byte[] getOld(byte[] key) {
        return old.get(key).orElse(null);
    }

    @Override
    public long scan(LongConsumer progress) {
        long count = 0;
        for (Iterator<Entry> entries = head().scan().iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.key().length == 0 || entry.value().length == 0) {
                throw new IllegalStateException("expected every record to have a key and a value, got an empty one");
            }
            if (++count % PROGRESS_EVERY == 0) {
                progress.accept(count);
            }
        }
        return count;
    }

    @Override
    public long count() {
        return head().leafCount();
    }

    /** What the store did since it was opened. */
    Counters counters() {
        return dacite.store().counters();
    }

    /** The root of the map as it is now. */
    Digest root() {
        if (head().isEmpty()) {
            throw new IllegalStateException("expected a root of some records, got the empty map");
        }
        return head().root();
    }

    /** The proof of one key under the root of now, packed. */
    byte[] prove(byte[] key) {
        return head().prove(key).bytes();
    }

    /** What a light client does with a proof: whether it shows the key under this root. */
    static boolean proves(byte[] proof, Digest root, byte[] key) {
        return IncompleteTree.parse(proof).verify(root).find(key) instanceof Verdict.Present;
    }

    @Override
    public void close() {
        dacite.close();
    }
}
