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
    private final Deque<Task> tasks = new ArrayDeque<>();
    private Change waiting;
    private Leaf waitingOld;
    private long treeId = UNKNOWN;

    private TreeMerge(Merge.Shared shared, long top, Changes changes, TreeMerge outer, Change link) {
        this.shared = shared;
        this.builder = new TreeBuilder(shared.sink(), shared.rule(), shared.oids(), shared.old());
        this.changes = changes;
        this.outer = outer;
        this.link = link;
        if (top == 0) {
            tasks.push(new Task(Task.Kind.NEW, null, 0, changes.size()));
        } else {
            tasks.push(new Task(Task.Kind.VISIT, shared.old().node(top), 0, changes.size()));
        }
    }

    /** The merge of the outermost tree. */
    static TreeMerge outermost(Merge.Shared shared, long top, Changes changes) {
        return new TreeMerge(shared, top, changes, null, null);
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
        while (!tasks.isEmpty()) {
            Task task = tasks.pop();
            TreeMerge inner = switch (task.kind) {
                case VISIT -> visit(task.node, task.low, task.high);
                case NEW -> applyNew(task.low, task.high);
                case CHANGE -> apply(changes.get(task.low), (Leaf) task.node);
                case CLOSE -> {
                    builder.close((Vertex) task.node);
                    yield null;
                }
            };
            if (inner != null) {
                return inner;
            }
        }
        return null;
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
        Node top = builder.finish();
        return top == null
                ? new TreeRef(0, shared.rule().emptyRoot(), 0)
                : new TreeRef(top.link(), shared.rule().root(top.hash(), top.bits(), top.endBit()), top.leafCount());
    }

    private TreeMerge visit(Node node, int low, int high) {
        if (low == high) {
            keep(node);
            return null;
        }
        SortedKeys keys = changes.keys();
        if (node instanceof Vertex vertex) {
            int first = keys.firstNotBefore(low, high, vertex.prefix(), vertex.depth());
            int last = keys.firstAfter(first, high, vertex.prefix(), vertex.depth());
            push(Task.Kind.NEW, null, last, high);
            if (first == last) {
                push(Task.Kind.VISIT, vertex, first, first);
            } else {
                int middle = keys.firstAtOrAfter(first, last, vertex.prefix());
                push(Task.Kind.CLOSE, vertex, 0, 0);
                push(Task.Kind.VISIT, shared.old().node(vertex.right()), middle, last);
                push(Task.Kind.VISIT, shared.old().node(vertex.left()), first, middle);
            }
            push(Task.Kind.NEW, null, low, first);
        } else {
            int at = keys.firstAtOrAfter(low, high, node.bits());
            boolean changed = at < high && Arrays.equals(keys.get(at), node.bits());
            push(Task.Kind.NEW, null, changed ? at + 1 : at, high);
            push(changed ? Task.Kind.CHANGE : Task.Kind.VISIT, node, at, at);
            push(Task.Kind.NEW, null, low, at);
        }
        return null;
    }

    private void push(Task.Kind kind, Node node, int low, int high) {
        if (kind != Task.Kind.NEW || low < high) {
            tasks.push(new Task(kind, node, low, high));
        }
    }

    private TreeMerge applyNew(int low, int high) {
        for (int i = low; i < high; i++) {
            TreeMerge inner = apply(changes.get(i), null);
            if (inner != null) {
                push(Task.Kind.NEW, null, i + 1, high);
                return inner;
            }
        }
        return null;
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
                return new TreeMerge(shared, topBefore(change, old), change.nested(), this, change);
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

    private static void checkTree(Change change, Leaf old) {
        if (old != null && !old.isTree() && !change.replaces()) {
            throw KindException.of(change.key(), true);
        }
    }

    private void putValue(Change change, Leaf old) {
        if (old != null && old.isTree() && !change.replaces()) {
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
        append(change, old, tree.root(), tree.top(), tree.leafCount(), hash);
    }

    private void append(Change change, Leaf old, byte[] value, long tree, long leafCount, byte[] hash) {
        builder.pass(change.key(), change.key().length * 8);
        Leaf leaf = new Leaf(
                shared.oids().next(), change.key(), change.userKey(), value, tree, leafCount, hash, shared.revision());
        builder.add(leaf);
        shared.sink().leaf(leaf, treeId(), old == null ? 0 : old.oid());
    }

    private void delete(Change change, Leaf old) {
        if (old != null) {
            builder.pass(change.key(), change.key().length * 8);
            shared.sink().deletion(shared.oids().next(), treeId(), change.key(), change.userKey(), old.oid());
        }
    }

    private void keep(Node node) {
        builder.pass(node.bits(), node.endBit());
        builder.add(node);
    }

    private record Task(Kind kind, Node node, int low, int high) {
        private enum Kind {
            /** Merge a node with the changes [low, high). */
            VISIT,
            /** Apply the changes [low, high), whose keys no node holds. */
            NEW,
            /** Apply the change {@code low} to a leaf. */
            CHANGE,
            /** All below a vertex has been visited. */
            CLOSE
        }
    }
}
