package org.dacite.store;

import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dacite.tree.NodeSource;

/**
 * The part of a {@link Fsck} that knows the rules of a scheme of {@code context}, which is not the store's business. Found by
 * {@link ServiceLoader}. Any thread.
 */
public interface SchemeFsck {
    /** The scheme whose rows it looks at. */
    String scheme();

    /** Looks for damage, and tells of it. */
    void check(Evidence evidence);

    /** What there is to look at, all of one state. For the thread and the length of one check. */
    interface Evidence {
        /** The revisions to look at: all, or the one that was asked for. */
        Collection<Revision> revisions();

        /** Those of them whose hashes must follow from leaves alone: those that branches lead to, or the one that was asked for. */
        List<Revision> heads();

        /** Whether all rows are looked at, not only those that {@link #heads} reach. */
        boolean whole();

        NodeSource nodes();

        <T> T contexts(Function<ContextRows, T> work);

        /** Hands over the directories whose trees are looked at, those linked in others first. */
        void directories(Consumer<DirectoryHash> each);

        /** Hands over all inodes, children first. */
        void inodes(Consumer<Inode> each);

        /** Hands over what is remembered of the values that are looked at. */
        void values(ValueConsumer each);

        /** Tells what is looked at next. */
        void progress(String what);

        /**
         * Tells of damage.
         *
         * @param id what names the row: an OID, or an id
         * @param expected what must be there, digests in hex
         */
        void damage(String table, long id, String expected, String found);
    }

    /** Takes what is remembered of a value. */
    interface ValueConsumer {
        /**
         * One row.
         *
         * @param value the value of the leaf, null where that is gone or links a tree
         */
        void value(long leafOid, byte[] hash, byte[] value);
    }

    /** The one for a scheme. */
    static SchemeFsck of(String scheme) {
        return ServiceLoader.load(SchemeFsck.class, SchemeFsck.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(
                        () -> new StoreException(
                                "expected what checks '" + scheme
                                        + "' hashes, which this store carries, on the class path, found none; use the whole jar of Dacite"));
    }
}
