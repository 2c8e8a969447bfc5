package org.dacite.tree;

import org.dacite.bits.PaddedBits;

/**
 * An inner node: it stands exactly where the keys below it first differ.
 *
 * @param oid its object identifier, above those of its children
 * @param prefix the bits that all keys below it share, padded
 * @param depth how many bits those are
 * @param left link to the child whose keys sort before {@code prefix}
 * @param right link to the child whose keys sort at or after {@code prefix}
 * @param leafCount leaves below that hold a value, those of linked trees included
 * @param hash its hash, 32 bytes
 */
public record Vertex(long oid, byte[] prefix, int depth, long left, long right, long leafCount, byte[] hash)
        implements Node {
    /** The child that a key leads to, of a vertex with this depth and these children; 0 where the key ends before it. */
    public static long child(int depth, long left, long right, byte[] key) {
        // one bit decides, since the leaf is compared whole
        return depth >= key.length * 8 ? 0 : PaddedBits.bit(key, depth) == 0 ? left : right;
    }

    @Override
    public long link() {
        return oid;
    }

    @Override
    public byte[] bits() {
        return prefix;
    }

    @Override
    public int endBit() {
        return depth;
    }

    @Override
    public int sizeBytes() {
        return 117 + prefix.length;
    }
}
