package org.dacite.tree;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The merge of one tree with its changes, in key order. Stops at a change that goes on in a linked tree, hands out the
 * merge of that tree, and goes on when it is told the outcome.
 */
final class TreeMerge {
    private static final long UNKNOWN = -1;

    private final Merge.Shared shared;
    private final TreeBuilder builder;
    private final Changes changes;
    private final TreeMerge outer;
    private final Change link;
    private final long top;
    private final TaskStack tasks = new TaskStack();
    private final Windows windows;
    private Window window;
    private int at;
    private int told;
    private Skeleton old;
    private Change waiting;
    private Leaf waitingOld;
    private long treeId = UNKNOWN;

    private TreeMerge(Merge.Shared shared, long top, Changes changes, TreeMerge outer, Change link, boolean apart) {
        this.shared = shared;
        this.builder = new TreeBuilder(shared.sink(), shared.rule(), shared.oids(), shared.nodes());
        this.changes = changes;
        this.outer = outer;
        this.link = link;
        this.top = top;
        if (apart) {
            windows = Windows.of(changes, shared.weights());
            window = windows.next();
            old = skeleton();
        } else {
            windows = null;
            window = changes.whole();
            old = outer.old;
        }
        if (top != 0) {
            tasks.push(TaskStack.VISIT, old.node(top));
        }
    }

    /** The merge of the outermost tree. */
    static TreeMerge outermost(Merge.Shared shared, long top, Changes changes) {
        return new TreeMerge(shared, top, changes, null, null, true);
    }

    private Skeleton skeleton() {
        return Skeleton.of(shared.nodes(), top, Selection.of(window, shared.weights()), false);
    }

    /** The next change that was not taken; null when there is none. */
    private Change next() {
        while (window != null && at == window.size()) {
            window = windows == null ? null : windows.next();
            at = 0;
            told = 0;
            if (window != null) {
                old = skeleton();
            }
        }
        if (window != null && at >= told) {
            tell();
        }
        return window == null ? null : window.get(at);
    }

