package org.dacite.moves;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Branch;
import org.dacite.history.Commit;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.TreeMaker;
import org.dacite.proof.PackedReader;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.Changes;
import org.dacite.tree.Growth;
import org.dacite.tree.Merge;
import org.dacite.tree.SpillException;

/**
 * A snapshot that was read to its end and found to have a trusted root, ready to be committed. It stands in a temporary file
 * until then. For one thread.
 */
public final class SnapshotReader implements AutoCloseable {
    private static final int TOLD_EVERY = 1024;

    private final Spool tokens;
    private final Digest root;
    private final HashAlgorithm algorithm;
    private final long hidden;
    private final long leaves;

    private SnapshotReader(Spool tokens, Digest root, HashAlgorithm algorithm, long hidden, long leaves) {
        this.tokens = tokens;
        this.root = root;
        this.algorithm = algorithm;
        this.hidden = hidden;
        this.leaves = leaves;
    }

    /**
     * Reads a packed form and computes its root; believes nothing of it before that is the trusted one.
     *
     * @param progress told now and then that some more of the stream was read
     * @throws org.dacite.proof.ProofFormatException when it is no packed form
     * @throws org.dacite.proof.ProofMismatchException when it has another root
     */
    public static SnapshotReader read(InputStream in, Digest root, Runnable progress) {
        Spool tokens = Spool.make();
        try {
            PackedReader reader = PackedReader.of(in);
            long count = 0;
            for (byte[] token = reader.next(); token != null; token = reader.next()) {
                tokens.add(token);
                if (++count % TOLD_EVERY == 0) {
                    progress.run();
                }
            }
            reader.verify(root);
            return new SnapshotReader(tokens, root, reader.algorithm(), reader.hidden(), reader.leaves());
        } catch (RuntimeException | Error e) {
            tokens.close();
            throw e;
        }
    }

    /** How many leaves it shows. */
    public long leaves() {
        return leaves;
    }

    /** The algorithm of its root. */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** Whether it shows all of its state; else it can be committed only where the rest is. */
    public boolean isWhole() {
        return hidden == 0;
    }

    /**
     * Commits its state on a branch, in one transaction: all of it or, whatever happens, nothing. On an empty tree it streams;
     * on another it changes what differs. Only once.
     *
     * @param progress told how many leaves were written so far, now and then
     * @throws IllegalArgumentException when the store is not made with its algorithm or its keys, or does not hold what it
     *     leaves out
     */
    public Revision commit(Dacite dacite, Branch branch, Note note, LongConsumer progress) {
        if (dacite.hash() != algorithm) {
            throw new IllegalArgumentException("expected a snapshot of "
                    + dacite.hash().label() + ", which the store is made with, got one of " + algorithm.label());
        }
        Optional<Revision> head = branch.head();
        try (Spool places = Places.of(tokens, algorithm, dacite.codec())) {
            boolean grows = head.isEmpty() || head.get().rootLink() == 0;
            return grows
                    ? branch.commitTree(note, transaction -> growing(transaction, places, progress))
                    : grafted(dacite, branch, head.get(), note, places);
        }
    }

    private TreeMaker growing(WriteTransaction transaction, Spool places, LongConsumer progress) {
        return (base, rule, sink) -> {
            requireSame(base.top() == 0);
            Growth growth = new Growth(transaction, rule, transaction.nextOid(), transaction.nextRevision());
            long leaves = 0;
            for (byte[] place = places.takeLast(); place != null; place = places.takeLast()) {
                add(growth, Place.of(place));
                if (++leaves % TOLD_EVERY == 0) {
                    progress.accept(leaves);
                }
            }
            return checked(growth.finish());
        };
    }

    private static void add(Growth growth, Place place) {
        switch (place.kind()) {
            case LEAF -> growth.leaf(place.bits().toKey(), null, place.payload());
            case ENTER -> growth.open(place.bits().toKey(), null);
            case LEAVE -> growth.close();
            case HIDDEN ->
                throw new IllegalArgumentException(
                        "expected a snapshot that shows all of its state, since the store"
                                + " is empty, got one that leaves parts out; import the whole one before, or into another store");
        }
    }

    private Revision grafted(Dacite dacite, Branch branch, Revision head, Note note, Spool places) {
        try (var held = dacite.at(head);
                Changes changes = new Changes()) {
            long top = head.rootLink();
            Graft.add(changes, dacite.store().nodes(), top, places, CanonicalHash.of(algorithm));
            return branch.commitTree(note, transaction -> (found, rule, sink) -> {
                requireSame(found.top() == top && held.root().equals(Digest.of(found.root())));
                return checked(Commit.merging(transaction, changes).make(found, rule, sink));
            });
        } catch (SpillException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    private static void requireSame(boolean same) {
        if (!same) {
            throw new StoreException(
                    "expected a branch that stands still during the import, but another commit moved it;"
                            + " nothing was imported, try again");
        }
    }

    /** What was written must have the root too, else nothing of it stays. */
    private Merge.Outcome checked(Merge.Outcome outcome) {
        Digest found = Digest.of(outcome.tree().root());
        if (!found.equals(root)) {
            throw new StoreException(
                    "expected to write a tree with the root " + root + ", got " + found + "; nothing was imported");
        }
        return outcome;
    }

    @Override
    public void close() {
        tokens.close();
    }
}
