package org.dacite.history;

import java.util.Optional;
import java.util.ServiceLoader;
import org.dacite.hashing.Digest;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.NodeSink;

/**
 * Looks on at every commit of a store that carries other hashes beside its own, and writes those in the same transaction. One
 * stands behind each scheme of {@code context}, and is found by {@link ServiceLoader}. Any thread.
 */
public interface CommitWitness {
    /** The scheme that it stands behind. */
    String scheme();

    /** A commit begins: what looks on at the rows that go to {@code rows}. */
    Testimony attend(NodeSink rows);

    /**
     * Writes once more what it has to say of a revision whose rows, and those of the one before it, are there already; answers
     * the hash that the revision carries.
     *
     * @param parent the revision that it was made on; none: the first of its line
     * @param base the top of that one's state; 0 where it is empty or was given up
     */
    Digest retell(WriteTransaction transaction, Optional<Revision> parent, long base, Revision made);

    /** What was seen of one commit. For one thread. */
    interface Testimony {
        /** Takes the rows of the commit, and hands them on. */
        NodeSink sink();

        /**
         * Writes what it has to say of a commit, all of whose rows are appended; what it throws undoes the commit.
         *
         * @param parent the revision that it was made on; none: the first of its line
         */
        void write(WriteTransaction transaction, Optional<Revision> parent, Revision made);
    }

    /** The testimony of a commit in a transaction; none where the store carries no hashes but its own. */
    static Optional<Testimony> of(WriteTransaction transaction) {
        return transaction.scheme().map(scheme -> behind(scheme).attend(transaction));
    }

    /** The one behind a scheme; a {@link StoreException} where it is not on the class path. */
    static CommitWitness behind(String scheme) {
        return ServiceLoader.load(CommitWitness.class, CommitWitness.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(
                        () -> new StoreException(
                                "expected what makes '" + scheme
                                        + "' hashes, which this store carries, on the class path, found none; use the whole jar of Dacite"));
    }
}
