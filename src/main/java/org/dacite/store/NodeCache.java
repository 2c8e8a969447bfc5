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
    private static final int FIRST_SLOTS = 1 << 13;

    /** At most one slot of so many is taken before the table grows: then next to no node finds its window full. */
    private static final int SPARSE = 2;

    /** What the table takes for a node, between {@link #SPARSE} slots and twice as many. */
    private static final int SLOT_BYTES = SPARSE * 3 * (2 * Long.BYTES + 1) / 2;

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
    private volatile NodeTable table = new NodeTable(FIRST_SLOTS);
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
            NodeTable now = table;
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
                    NodeTable.first(place),
                    NodeTable.blocks(place),
                    (piece, from, to) -> NodeForm.read(link, piece, from, to, aside));
            VarHandle.loadLoadFence();
            if (node != null && now.holds(slot, link, place) && now == table) {
                now.mark(slot);
                return node;
            }
        }
    }

    /** The child of a vertex that a key leads to, 0 for none; {@link NodeSource#UNKNOWN} where the vertex is not here. */
    long child(long oid, byte[] key) {
        long known = signposts.child(oid, key);
        while (known == NodeSource.UNKNOWN) {
            NodeTable now = table;
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
                    NodeTable.first(place),
                    NodeTable.blocks(place),
                    NodeSource.UNKNOWN,
                    (piece, from, to) -> NodeForm.child(piece, from, key));
            VarHandle.loadLoadFence();
            if (now.holds(slot, oid, place) && now == table) {
                now.mark(slot);
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

    /** Leaves so many bytes of the room to signposts: what has no place any more in what is left is moved there. */
    private void limit(long forSignposts) {
        maxNodeBytes = maxBytes - forSignposts;
        while (bytes > maxNodeBytes) {
            makeRoom();
        }
        blocks.limit(maxNodeBytes / Blocks.BYTES);
        int capacity = Blocks.capacity(maxNodeBytes / Blocks.BYTES);
        for (int slot = 0; slot < table.slots() + NodeTable.WINDOW; slot++) {
            if (table.link(slot) != 0
                    && NodeTable.first(table.place(slot)) + NodeTable.blocks(table.place(slot)) > capacity) {
                move(slot);
            }
        }
        blocks.trim();
    }

    /** Moves a node to other blocks; drops it where none were found in a row. */
    private void move(int slot) {
        int from = NodeTable.first(table.place(slot));
        int count = NodeTable.blocks(table.place(slot));
        int first = blocks.take(count);
        for (int left = PATIENCE; first < 0 && left > 0; left--) {
            first = blocks.take(count);
        }
        if (first < 0) {
            drop(slot);
            return;
        }
        blocks.copy(from, first, count);
        table.move(slot, NodeTable.place(turn++, count, first));
        blocks.free(from, count);
    }

    /** Has the processor load what a merge of these keys below a node will look at: {@link WaysAhead}. */
    void expect(long top, byte[][] keys, int count) {
        touched = WaysAhead.touch(table, blocks, top, keys, count);
    }

    /** Keeps a node, in place of one with the same link if there is one; not when it is larger than all that may be kept. */
    void put(Node node) {
        put(node, false);
    }

    /** The same of a node that was just made, so that none with its link is looked for. */
    void putNew(Node node) {
        put(node, true);
    }

    private synchronized void put(Node node, boolean isNew) {
        int size = NodeForm.size(node);
        int count = Blocks.count(size);
        byte[] aside = NodeForm.aside(node);
        long cost = cost(count, aside);
        if (count > Blocks.MAX_BLOCKS || cost > maxNodeBytes) {
            return;
        }
        if (table.count() * SPARSE > table.slots() && table.slots() < maxSlots) {
            grow();
        }
        int slot = isNew ? table.slotForNew(node.link(), hand) : table.slotFor(node.link(), hand);
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
            table.set(slot, node.link(), NodeTable.place(turn++, count, first), aside);
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
        table = new NodeTable(FIRST_SLOTS);
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
        hand = hand + 1 == table.slots() + NodeTable.WINDOW ? 0 : hand + 1;
        if (table.link(hand) != 0 && !table.unmark(hand)) {
            drop(hand);
        }
    }

    /** Empties a slot, then frees what it led to. */
    private void drop(int slot) {
        long place = table.place(slot);
        byte[] aside = table.aside(slot);
        table.clear(slot);
        bytes -= cost(NodeTable.blocks(place), aside);
        blocks.free(NodeTable.first(place), NodeTable.blocks(place));
    }

    private void grow() {
        NodeTable old = table;
        NodeTable larger = new NodeTable(Math.min(maxSlots, old.slots() * 2));
        for (int i = 0; i < old.slots() + NodeTable.WINDOW; i++) {
            long link = old.link(i);
            if (link == 0) {
                continue;
            }
            int slot = larger.emptyFor(link);
            if (slot >= 0) {
                larger.set(slot, link, old.place(i), old.aside(i));
                if (old.unmark(i)) {
                    larger.mark(slot);
                }
            } else {
                drop(i);
            }
        }
        table = larger;
    }
}
