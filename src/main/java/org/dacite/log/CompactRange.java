package org.dacite.log;

import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The roots of the perfect subtrees that cover entries {@code [0, size)} of a log, from which the tree hash of RFC 6962
 * follows: leaf {@code H(00 ‖ entry)}, inner {@code H(01 ‖ left ‖ right)}, empty {@code H("")}.
 *
 * <pre>
 *   size 5:      (0-3)       one digest for each one in binary 101
 *               /     \
 *            (0-1)   (2-3)    (4)
 * </pre>
 *
 * An append costs one digest and, on average, one more; a root as many as there are ones in {@code size}. For one
 * thread.
 */
public final class CompactRange {
    private static final Completed NOWHERE = (position, digest) -> {};

    private final LogHash hash;
    private final byte[][] subtrees = new byte[Positions.MAX_LEVEL + 1][];
    private int count;
    private long size;

    private CompactRange(LogHash hash) {
        this.hash = hash;
    }

    /** The range of no entries. */
    public static CompactRange empty(HashAlgorithm algorithm) {
        return new CompactRange(LogHash.of(algorithm));
    }

    /**
     * The range of a log of so many entries whose nodes are stored: of the digests at
     * {@link Positions#covering(long) Positions.covering(size)}, in that order.
     */
    public static CompactRange of(HashAlgorithm algorithm, long size, List<Digest> subtrees) {
        int expected = Positions.covering(size).length;
        if (subtrees.size() != expected) {
            throw new IllegalArgumentException(
                    "expected " + expected + " subtrees for size " + size + ", got " + subtrees.size());
        }
        CompactRange range = empty(algorithm);
        for (Digest subtree : subtrees) {
            range.subtrees[range.count++] = subtree.bytes();
        }
        range.size = size;
        return range;
    }

    /** How many entries it covers. */
    public long size() {
        return size;
    }

    /** Appends an entry of any length. */
    public void append(byte[] entry) {
        grow(hash.leaf(entry), NOWHERE);
    }

    /**
     * Appends an entry of any length and hands out the nodes that it completes: its leaf, then from the bottom up every
     * subtree that it makes perfect. When the sink throws, nothing was appended.
     */
    public void append(byte[] entry, LogNodeSink sink) {
        grow(hash.leaf(entry), (position, digest) -> sink.node(position, Digest.of(digest)));
    }

    /** The tree hash over all entries so far. */
    public byte[] root() {
        if (count == 0) {
            return hash.empty();
        }
        byte[] root = subtrees[count - 1];
        for (int i = count - 2; i >= 0; i--) {
            root = hash.inner(subtrees[i], root);
        }
        return root.clone();
    }

    private void grow(byte[] leaf, Completed completed) {
        byte[] node = leaf;
        int kept = count;
        long position = Positions.count(size);
        completed.node(position, node);
        for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
            node = hash.inner(subtrees[--kept], node);
            completed.node(++position, node);
        }
        subtrees[kept] = node;
        count = kept + 1;
        size++;
    }

    /** Takes what an append completes, as an array that stays the range's own. */
    private interface Completed {
        void node(long position, byte[] digest);
    }
}
