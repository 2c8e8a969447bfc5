package org.dacite.store;

import java.util.Arrays;
import org.dacite.tree.Node;

/**
 * Nodes in memory by link, bounded in bytes. Rows never change, so nothing in it is ever stale.
 *
 * <p>An open table, grown as nodes come, at most a third full: a link stands in one of the 32 slots from where it hashes to,
 * and nodes of neighbouring OIDs, which are written and read together, hash to neighbouring slots. A reader takes no lock, and believes a slot only when the node in it, which is immutable, has that link. Writers
 * take turns. Who must go: first what the newest tree has no place for, oldest first, so that a process that commits for
 * days keeps the tree it works on; then the clock chooses: a slot that was read since the hand passed stays for another
 * round. Any thread.
 *
 * <p>Ours, where a library would do, because a commit asks it for every ancestor of every key: a general cache took two
 * thirds of a commit's time.
 */
final class NodeCache {
    private static final int WINDOW = 32;
    private static final int FIRST_SLOTS = 1 << 13;
    private static final int SLOT_BYTES = 52;
    private static final int GROWTH = 4;

    /** At most one slot of so many is taken before the table grows: then next to no node finds its window full. */
    private static final int SPARSE = 3;

    private static final int BLOCK_BITS = 2;

    private final long maxBytes;
    private final int maxSlots;
    private volatile Table table = new Table(FIRST_SLOTS);
    private final LinkQueue superseded = new LinkQueue();
    private long bytes;
    private int hand;

    NodeCache(long maxBytes) {
        this.maxBytes = maxBytes;
        this.maxSlots = Math.max(FIRST_SLOTS, (int) Long.highestOneBit(Math.min(1L << 28, maxBytes / 64)));
    }

    /** The node of a link, null when it is not here. */
    Node get(long link) {
        Table now = table;
        int base = now.base(link);
        for (int i = base; i < base + WINDOW; i++) {
            if (now.links[i] == link) {
                Node node = now.nodes[i];
                if (node != null && node.link() == link) {
                    now.read[i] = true;
                    return node;
                }
            }
        }
        return null;
    }

    /** Keeps a node, in place of one with the same link if there is one. */
    synchronized void put(Node node) {
        if (table.count * SPARSE > table.slots && table.slots < maxSlots) {
            grow();
        }
        int slot = table.slotFor(node.link(), hand);
        Node old = table.nodes[slot];
        bytes += cost(node) - (old == null ? 0 : cost(old));
        table.set(slot, node);
        while (bytes > maxBytes) {
            makeRoom();
        }
    }

    /** The newest tree has no more place for this node: it goes before all that it has, the longest out of use first. */
    synchronized void superseded(long link) {
        superseded.add(link);
    }

    /** Forgets all. */
    synchronized void clear() {
        table = new Table(FIRST_SLOTS);
        superseded.clear();
        bytes = 0;
        hand = 0;
    }

    /** About how much memory the nodes take. */
    synchronized long bytes() {
        return bytes;
    }

    private void makeRoom() {
        if (superseded.isEmpty()) {
            tick();
            return;
        }
        int slot = table.find(superseded.remove());
        if (slot >= 0) {
            bytes -= cost(table.nodes[slot]);
            table.clear(slot);
        }
    }

    private void tick() {
        hand = hand + 1 == table.links.length ? 0 : hand + 1;
        Node node = table.nodes[hand];
        if (node != null) {
            if (table.read[hand]) {
                table.read[hand] = false;
            } else {
                bytes -= cost(node);
                table.clear(hand);
            }
        }
    }

    private void grow() {
        Table larger = new Table(Math.min(maxSlots, table.slots * GROWTH));
        bytes = 0;
        for (int i = 0; i < table.nodes.length; i++) {
            Node node = table.nodes[i];
            if (node != null) {
                int slot = larger.slotFor(node.link(), i);
                Node old = larger.nodes[slot];
                bytes += cost(node) - (old == null ? 0 : cost(old));
                larger.set(slot, node);
                larger.read[slot] = table.read[i];
            }
        }
        table = larger;
    }

    private static int cost(Node node) {
        return node.sizeBytes() + SLOT_BYTES;
    }

    private static final class Table {
        private final int slots;
        private final long[] links;
        private final Node[] nodes;
        private final boolean[] read;
        private int count;

        private Table(int slots) {
            this.slots = slots;
            this.links = new long[slots + WINDOW];
            this.nodes = new Node[slots + WINDOW];
            this.read = new boolean[slots + WINDOW];
        }

        private int base(long link) {
            long oid = Math.abs(link);
            long mixed = (oid >>> BLOCK_BITS) * 0x9E3779B97F4A7C15L;
            return (((int) (mixed >>> 33) << BLOCK_BITS) | (int) (oid & ((1 << BLOCK_BITS) - 1))) & (slots - 1);
        }

        /** Where a node of this link goes: its slot, an empty one of its window, or one that must make room. */
        private int slotFor(long link, int turn) {
            int base = base(link);
            int empty = -1;
            int unread = -1;
            for (int i = base; i < base + WINDOW; i++) {
                if (links[i] == link) {
                    return i;
                }
                if (links[i] == 0) {
                    empty = empty < 0 ? i : empty;
                } else if (!read[i]) {
                    unread = i;
                }
            }
            if (empty >= 0) {
                return empty;
            }
            if (unread >= 0) {
                return unread;
            }
            Arrays.fill(read, base, base + WINDOW, false);
            return base + (turn & (WINDOW - 1));
        }

        /** Where a link stands, −1 when it does not. */
        private int find(long link) {
            int base = base(link);
            for (int i = base; i < base + WINDOW; i++) {
                if (links[i] == link) {
                    return i;
                }
            }
            return -1;
        }

        private void set(int slot, Node node) {
            if (nodes[slot] == null) {
                count++;
            }
            nodes[slot] = node;
            links[slot] = node.link();
            read[slot] = false;
        }

        private void clear(int slot) {
            count--;
            links[slot] = 0;
            nodes[slot] = null;
        }
    }
}
