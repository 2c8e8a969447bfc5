package org.dacite.store;

/**
 * Goes the ways of several keys at the same time, before the merge that will go them one after the other: memory is slow to
 * answer, and a way must wait for each node to know the next, but what many ways ask for is waited for together. What
 * was looked at is then in the processor's own memory, for which this is made: it tells nothing that counts.
 *
 * <pre>
 *   round    slots of all nodes   then blocks of all nodes   then the children of those that a key goes through
 * </pre>
 *
 * In each step nothing depends on what the same step looks at. Any thread, without a lock: who writes meanwhile may spoil what is
 * read here, which leads astray at most.
 */
final class WaysAhead {
    /** No key goes through this node, which only hangs beside a way. */
    private static final int BESIDE = -1;

    private final NodeTable table;
    private final Blocks blocks;
    private final byte[][] keys;
    private final long[] links;
    private final int[] keyOf;
    private final int[] firsts;
    private final long[] nextLinks;
    private final int[] nextKeyOf;
    private int size;
    private long seen;

    private WaysAhead(NodeTable table, Blocks blocks, byte[][] keys, int count) {
        this.table = table;
        this.blocks = blocks;
        this.keys = keys;
        this.links = new long[2 * count];
        this.keyOf = new int[2 * count];
        this.firsts = new int[2 * count];
        this.nextLinks = new long[2 * count];
        this.nextKeyOf = new int[2 * count];
    }

    /** Looks at all that stands on and beside the ways of the first keys, sorted ones, below a node; answers what nobody needs. */
    static long touch(NodeTable table, Blocks blocks, long top, byte[][] keys, int count) {
        WaysAhead ways = new WaysAhead(table, blocks, keys, count);
        for (int i = 0; i < count; i++) {
            ways.links[i] = top;
            ways.keyOf[i] = i;
        }
        ways.size = count;
        while (ways.size > 0) {
            ways.round();
        }
        return ways.seen;
    }

    private void round() {
        for (int i = 0; i < size; i++) {
            seen += table.touch(links[i]);
        }
        for (int i = 0; i < size; i++) {
            int slot = table.find(links[i]);
            firsts[i] = slot < 0 ? Blocks.NONE : NodeTable.first(table.place(slot));
        }
        for (int i = 0; i < size; i++) {
            if (firsts[i] >= 0) {
                seen += blocks.touch(firsts[i]);
            }
        }
        descend();
    }

    private void descend() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (links[i] < 0 || keyOf[i] == BESIDE || firsts[i] < 0) {
                continue;
            }
            int key = keyOf[i];
            long next = blocks.read(firsts[i], 1, 0, (piece, from, to) -> NodeForm.child(piece, from, keys[key]));
            if (next == 0 || Math.abs(next) >= links[i]) {
                continue; // children are older, so that every way ends
            }
            nextLinks[count] = next;
            nextKeyOf[count++] = key;
            if (i == 0 || links[i] != links[i - 1]) {
                nextLinks[count] =
                        blocks.read(firsts[i], 1, 0, (piece, from, to) -> NodeForm.otherChild(piece, from, next));
                nextKeyOf[count++] = BESIDE;
            }
        }
        System.arraycopy(nextLinks, 0, links, 0, count);
        System.arraycopy(nextKeyOf, 0, keyOf, 0, count);
        size = count;
    }
}
