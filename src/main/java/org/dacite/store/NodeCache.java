package org.dacite.store;

import java.lang.invoke.VarHandle;
import org.dacite.tree.Node;
import org.dacite.tree.NodeSource;

/**
 * Nodes in memory by link, bounded in bytes. Rows never change, so nothing in it is ever stale.
 *
 * <p>Kept as bytes in {@link Blocks}, and made anew for whoever asks: so a node takes a line or three of the processor's cache
 * and the collector of garbage never sees it, which for a million leaves had taken close to half of a commit's time.
 *
 * <p>An open table says where, grown as nodes come, at most half full: a link stands in one of the 64 slots from where it
 * hashes to, and nodes of neighbouring OIDs, which are written and read together, hash to neighbouring slots. Who must go:
 * first what the newest tree has no place for, oldest first, so that a process that commits for days keeps the tree it works
 * on; then the clock chooses: a node that was read since the hand passed stays for another round.
 *
 * <p>Any thread. A reader takes no lock, and believes what it copied only when the slot and the table are still the same
 * afterwards; a slot is emptied before the blocks it led to are used again. Writers take turns.
 *
 * <p>Ours, where a library would do, because a commit asks it for every ancestor of every key: a general cache took two
 * thirds of a commit's time.
 */
final class NodeCache {
    private static final int WINDOW = 64;
    private static final int FIRST_SLOTS = 1 << 13;

    /** At most one slot of so many is taken before the table grows: then next to no node finds its window full. */
    private static final int SPARSE = 2;

    /** What the table takes for a node, between {@link #SPARSE} slots and twice as many. */
    private static final int SLOT_BYTES = SPARSE * 3 * Long.BYTES;

    private static final int NEIGHBOURS_BITS = 4;

    /** What a block takes with its share of the room that is left free so that rows of blocks are found. */
    private static final int BLOCK_BYTES = Blocks.BYTES * 9 / 8;

    /** Signposts may take so many eighths of the room: those of a tree that is ten times as large fit. */
    private static final int SIGNPOSTS_EIGHTHS = 5;

    /** How many nodes may have to go for one that finds room for its bytes, but none in a row. */
    private static final int PATIENCE = 16;

    private final long maxBytes;
    private final int maxSlots;
    private final Blocks blocks;
    private final Signposts signposts;
    private final LinkQueue superseded = new LinkQueue();
    private volatile Table table = new Table(FIRST_SLOTS);
    /** Written so that the compiler cannot leave out what is read for it. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private long maxNodeBytes;
    private long bytes;
    private int turn;
    private int hand;

    NodeCache(long maxBytes) {
        this.maxBytes = maxBytes;
        this.maxNodeBytes = maxBytes;
        this.signposts = new Signposts(maxBytes / 8 * SIGNPOSTS_EIGHTHS);
        this.blocks = new Blocks(maxBytes / Blocks.BYTES);
        this.maxSlots = Math.max(FIRST_SLOTS, (int) Long.highestOneBit(Math.min(1L << 28, maxBytes / 32)));
    }

    /** The node of a link, null when it is not here. */
    Node get(long link) {
        while (true) {
            Table now = table;
            int slot = now.find(link);
            if (slot < 0) {
                if (now == table) {
                    return null;
                }
                continue;
            }
            VarHandle.loadLoadFence();
            long place = now.place(slot);
            VarHandle.loadLoadFence();
            byte[] aside = now.aside(slot);
            Node node = blocks.read(
                    Table.first(place),
                    Table.blocks(place),
                    (piece, from, to) -> NodeForm.read(link, piece, from, to, aside));
            VarHandle.loadLoadFence();
            if (node != null && now.holds(slot, link, place) && now == table) {
                return node;
            }
        }
    }

