package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every vertex that a selection touches, and both children of each: all the nodes that an operation needs.
 *
 * <p>As long as memory holds what is asked for, nothing is done ahead. At the first node that it does not hold, the
 * whole skeleton is walked in memory, and all that is missing comes in one recursive statement. For one thread.
 */
public final class Skeleton {
    /** Memory is told of so many keys at once. */
    static final int AHEAD = 16;

    private final NodeSource source;
    private final long top;
    private final Selection selection;
    private final boolean withValues;
    private NodeMap fetched;

    private Skeleton(NodeSource source, long top, Selection selection, boolean withValues) {
        this.source = source;
        this.top = top;
        this.selection = selection;
        this.withValues = withValues;
    }

    /** The skeleton of a selection below the top of tree 0. */
    public static Skeleton of(NodeSource source, long top, Selection selection, boolean withValues) {
        return new Skeleton(source, top, selection, withValues);
    }

    /** The node of a link, which the selection touches or which is a child of one that it does. */
    public Node node(long link) {
        Node node = find(link);
        return node == null ? fetch(link) : node;
    }

    /** Tells that the ways of the first keys will be gone below a node; of one key nothing, which is as soon gone as told. */
    void expect(long from, byte[][] keys, int count) {
        if (fetched == null && count > 1) {
            source.expect(from, keys, count);
        }
    }

    /** The leaf of a link, which the selection touches, with its value. */
    public Leaf leaf(long link) {
        return find(link) instanceof Leaf leaf && leaf.value() != null ? leaf : (Leaf) fetch(link);
    }

    private Node find(long link) {
        Node node = fetched == null ? null : fetched.get(link);
        return node == null ? source.cached(link) : node;
    }

    private Node fetch(long link) {
        if (fetched == null) {
            fetched = new NodeMap();
            collect();
        }
        Node node = fetched.get(link);
        if (node == null) {
            throw new DamageException(link, "expected a node that the selection leads to, found none for link " + link);
        }
        return node;
    }

    private void collect() {
        List<NodeSource.Start> missing = new ArrayList<>();
        List<Step> open = new ArrayList<>();
        open.add(new Step(top, 0, 0, selection.tree(0).size(), new byte[0], null));
        selection
                .tops()
                .forEach((tree, linked) ->
                        open.add(new Step(linked, tree, 0, selection.tree(tree).size(), new byte[0], null)));
        while (!open.isEmpty()) {
            Step step = open.remove(open.size() - 1);
            Node node = source.cached(step.link);
            if (node == null || lacksValue(node, step, withValues)) {
                missing.add(new NodeSource.Start(step.link, step.tree, step.lower, step.upper));
                continue;
            }
            fetched.put(node); // so that it need not be asked for again when it has had to make room
            if (step.low == step.high) {
                continue;
            }
            Selection.Entries entries = selection.tree(step.tree);
            if (node instanceof Vertex vertex) {
                int leftEnd = entries.leftEnd(step.low, step.high, vertex);
                int rightStart = entries.rightStart(step.low, step.high, vertex);
                byte[] prefix = vertex.prefix();
                open.add(new Step(vertex.right(), step.tree, rightStart, step.high, prefix, step.upper));
                open.add(new Step(vertex.left(), step.tree, step.low, leftEnd, step.lower, prefix));
            } else if (node instanceof Leaf leaf && leaf.isTree()) {
                int at = entries.holding(step.low, step.high, leaf.key());
                if (at >= 0 && entries.below(at) >= 0) {
                    int below = entries.below(at);
                    open.add(new Step(
                            leaf.tree(), below, 0, selection.tree(below).size(), new byte[0], null));
                }
            }
        }
        if (!missing.isEmpty()) {
            source.fetch(missing, selection, withValues, fetched);
        }
    }

    private static boolean lacksValue(Node node, Step step, boolean withValues) {
        return withValues && step.low < step.high && node instanceof Leaf leaf && leaf.value() == null;
    }

    /** Entries {@code [low, high)} of the selection lead to the node of this link, whose keys are [lower, upper). */
    private record Step(long link, int tree, int low, int high, byte[] lower, byte[] upper) {}

    /** The key after which no canonical key sorts, where a start has no upper end. */
    public static byte[] end() {
        return Arrays.copyOf(Selection.END, Selection.END.length);
    }
}
