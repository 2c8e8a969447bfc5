package org.dacite.tree;

import org.dacite.hashing.Digest;

/**
 * A key with its value, or with the tree that is linked there.
 *
 * @param oid its object identifier
 * @param key its canonical key
 * @param userKey what the user called it where the codec is {@code hashed}, else null
 * @param value the value, of a linked tree its root; null where it was fetched without
 * @param tree link to the top of the linked tree; 0: the leaf holds a value
 * @param leafCount 1, or the leaves of the linked tree that hold a value
 * @param hash its hash, 32 bytes
 * @param revision the id of the revision that wrote it
 */
public record Leaf(
        long oid, byte[] key, byte[] userKey, byte[] value, long tree, long leafCount, byte[] hash, long revision)
        implements Node {
    @Override
    public long link() {
        return -oid;
    }

    @Override
    public byte[] bits() {
        return key;
    }

    @Override
    public int endBit() {
        return key.length * 8;
    }

    @Override
    public int sizeBytes() {
        return 130
                + key.length
                + (userKey == null ? 0 : userKey.length)
                + (value == null || value.length == Digest.BYTES ? 0 : value.length);
    }

    /** Whether its key holds a tree. */
    public boolean isTree() {
        return tree != 0;
    }

    /** The linked tree; only where {@link #isTree()}. */
    public TreeRef linked() {
        return new TreeRef(tree, value, leafCount);
    }
}