    /** The child of a vertex that a key leads to, 0 for none; {@link NodeSource#UNKNOWN} where the vertex is not here. */
    long child(long oid, byte[] key) {
        long known = signposts.child(oid, key);
        while (known == NodeSource.UNKNOWN) {
            Table now = table;
            int slot = now.find(oid);
            if (slot < 0) {
                if (now == table) {
                    return NodeSource.UNKNOWN;
                }
                continue;
            }
            VarHandle.loadLoadFence();
            long place = now.place(slot);
            VarHandle.loadLoadFence();
            long child = blocks.read(
                    Table.first(place),
                    Table.blocks(place),
                    NodeSource.UNKNOWN,
                    (piece, from, to) -> NodeForm.child(piece, from, key));
            VarHandle.loadLoadFence();
            if (now.holds(slot, oid, place) && now == table) {
                known = child;
            }
        }
        return known;
    }

    /** Keeps of a vertex what leads a key to its leaf, in a part of the room that grows for it. */
    synchronized void signpost(long oid, int depth, long left, long right) {
        if (signposts.isCrowded()) {
            limit(signposts.bytesGrown());
            signposts.grow();
        }
        signposts.put(oid, depth, left, right);
    }

    /** Leaves so many bytes of the room to signposts. */
    private void limit(long forSignposts) {
        maxNodeBytes = maxBytes - forSignposts;
        int capacity = Blocks.capacity(maxNodeBytes / Blocks.BYTES);
        for (int slot = 0; slot < table.slots + WINDOW; slot++) {
            if (table.link(slot) != 0 && Table.first(table.place(slot)) + Table.blocks(table.place(slot)) > capacity) {
                drop(slot);
            }
        }
        while (bytes > maxNodeBytes) {
            makeRoom();
        }
        blocks.limit(maxNodeBytes / Blocks.BYTES);
    }

    /**
     * Has the processor load what two calls of {@link #get} will look at: each looks at one place after the other and waits
     * for both, but places of two nodes are waited for together.
     */
    void expect(long link, long other) {
        Table now = table;
        touched = now.touch(link) + now.touch(other);
        int slot = now.find(link);
        int otherSlot = now.find(other);
        int first = slot < 0 ? 0 : Table.first(now.place(slot));
        int otherFirst = otherSlot < 0 ? 0 : Table.first(now.place(otherSlot));
        touched = (long) blocks.touch(first) + blocks.touch(otherFirst);
    }

    /** Keeps a node, in place of one with the same link if there is one; not when it is larger than all that may be kept. */
    synchronized void put(Node node) {
        int size = NodeForm.size(node);
        int count = Blocks.count(size);
        byte[] aside = NodeForm.aside(node);
        long cost = cost(count, aside);
        if (count > Blocks.MAX_BLOCKS || cost > maxNodeBytes) {
            return;
        }
        if (table.count * SPARSE > table.slots && table.slots < maxSlots) {
            grow();
        }
        int slot = table.slotFor(node.link(), blocks, hand);
        if (table.link(slot) != 0) {
            drop(slot);
        }
        while (bytes + cost > maxNodeBytes) {
            makeRoom();
        }
        int first = blocks.take(count);
        for (int left = PATIENCE; first < 0 && left > 0 && bytes > 0; left--) {
            makeRoom();
            first = blocks.take(count);
        }
        if (first >= 0) {
            blocks.write(first, (piece, from) -> NodeForm.write(node, piece, from));
            table.set(slot, node.link(), Table.place(turn++, count, first), aside);
            bytes += cost;
        }
    }

    private static long cost(int blocks, byte[] aside) {
        return (long) blocks * BLOCK_BYTES + SLOT_BYTES + (aside == null ? 0 : aside.length);
    }

    /** The newest tree has no more place for these nodes: they go before all that it has, the longest out of use first. */
    synchronized void superseded(LinkQueue links) {
        while (!links.isEmpty()) {
            superseded.add(links.remove());
        }
    }

    /** Forgets all. */
    synchronized void clear() {
        table = new Table(FIRST_SLOTS);
        blocks.clear();
        superseded.clear();
        signposts.clear();
        maxNodeBytes = maxBytes;
        blocks.limit(maxNodeBytes / Blocks.BYTES);
        bytes = 0;
        hand = 0;
    }

