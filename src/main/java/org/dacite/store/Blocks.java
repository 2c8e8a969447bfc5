package org.dacite.store;

import java.util.Arrays;

/**
 * Room for small pieces of bytes, each in blocks of one cache line side by side. Nothing in it is an object, so that a
 * collector of garbage has nothing to look at.
 *
 * One thread at a time puts and frees. Any thread reads meanwhile: what it gets of a piece that is freed under its hands is
 * worthless, which it must find out by other means.
 */
final class Blocks {
    /** What a block takes. */
    static final int BYTES = 64;

    /** The most blocks of a piece. */
    static final int MAX_BLOCKS = 64;

    /** There is no room for the piece. */
    static final int NONE = -1;

    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENT_BLOCKS = 1 << SEGMENT_BITS;

    private int capacity;
    private volatile byte[][] segments = new byte[0][];

    /** A bit for each block, set where it belongs to a piece. */
    private long[] taken = new long[0];

    private int fresh;
    private int cursor;

    /** Room for so many blocks, in whole segments of 4,096. */
    Blocks(long blocks) {
        this.capacity = capacity(blocks);
    }

    /** How many blocks there is room for where so many are asked for. */
    static int capacity(long blocks) {
        return (int) Math.min(Integer.MAX_VALUE >> 1, (blocks + SEGMENT_BLOCKS - 1) & -(long) SEGMENT_BLOCKS);
    }

    /** How many blocks a piece of so many bytes takes. */
    static int count(int sizeBytes) {
        return (sizeBytes + BYTES - 1) / BYTES;
    }

    /**
     * The first of so many free blocks in a row, which are taken now; {@link #NONE} when there are no such near where the
     * last ones were found. The next call looks further.
     */
    int take(int blocks) {
        int first = fresh(blocks);
        if (first == NONE && capacity > 0) {
            int end = Math.min(capacity, cursor + SEGMENT_BLOCKS);
            first = search(cursor, end, blocks);
            cursor = first != NONE ? first + blocks : end;
            cursor = cursor == capacity ? 0 : cursor;
        }
        if (first != NONE) {
            mark(first, blocks, true);
        }
        return first;
    }

    private int fresh(int blocks) {
        if ((fresh & (SEGMENT_BLOCKS - 1)) + blocks > SEGMENT_BLOCKS) {
            fresh = (fresh | (SEGMENT_BLOCKS - 1)) + 1; // no piece stands in two segments; what is left is found later
        }
        if (fresh >= capacity) {
            return NONE;
        }
        if (fresh == segments.length << SEGMENT_BITS) {
            byte[][] more = Arrays.copyOf(segments, segments.length + 1);
            more[segments.length] = new byte[SEGMENT_BLOCKS * BYTES];
            segments = more;
            taken = Arrays.copyOf(taken, more.length << (SEGMENT_BITS - 6));
        }
        int first = fresh;
        fresh += blocks;
        return first;
    }

    /** The first place at or after {@code from} and before {@code to} with so many free blocks, in one segment. */
    private int search(int from, int to, int blocks) {
        int run = 0;
        for (int block = from; block < to; block++) {
            long word = taken[block >>> 6];
            if (run == 0 && word == -1L) {
                block |= 63;
            } else if (((word >>> block) & 1) != 0) {
                run = 0;
            } else {
                run = (block & (SEGMENT_BLOCKS - 1)) == 0 ? 1 : run + 1;
                if (run == blocks) {
                    return block - blocks + 1;
                }
            }
        }
        return NONE;
    }

    private void mark(int first, int blocks, boolean isTaken) {
        for (int block = first; block < first + blocks; block++) {
            if (isTaken) {
                taken[block >>> 6] |= 1L << block;
            } else {
                taken[block >>> 6] &= ~(1L << block);
            }
        }
    }

    /** Frees blocks that were taken together. */
    void free(int first, int blocks) {
        mark(first, blocks, false);
    }

    /** Frees all. */
    void clear() {
        segments = new byte[0][];
        taken = new long[0];
        fresh = 0;
        cursor = 0;
    }

    /** Writes a piece into blocks that were taken for it. */
    void write(int first, Writer writer) {
        byte[] segment = segments[first >>> SEGMENT_BITS];
        writer.write(segment, start(first));
    }

    /** What the reader makes of the piece in so many blocks; null when that is none any more. */
    <T> T read(int first, int blocks, Reader<T> reader) {
        byte[][] now = segments;
        if (first >>> SEGMENT_BITS >= now.length) {
            return null;
        }
        byte[] segment = now[first >>> SEGMENT_BITS];
        int start = start(first);
        return reader.read(segment, start, start + blocks * BYTES);
    }

    /** The same of a number: what the reader makes of the piece, {@code none} when that is none any more. */
    long read(int first, int blocks, long none, LongReader reader) {
        byte[][] now = segments;
        if (first >>> SEGMENT_BITS >= now.length) {
            return none;
        }
        byte[] segment = now[first >>> SEGMENT_BITS];
        int start = start(first);
        return reader.read(segment, start, start + blocks * BYTES);
    }

    /** Gives out only so many blocks from now on, in whole segments; what is in those behind stays until {@link #trim}. */
    void limit(long blocks) {
        capacity = capacity(blocks);
        fresh = Math.min(fresh, capacity);
        cursor = cursor < capacity ? cursor : 0;
    }

    /** Gives the memory behind the limit back; what was there must have been freed. */
    void trim() {
        int whole = capacity >>> SEGMENT_BITS;
        if (whole < segments.length) {
            segments = Arrays.copyOf(segments, whole);
            taken = Arrays.copyOf(taken, whole << (SEGMENT_BITS - 6));
        }
    }

    /** Writes the piece of so many blocks into as many others that were taken for it. */
    void copy(int from, int to, int blocks) {
        System.arraycopy(
                segments[from >>> SEGMENT_BITS], start(from), segments[to >>> SEGMENT_BITS], start(to), blocks * BYTES);
    }

    /** Reads where a block begins and where it ends, which are two lines of memory as a rule, so that the processor has both at hand. */
    int touch(int block) {
        byte[][] now = segments;
        if (block >>> SEGMENT_BITS >= now.length) {
            return 0;
        }
        byte[] segment = now[block >>> SEGMENT_BITS];
        return segment[start(block)] + segment[start(block) + BYTES - 1];
    }

    private static int start(int block) {
        return (block & (SEGMENT_BLOCKS - 1)) * BYTES;
    }

    /** Puts the bytes of a piece into an array from a place on. */
    interface Writer {
        void write(byte[] bytes, int from);
    }

    /** Makes something of the bytes [from, to) of an array, which may change meanwhile. */
    interface Reader<T> {
        T read(byte[] bytes, int from, int to);
    }

    /** Makes a number of the bytes [from, to) of an array, which may change meanwhile. */
    interface LongReader {
        long read(byte[] bytes, int from, int to);
    }
}
