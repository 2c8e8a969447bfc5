package org.dacite.context;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;
import org.dacite.tree.NodeSource;

/** What leads from one stored tree to another, as {@link TreeChanges} saw it when it was committed. For one thread. */
final class TreeSteps {
    private final NodeSource nodes;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<TreeChanges.Tree> done = new ArrayList<>();

    /** A tree whose entries are known, with those linked in it that are still to be looked at. */
    private record Open(TreeChanges.Tree tree, Deque<Leaf[]> links) {}

    private TreeSteps(NodeSource nodes) {
        this.nodes = nodes;
    }

    /** The trees that differ and have keys left, each behind those that are linked in it. */
    static List<TreeChanges.Tree> between(NodeSource nodes, long before, long after) {
        TreeSteps steps = new TreeSteps(nodes);
        steps.enter(before, after);
        while (!steps.open.isEmpty()) {
            Open top = steps.open.peek();
            if (top.links.isEmpty()) {
                steps.done.add(steps.open.pop().tree);
            } else {
                Leaf[] link = top.links.pop();
                steps.enter(link[0] == null ? 0 : link[0].tree(), link[1].tree());
            }
        }
        return steps.done;
    }

    private void enter(long before, long after) {
        if (after == 0) {
            return;
        }
        List<TreeChanges.Entry> entries = new ArrayList<>();
        Deque<Leaf[]> links = new ArrayDeque<>();
        Comparison walk = Comparison.entries(nodes, before, after);
        Comparison.Difference next = walk.hasNext() ? walk.next() : null;
        while (next != null) {
            Comparison.Difference found = next;
            next = walk.hasNext() ? walk.next() : null;
            Leaf was = found.before();
            Leaf is = found.after();
            if (next != null
                    && Arrays.equals(
                            found.leaf().key(), next.leaf().key())) { // a value became a tree, or a tree a value
                was = was == null ? next.before() : was;
                is = is == null ? next.after() : is;
                next = walk.hasNext() ? walk.next() : null;
            }
            entries.add(new TreeChanges.Entry(found.leaf().key(), was != null, is));
            if (is != null && is.isTree()) {
                links.add(new Leaf[] {was != null && was.isTree() ? was : null, is});
            }
        }
        open.push(new Open(new TreeChanges.Tree(before, after, entries), links));
    }
}