    /** About how much memory the nodes and signposts take. */
    synchronized long bytes() {
        return bytes + signposts.bytes();
    }

    private void makeRoom() {
        if (superseded.isEmpty()) {
            tick();
            return;
        }
        int slot = table.find(superseded.remove());
        if (slot >= 0) {
            drop(slot);
        }
    }

    private void tick() {
        hand = hand + 1 == table.slots + WINDOW ? 0 : hand + 1;
        if (table.link(hand) != 0 && !blocks.unmark(Table.first(table.place(hand)))) {
            drop(hand);
        }
    }

    /** Empties a slot, then frees what it led to. */
    private void drop(int slot) {
        long place = table.place(slot);
        byte[] aside = table.aside(slot);
        table.clear(slot);
        bytes -= cost(Table.blocks(place), aside);
        blocks.free(Table.first(place), Table.blocks(place));
    }

    private void grow() {
        Table old = table;
        Table larger = new Table(Math.min(maxSlots, old.slots * 2));
        for (int i = 0; i < old.slots + WINDOW; i++) {
            long link = old.link(i);
            if (link == 0) {
                continue;
            }
            int slot = larger.emptyFor(link);
            if (slot >= 0) {
                larger.set(slot, link, old.place(i), old.aside(i));
            } else {
                drop(i);
            }
        }
        table = larger;
    }

    /**
     * Where the nodes are. A place is a number that no other had for a long time (24 bits), how many blocks (8 bits), and the
     * first of them (32 bits).
     */
    private static final class Table {
        private final int slots;
        private final long[] linksAndPlaces;
        private volatile byte[][] asides;
        private int count;

        private Table(int slots) {
            this.slots = slots;
            this.linksAndPlaces = new long[2 * (slots + WINDOW)];
        }

        private static long place(int turn, int blocks, int first) {
            return ((long) turn << 40) | ((long) blocks << 32) | (first & 0xffff_ffffL);
        }

        private static int first(long place) {
            return (int) place;
        }

        private static int blocks(long place) {
            return (int) (place >>> 32) & 0xff;
        }

        private int base(long link) {
            long oid = Math.abs(link);
            long mixed = (oid >>> NEIGHBOURS_BITS) * 0x9E3779B97F4A7C15L;
            return (((int) (mixed >>> 33) << NEIGHBOURS_BITS) | (int) (oid & ((1 << NEIGHBOURS_BITS) - 1)))
                    & (slots - 1);
        }

        private long link(int slot) {
            return linksAndPlaces[2 * slot];
        }

        private long place(int slot) {
            return linksAndPlaces[2 * slot + 1];
        }

        private long touch(long link) {
            return link(base(link));
        }

        private byte[] aside(int slot) {
            byte[][] now = asides;
            return now == null ? null : now[slot];
        }

        private boolean holds(int slot, long link, long place) {
            return link(slot) == link && place(slot) == place;
        }

        /** Where a node of this link goes: its slot, an empty one of its window, or one that must make room. */
        private int slotFor(long link, Blocks blocks, int turn) {
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
                if (!blocks.unmark(first(place(i)))) {
                    return i;
                }
            }
            return base + (turn & (WINDOW - 1));
        }

        /** An empty slot for this link, −1 where its window has none. */
        private int emptyFor(long link) {
            int base = base(link);
            for (int i = base; i < base + WINDOW; i++) {
                if (link(i) == 0) {
                    return i;
                }
            }
            return -1;
        }

        /** Where a link stands, −1 when it does not. */
        private int find(long link) {
            int base = base(link);
            for (int i = base; i < base + WINDOW; i++) {
                if (link(i) == link) {
                    return i;
                }
            }
            return -1;
        }

        private void set(int slot, long link, long place, byte[] aside) {
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
            count++;
        }

        private void clear(int slot) {
            linksAndPlaces[2 * slot] = 0;
            VarHandle.storeStoreFence();
            if (asides != null) {
                asides[slot] = null;
            }
            count--;
        }
    }
}
