package org.dacite.store;

import java.lang.invoke.VarHandle;

/**
 * Where in {@link Blocks} the nodes of {@link NodeCache} are, by link. A place is a number that no other had for a long time
 * (24 bits), how many blocks (8 bits), and the first of them (32 bits). Any thread reads; one at a time writes.
 */
final class NodeTable {
    /** A link stands in one of so many slots, the last ones behind those that links hash to. */
    static final int WINDOW = 64;

    private static final int NEIGHBOURS_BITS = 2;

    private final int slots;
    private final int groupShift;
    private final long[] linksAndPlaces;

    /** 1 where the node was asked for since the last look: a hint, and nobody's loss. */
    private final byte[] marks;

    private volatile byte[][] asides;
    private int count;

    NodeTable(int slots) {
        this.slots = slots;
        this.groupShift = Long.numberOfLeadingZeros(slots >>> NEIGHBOURS_BITS) + 1;
        this.linksAndPlaces = new long[2 * (slots + WINDOW)];
        this.marks = new byte[slots + WINDOW];
    }

    /** How many slots links hash to. */
    int slots() {
        return slots;
    }

    /** How many nodes it tells of. */
    int count() {
        return count;
    }

    static long place(int turn, int blocks, int first) {
        return ((long) turn << 40) | ((long) blocks << 32) | (first & 0xffff_ffffL);
    }

    static int first(long place) {
        return (int) place;
    }

    static int blocks(long place) {
        return (int) (place >>> 32) & 0xff;
    }

    /** Multiples of the golden ratio spread numbers that follow one another evenly, so that hardly any two meet. */
    private int base(long link) {
        long oid = Math.abs(link);
        long mixed = (oid >>> NEIGHBOURS_BITS) * 0x9E3779B97F4A7C15L;
        return ((int) (mixed >>> groupShift) << NEIGHBOURS_BITS) | (int) (oid & ((1 << NEIGHBOURS_BITS) - 1));
    }

    long link(int slot) {
        return linksAndPlaces[2 * slot];
    }

    long place(int slot) {
        return linksAndPlaces[2 * slot + 1];
    }

    /** Reads where a link's slots begin, so that the processor has them at hand. */
    long touch(long link) {
        return link(base(link));
    }

    byte[] aside(int slot) {
        byte[][] now = asides;
        return now == null ? null : now[slot];
    }

    boolean holds(int slot, long link, long place) {
        return link(slot) == link && place(slot) == place;
    }

    /** Where a node of this link goes, which was never here: the first empty slot of its window, or as {@link #slotFor} has it. */
    int slotForNew(long link, int turn) {
        int empty = emptyFor(link);
        return empty >= 0 ? empty : slotFor(link, turn);
    }

    /** Where a node of this link goes: its slot, an empty one of its window, or one that must make room. */
    int slotFor(long link, int turn) {
        int base = base(link);
        int empty = -1;
        for (int i = base; i < base + WINDOW; i++) {
            if (link(i) == link) {
                return i;
            }
            if (empty < 0 && link(i) == 0) {
                empty = i;
            }
        }
        if (empty >= 0) {
            return empty;
        }
        for (int i = base; i < base + WINDOW; i++) {
            if (!unmark(i)) {
                return i;
            }
        }
        return base + (turn & (WINDOW - 1));
    }

    /** An empty slot for this link, −1 where its window has none. */
    int emptyFor(long link) {
        int base = base(link);
        for (int i = base; i < base + WINDOW; i++) {
            if (link(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where a link stands, −1 when it does not. */
    int find(long link) {
        int base = base(link);
        for (int i = base; i < base + WINDOW; i++) {
            if (link(i) == link) {
                return i;
            }
        }
        return -1;
    }

    /** Tells that the node of a slot was asked for. */
    void mark(int slot) {
        if (marks[slot] == 0) {
            marks[slot] = 1;
        }
    }

    /** Whether a slot is marked; takes the mark away. */
    boolean unmark(int slot) {
        boolean marked = marks[slot] != 0;
        marks[slot] = 0;
        return marked;
    }

    void set(int slot, long link, long place, byte[] aside) {
        if (aside != null && asides == null) {
            asides = new byte[slots + WINDOW][];
        }
        if (asides != null) {
            asides[slot] = aside;
            VarHandle.storeStoreFence();
        }
        linksAndPlaces[2 * slot + 1] = place;
        VarHandle.storeStoreFence();
        linksAndPlaces[2 * slot] = link;
        marks[slot] = 0;
        count++;
    }

    /** Tells that a node is somewhere else now, where it has been written already. */
    void move(int slot, long place) {
        VarHandle.storeStoreFence();
        linksAndPlaces[2 * slot + 1] = place;
        VarHandle.storeStoreFence();
    }

    void clear(int slot) {
        linksAndPlaces[2 * slot] = 0;
        VarHandle.storeStoreFence();
        if (asides != null) {
            asides[slot] = null;
        }
        count--;
    }
}