    /** Tells memory which changes are next. */
    private void tell() {
        told = Math.min(window.size(), at + Skeleton.AHEAD);
        if (top > 0) {
            byte[][] keys = new byte[told - at][];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = window.get(at + i).key();
            }
            old.expect(top, keys, keys.length);
        }
    }

    /** The id of its tree, asked for when the first row is written: a batch that changes nothing names no tree. */
    private long treeId() {
        Deque<TreeMerge> unknown = new ArrayDeque<>();
        TreeMerge at = this;
        while (at.treeId == UNKNOWN && at.outer != null) {
            unknown.push(at);
            at = at.outer;
        }
        if (at.outer == null) {
            at.treeId = 0;
        }
        for (TreeMerge each : unknown) {
            each.treeId = shared.sink().treeId(each.outer.treeId, each.link.key(), each.link.userKey());
        }
        return treeId;
    }

    /** Goes on to the end, which null says, or to a linked tree, whose merge it answers. */
    TreeMerge advance() {
        TreeMerge inner = null;
        while (inner == null && tasks.pop()) {
            inner = tasks.kind() == TaskStack.VISIT ? visit(tasks.node()) : close((Vertex) tasks.node());
        }
        while (inner == null && next() != null) {
            inner = applyNew();
        }
        return inner;
    }

    /** The linked tree that it waited for has become this. */
    void resume(TreeRef inner) {
        if (inner.top() == 0) {
            delete(waiting, waitingOld);
        } else {
            put(waiting, waitingOld, inner);
        }
        waiting = null;
        waitingOld = null;
    }

    TreeRef outcome() {
        Node done = builder.finish();
        TreeRef tree = done == null
                ? new TreeRef(0, shared.rule().emptyRoot(), 0)
                : new TreeRef(
                        done.link(), shared.rule().root(done.hash(), done.bits(), done.endBit()), done.leafCount());
        shared.outcomes().put(new Merge.Work(changes, top), tree);
        if (tree.top() != top) {
            shared.sink().tree(treeId(), top, tree.top());
        }
        return tree;
    }

    private TreeMerge visit(Node node) {
        Change next = next();
        while (next != null) {
            int place = SortedKeys.place(next.key(), node.bits(), node.endBit());
            if (place == 0 && node instanceof Vertex vertex) {
                open(vertex);
                return null;
            }
            if (place == 0 && next.key().length * 8 == node.endBit()) {
                at++;
                return apply(next, (Leaf) node);
            }
            if (place >= 0) {
                break;
            }
            TreeMerge inner = applyNew();
            if (inner != null) {
                tasks.push(TaskStack.VISIT, node);
                return inner;
            }
            next = next();
        }
        keep(node);
        return null;
    }

    private void open(Vertex vertex) {
        tasks.push(TaskStack.CLOSE, vertex);
        tasks.push(TaskStack.VISIT, old.node(vertex.right()));
        tasks.push(TaskStack.VISIT, old.node(vertex.left()));
    }

    /** Completes a vertex when all changes below it, those behind its last node too, are done. */
    private TreeMerge close(Vertex vertex) {
        for (Change next = next();
                next != null && SortedKeys.place(next.key(), vertex.prefix(), vertex.depth()) == 0;
                next = next()) {
            TreeMerge inner = applyNew();
            if (inner != null) {
                tasks.push(TaskStack.CLOSE, vertex);
                return inner;
            }
        }
        builder.close(vertex);
        return null;
    }

    /** Takes the next change, whose key no node holds. */
    private TreeMerge applyNew() {
        return apply(window.get(at++), null);
    }

    /** Applies a change to the leaf that holds its key, or to none. */
    private TreeMerge apply(Change change, Leaf old) {
        switch (change.action()) {
            case PUT -> putValue(change, old);
            case DELETE -> delete(change, old);
            case LINK -> {
                checkTree(change, old);
                put(change, old, change.linked());
            }
            case MERGE -> {
                checkTree(change, old);
                builder.pass(change.key(), change.key().length * 8);
                waiting = change;
                waitingOld = old;
                long start = topBefore(change, old);
                TreeRef done = shared.outcomes().get(new Merge.Work(change.nested(), start));
                if (done == null) {
                    return new TreeMerge(
                            shared,
                            start,
                            change.nested(),
                            this,
                            change,
                            shared.weights().isApart(change));
                }
                resume(done);
            }
        }
        return null;
    }

    /** The top of the tree that a merge begins from. */
    private static long topBefore(Change change, Leaf old) {
        if (change.linked() != null) {
            return change.linked().top();
        }
        return old != null && old.isTree() && !change.replaces() ? old.tree() : 0;
    }

    private void checkTree(Change change, Leaf old) {
        if (old != null && !old.isTree() && !change.replaces() && !changes.overwrites()) {
            throw KindException.of(change.key(), true);
        }
    }

    private void putValue(Change change, Leaf old) {
        if (old != null && old.isTree() && !change.replaces() && !changes.overwrites()) {
            throw KindException.of(change.key(), false);
        }
        byte[] hash = shared.rule().leaf(change.value());
        if (old != null && !old.isTree() && Arrays.equals(old.hash(), hash)) {
            keep(old);
            return;
        }
        append(change, old, change.value(), 0, 1, hash);
    }

    private void put(Change change, Leaf old, TreeRef tree) {
        if (old != null && old.tree() == tree.top()) {
            keep(old);
            return;
        }
        byte[] hash = shared.rule().link(tree.root());
        if (old != null && old.isTree() && Arrays.equals(old.hash(), hash)) {
            keep(old);
            return;
        }
        shared.sink().treeId(treeId(), change.key(), change.userKey());
        append(change, old, tree.root(), tree.top(), tree.leafCount(), hash);
    }

    private void append(Change change, Leaf old, byte[] value, long tree, long leafCount, byte[] hash) {
        builder.pass(change.key(), change.key().length * 8);
        Leaf leaf = new Leaf(
                shared.oids().next(), change.key(), change.userKey(), value, tree, leafCount, hash, shared.revision());
        builder.add(leaf);
        shared.sink().leaf(leaf, treeId(), old == null ? 0 : old.oid());
        if (old != null) {
            shared.sink().superseded(old.link());
        }
    }

    private void delete(Change change, Leaf old) {
        if (old != null) {
            builder.pass(change.key(), change.key().length * 8);
            shared.sink().deletion(shared.oids().next(), treeId(), change.key(), change.userKey(), old.oid());
            shared.sink().superseded(old.link());
        }
    }

    private void keep(Node node) {
        builder.pass(node.bits(), node.endBit());
        builder.add(node);
    }
}
