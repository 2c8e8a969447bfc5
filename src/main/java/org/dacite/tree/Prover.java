package org.dacite.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.proof.DifferenceProof;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.ProofWriter;

/**
 * Makes the smallest incomplete tree from which a reader learns everything about the selected keys and ranges: the
 * selected leaves, the vertices on the way to them, and a stub for each subtree beside it.
 */
public final class Prover {
    private final ProofWriter out;
    private final Selection selection;
    private final Skeleton nodes;
    private final Deque<Task> tasks = new ArrayDeque<>();

    private Prover(ProofWriter out, Selection selection, Skeleton nodes) {
        this.out = out;
        this.selection = selection;
        this.nodes = nodes;
    }

    /** The proof of a selection in the tree with this top. */
    public static IncompleteTree prove(NodeSource source, long top, Selection selection, HashAlgorithm algorithm) {
        ProofWriter out = ProofWriter.of(algorithm);
        if (top != 0) {
            Skeleton nodes = Skeleton.of(source, top, selection, true);
            new Prover(out, selection, nodes).run(top);
        }
        return out.finish();
    }

    /** The proof that two trees differ as they do and nowhere else: both, with every key that differs. */
    public static DifferenceProof proveDifference(NodeSource source, long before, long after, HashAlgorithm algorithm) {
        List<List<byte[]>> paths = new ArrayList<>();
        Comparison walk = Comparison.of(source, before, after, new byte[0], null);
        while (walk.hasNext()) {
            Comparison.Difference difference = walk.next();
            List<byte[]> path = new ArrayList<>();
            difference.trees().forEach(link -> path.add(link.key()));
            path.add(difference.leaf().key());
            paths.add(path);
        }
        Selection selection = Selection.ofPaths(paths);
        return DifferenceProof.of(
                prove(source, before, selection, algorithm), prove(source, after, selection, algorithm));
    }

    private void run(long top) {
        tasks.push(new Task(nodes.node(top), 0, 0, 0, selection.tree(0).size(), true, false));
        while (!tasks.isEmpty()) {
            Task task = tasks.pop();
            Node node = task.node;
            if (task.done) {
                if (node instanceof Vertex) {
                    out.join(node.bits(), task.skipFrom, node.endBit());
                } else {
                    out.enclose(node.bits(), task.skipFrom, node.endBit());
                }
            } else if (node instanceof Vertex vertex) {
                visit(vertex, task);
            } else {
                visit((Leaf) node, task);
            }
        }
    }

    private void visit(Vertex vertex, Task task) {
        Selection.Entries entries = selection.tree(task.tree);
        int first = entries.first(task.low, task.high, vertex);
        int last = entries.last(first, task.high, vertex);
        if (first >= last) {
            out.stub(vertex.prefix(), task.skipFrom, vertex.depth(), vertex.hash());
            return;
        }
        boolean many = last - first > Skeleton.AHEAD;
        if (task.untold && !many) {
            nodes.expect(vertex.oid(), entries.from(first, last), last - first);
        }
        boolean untold = task.untold && many;
        int childSkipFrom = vertex.depth() + 1;
        int leftEnd = entries.leftEnd(first, last, vertex);
        int rightStart = entries.rightStart(first, last, vertex);
        tasks.push(task.asDone());
        tasks.push(new Task(nodes.node(vertex.right()), task.tree, childSkipFrom, rightStart, last, untold, false));
        tasks.push(new Task(nodes.node(vertex.left()), task.tree, childSkipFrom, first, leftEnd, untold, false));
    }

    private void visit(Leaf leaf, Task task) {
        Selection.Entries entries = selection.tree(task.tree);
        int at = entries.holding(task.low, task.high, leaf.key());
        if (at < 0) {
            out.stub(leaf.key(), task.skipFrom, leaf.endBit(), leaf.hash());
        } else if (!leaf.isTree()) {
            out.leaf(
                    leaf.key(),
                    task.skipFrom,
                    leaf.endBit(),
                    nodes.leaf(leaf.link()).value());
        } else if (entries.below(at) < 0) {
            out.link(leaf.key(), task.skipFrom, leaf.endBit(), leaf.value());
        } else {
            int below = entries.below(at);
            tasks.push(task.asDone());
            tasks.push(new Task(
                    nodes.node(leaf.tree()), below, 0, 0, selection.tree(below).size(), true, false));
        }
    }

    /**
     * A node to write, with the entries [low, high) that may concern it; untold: memory was not told of them; done: what is below
     * it is written.
     */
    private record Task(Node node, int tree, int skipFrom, int low, int high, boolean untold, boolean done) {
        private Task asDone() {
            return new Task(node, tree, skipFrom, low, high, false, true);
        }
    }
}
