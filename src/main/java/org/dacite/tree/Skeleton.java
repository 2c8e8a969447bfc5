package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every vertex that a selection touches, and both children of each: all the nodes that an operation needs, known before
 * it begins. What memory holds is walked there; the rest comes in one recursive statement. For one thread.
 */
public final class Skeleton {
    private final NodeSource source;
    private final NodeMap nodes = new NodeMap();

    private Skeleton(NodeSource source) {
        this.source = source;
    }

    /** The skeleton of a selection below the top of tree 0. */
    public static Skeleton of(NodeSource source, long top, Selection selection, boolean withValues) {
        Skeleton skeleton = new Skeleton(source);
        if (top != 0) {
            skeleton.collect(top, selection, withValues);
        }
        return skeleton;
    }

    /** The node of a link, which the selection touches or which is a child of one that it does. */
    public Node node(long link) {
        Node node = nodes.get(link);
        if (node == null) {
            node = source.nodes(new long[] {link}).get(0);
            nodes.put(node);
        }
        return node;
    }

    /** How many nodes it holds. */
    public int size() {
        return nodes.size();
    }

    private void collect(long top, Selection selection, boolean withValues) {
        List<NodeSource.Start> missing = new ArrayList<>();
        List<Step> open = new ArrayList<>();
        open.add(new Step(top, 0, 0, selection.tree(0).size(), new byte[0], null));
        while (!open.isEmpty()) {
            Step step = open.remove(open.size() - 1);
            Node node = source.cached(step.link);
            if (node == null || lacksValue(node, step, withValues)) {
                missing.add(new NodeSource.Start(step.link, step.tree, step.lower, step.upper));
                continue;
            }
            nodes.put(node);
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
            source.fetch(missing, selection, withValues, nodes);
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
