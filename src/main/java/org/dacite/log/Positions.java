package org.dacite.log;

/**
 * Where the nodes of a log are stored: append-only, in postfix order, leaf and inner node alike, counted from 0.
 *
 * <pre>
 *   level 2         6              A node of level l and index k covers the entries [k·2^l, (k+1)·2^l).
 *               ┌───┴───┐          It is stored with the last of them, so that no append moves or
 *   level 1     2       5          changes what is there: entry 4 wrote position 7, entry 5 will
 *             ┌─┴─┐   ┌─┴─┐        write 8 and, above it, 9.
 *   level 0   0   1   3   4   7
 *   entry     0   1   2   3   4
 * </pre>
 *
 * Only perfect subtrees are stored; what stands above them at the right edge is hashed anew when it is asked for. An
 * inner node at position {@code p} and level {@code l} has its right child at {@code p − 1} and its left child at
 * {@code p − 2^l}. A number out of bounds is an {@link IllegalArgumentException}. Stateless; any thread.
 */
public final class Positions {
    /** The level of the highest node that has a position. */
    public static final int MAX_LEVEL = 62;

    /** The largest number of entries whose nodes have positions, {@code 2^62}. */
    public static final long MAX_SIZE = 1L << MAX_LEVEL;

    private Positions() {}

    /** The position of the node with this index, from 0, among those of its level, from 0 for leaves. */
    public static long of(int level, long index) {
        if (level < 0 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("expected a level from 0 to " + MAX_LEVEL + ", got " + level);
        }
        long nodes = MAX_SIZE >>> level;
        if (index < 0 || index >= nodes) {
            throw new IllegalArgumentException(
                    "expected an index from 0 to " + (nodes - 1) + " on level " + level + ", got " + index);
        }
        long infix = (2 * index + 1) << level;
        return ((infix - 1) | infix) - Long.bitCount(infix);
    }

    /** How many nodes are stored for so many entries: the position that the next entry takes. */
    public static long count(long size) {
        requireSize(size);
        return 2 * size - Long.bitCount(size);
    }

    /** The level of the node that is stored there: 0 for a leaf. */
    public static int level(long position) {
        return (int) (position - count(entry(position)));
    }

    /** The index, among the nodes of its level, of the node that is stored there; that of the entry for a leaf. */
    public static long index(long position) {
        return entry(position) >>> level(position);
    }

    /** The last entry below the node that is stored there, with which it was stored. */
    public static long entry(long position) {
        if (position < 0 || position >= count(MAX_SIZE)) {
            throw new IllegalArgumentException(
                    "expected a position from 0 to " + (count(MAX_SIZE) - 1) + ", got " + position);
        }
        long entry = 0;
        long left = position;
        for (int level = MAX_LEVEL - 1; level >= 0; level--) {
            long nodes = (2L << level) - 1;
            if (left >= nodes) {
                entry += 1L << level;
                left -= nodes;
            }
        }
        return entry;
    }

    /**
     * The positions, from left to right, of the perfect subtrees that cover the entries {@code [0, size)}: as many as
     * there are ones in {@code size}, the largest first. They make a {@link CompactRange}.
     */
    public static long[] covering(long size) {
        requireSize(size);
        return covering(0, size);
    }

    /** The same for {@code [from, to)}, where a power of two no smaller than {@code to − from} divides {@code from}. */
    static long[] covering(long from, long to) {
        long[] positions = new long[Long.bitCount(to - from)];
        long at = from;
        for (int i = 0; i < positions.length; i++) {
            long entries = Long.highestOneBit(to - at);
            int level = Long.numberOfTrailingZeros(entries);
            positions[i] = of(level, at >>> level);
            at += entries;
        }
        return positions;
    }

    private static void requireSize(long size) {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("expected a size from 0 to 2^" + MAX_LEVEL + ", got " + size);
        }
    }
}
