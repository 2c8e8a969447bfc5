package org.dacite.store;

/**
 * A row of {@code context_inode}: a part of a big directory as Tezos hashes it. The arrays are kept, not copied, and never
 * change.
 *
 * @param id given out in ascending order, children before parents
 * @param depth how many inodes stand above it in its directory
 * @param entryCount how many entries of the directory are at or below it
 * @param children the ids of its children in the order of their buckets; none: it holds the entries themselves
 * @param content the bytes that are hashed for it
 */
public record Inode(long id, int depth, long entryCount, long[] children, byte[] content) {
    /** Whether it holds entries, and has no children. */
    public boolean isLeaf() {
        return children.length == 0;
    }
}
