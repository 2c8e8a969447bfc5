package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.dacite.bits.PaddedBits;

/**
 * The leaves in which two trees differ, in key order, linked trees at the place of their link: two walks that never
 * enter a subtree which both share. Against the empty tree it is a scan.
 *
 * <p>Nodes are fetched many at a time: the front of the walk is widened level by level, so a walk takes about one
 * statement for every few hundred nodes. For one thread; memory in proportion to the width, not to the trees.
 */
public final class Comparison implements Iterator<Comparison.Difference> {
    private static final int MAX_WIDTH = 512;

    /**
     * One key whose value differs.
     *
     * @param trees the links that lead to its tree, outermost first
     * @param before the leaf in the first tree, null when absent there
     * @param after the leaf in the second tree, null when absent there
     * @param shared where it was asked for, instead of both the top of a subtree that both trees have there; else null
     */
    public record Difference(List<Leaf> trees, Leaf before, Leaf after, Node shared) {
        /** Whichever leaf is there, the second first. */
        public Leaf leaf() {
            return after == null ? before : after;
        }
    }

    private final NodeSource source;
    private final byte[] from;
    private final byte[] to;
    private final boolean entersLinks;
    private final List<Pair> front = new ArrayList<>();
    private Difference next;
    private int width;
    private final boolean tellsShared;
    private boolean emitted;

    private Comparison(NodeSource source, byte[] from, byte[] to, boolean entersLinks, int width, boolean tellsShared) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.entersLinks = entersLinks;
        this.width = width;
        this.tellsShared = tellsShared;
    }

    /**
     * The differences between two trees.
     *
     * @param before top of the first tree, 0 for the empty one
     * @param after top of the second
     * @param from the first canonical key of the outermost tree to look at
     * @param to the first one after those, null for none
     */
    public static Comparison of(NodeSource source, long before, long after, byte[] from, byte[] to) {
        return begun(new Comparison(source, from, to, true, 8, false), before, after);
    }

    /** The differences between two whole trees, and between them, in their place, the subtrees that both have. */
    public static Comparison withShared(NodeSource source, long before, long after) {
        return begun(new Comparison(source, new byte[0], null, true, 8, true), before, after);
    }

    private static Comparison begun(Comparison walk, long before, long after) {
        walk.add(new Pair(List.of(), before, after));
        return walk;
    }

    /**
     * All leaves of one tree as {@code after}, in key order; of a linked tree the leaf that links it, and nothing below.
     *
     * @param from the first canonical key to look at
     */
    public static Comparison entries(NodeSource source, long top, byte[] from) {
        return begun(new Comparison(source, from, null, false, 8, false), 0, top);
    }

    /** The same of two trees: the leaves in which they differ themselves, those that link trees that differ among them. */
    public static Comparison entries(NodeSource source, long before, long after) {
        return begun(new Comparison(source, new byte[0], null, false, 8, false), before, after);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !front.isEmpty()) {
            Pair last = front.get(front.size() - 1);
            if (last.emits()) {
                front.remove(front.size() - 1);
                next = last.shared
                        ? new Difference(last.trees, null, null, last.second)
                        : new Difference(last.trees, (Leaf) last.first, (Leaf) last.second, null);
            } else {
                widen();
            }
        }
        return next != null;
    }

    @Override
    public Difference next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Difference result = next;
        next = null;
        emitted = true;
        return result;
    }

    /** Opens the pairs at the front, which stands at the end of the list, by one step. */
    private void widen() {
        int start = Math.max(0, front.size() - width);
        if (emitted) {
            width = Math.min(MAX_WIDTH, width * 2);
            emitted = false;
        }
        List<Pair> tail = front.subList(start, front.size());
        List<Pair> opened = List.copyOf(tail);
        tail.clear();
        resolve(opened);
        for (Pair pair : opened) {
            if (pair.emits() || pair.shared) {
                pair.ready = true;
                front.add(pair);
            } else {
                open(pair);
            }
        }
    }

    private void resolve(List<Pair> pairs) {
        long[] links = new long[2 * pairs.size()];
        int count = 0;
        for (Pair pair : pairs) {
            count = pair.unresolved(links, count);
        }
        if (count == 0) {
            return;
        }
        NodeMap nodes = new NodeMap();
        source.nodes(distinct(links, count)).forEach(nodes::put);
        pairs.forEach(pair -> pair.resolve(nodes));
    }

    /** The first of these links, each once and in order, as their rows stand. */
    private static long[] distinct(long[] links, int count) {
        Arrays.sort(links, 0, count);
        int size = 1;
        for (int i = 1; i < count; i++) {
            if (links[i] != links[size - 1]) {
                links[size++] = links[i];
            }
        }
        return Arrays.copyOf(links, size);
    }

    private void add(Pair pair) {
        if (pair.before != pair.after) {
            front.add(pair);
        } else if (pair.before != 0) {
            addShared(pair);
        }
    }

    private void addShared(Pair pair) {
        if (tellsShared) {
            pair.shared = true;
            front.add(pair);
        }
    }

    /** Puts what stands below a resolved pair in its place; the later part first, since the front is the end. */
    private void open(Pair pair) {
        Node a = pair.first;
        Node b = pair.second;
        if (a == null || b == null) {
            openOne(pair, a == null ? b : a, a == null);
            return;
        }
        int common = PaddedBits.commonPrefixLength(a.bits(), a.endBit(), b.bits(), b.endBit());
        if (common == a.endBit() && common == b.endBit()) {
            openSame(pair, a, b);
        } else if (common == a.endBit() && a instanceof Vertex vertex) {
            openAround(pair, vertex, b, true);
        } else if (common == b.endBit() && b instanceof Vertex vertex) {
            openAround(pair, vertex, a, false);
        } else if (Arrays.compareUnsigned(a.bits(), b.bits()) < 0) {
            addIfWithin(pair.with(null, b));
            addIfWithin(pair.with(a, null));
        } else {
            addIfWithin(pair.with(a, null));
            addIfWithin(pair.with(null, b));
        }
    }

    private void openSame(Pair pair, Node a, Node b) {
        if (Arrays.equals(a.hash(), b.hash())) {
            addShared(pair);
            return;
        }
        if (a instanceof Vertex left && b instanceof Vertex right) {
            if (reachesRight(pair, left)) {
                add(new Pair(pair.trees, left.right(), right.right()));
            }
            if (reachesLeft(pair, left)) {
                add(new Pair(pair.trees, left.left(), right.left()));
            }
            return;
        }
        if (a instanceof Leaf first && b instanceof Leaf second && first.isTree() == second.isTree()) {
            if (!first.isTree() || !entersLinks) {
                addIfWithin(pair.with(a, b));
            } else if (within(pair, first)) {
                add(new Pair(pair.below(second), first.tree(), second.tree()));
            }
        } else if (a instanceof Vertex) {
            // The first side's keys begin with the second side's whole key, so they sort after it.
            addIfWithin(pair.with(a, null));
            addIfWithin(pair.with(null, b));
        } else {
            addIfWithin(pair.with(null, b));
            addIfWithin(pair.with(a, null));
        }
    }

    /** One side is a vertex that stands above the other side's node. */
    private void openAround(Pair pair, Vertex vertex, Node other, boolean vertexFirst) {
        boolean goesRight = PaddedBits.bit(other.bits(), vertex.depth()) == 1;
        if (reachesRight(pair, vertex)) {
            add(pair.child(vertex.right(), goesRight ? other : null, vertexFirst));
        }
        if (reachesLeft(pair, vertex)) {
            add(pair.child(vertex.left(), goesRight ? null : other, vertexFirst));
        }
    }

    private void openOne(Pair pair, Node node, boolean isSecond) {
        if (node instanceof Vertex vertex) {
            if (reachesRight(pair, vertex)) {
                add(pair.child(vertex.right(), null, !isSecond));
            }
            if (reachesLeft(pair, vertex)) {
                add(pair.child(vertex.left(), null, !isSecond));
            }
        } else if (node instanceof Leaf leaf && within(pair, leaf)) {
            if (leaf.isTree() && entersLinks) {
                add(new Pair(pair.below(leaf), isSecond ? 0 : leaf.tree(), isSecond ? leaf.tree() : 0));
            } else {
                pair.ready = true;
                front.add(pair);
            }
        }
    }

    private void addIfWithin(Pair pair) {
        Node node = pair.first == null ? pair.second : pair.first;
        if (pair.first != null && pair.second != null) {
            pair.ready = within(pair, (Leaf) node);
            if (pair.ready) {
                front.add(pair);
            }
        } else {
            front.add(pair);
        }
    }

    private boolean reachesLeft(Pair pair, Vertex vertex) {
        return !pair.trees.isEmpty() || Arrays.compareUnsigned(from, vertex.prefix()) < 0;
    }

    private boolean reachesRight(Pair pair, Vertex vertex) {
        return !pair.trees.isEmpty() || to == null || Arrays.compareUnsigned(to, vertex.prefix()) > 0;
    }

    private boolean within(Pair pair, Leaf leaf) {
        return !pair.trees.isEmpty()
                || (Arrays.compareUnsigned(leaf.key(), from) >= 0
                        && (to == null || Arrays.compareUnsigned(leaf.key(), to) < 0));
    }
}
