package org.dacite.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.tree.Leaf;
import org.dacite.tree.NodeSink;
import org.dacite.tree.Vertex;

/** Sees which entries of which trees a commit changes, while its rows go on to another sink. For one thread. */
final class TreeChanges implements NodeSink {
    /**
     * A change of one key of a tree.
     *
     * @param key the canonical key
     * @param existed whether the tree had it before
     * @param leaf what holds it now, null when it is gone
     */
    record Entry(byte[] key, boolean existed, Leaf leaf) {}

    /**
     * A tree that was changed.
     *
     * @param before the top of the tree that it was made of, 0 for the empty one
     * @param after its top now
     * @param entries what changed, in the order of keys
     */
    record Tree(long before, long after, List<Entry> entries) {}

    private final NodeSink rows;
    private final Map<Long, List<Entry>> open = new HashMap<>();
    private final List<Tree> done = new ArrayList<>();

    TreeChanges(NodeSink rows) {
        this.rows = rows;
    }

    /** The trees that were changed and have keys left, each behind those that are linked in it. */
    List<Tree> trees() {
        return done;
    }

    @Override
    public void vertex(Vertex vertex) {
        rows.vertex(vertex);
    }

    @Override
    public void leaf(Leaf leaf, long treeId, long previousOid) {
        rows.leaf(leaf, treeId, previousOid);
        add(treeId, new Entry(leaf.key(), previousOid != 0, leaf));
    }

    @Override
    public void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid) {
        rows.deletion(oid, treeId, key, userKey, previousOid);
        add(treeId, new Entry(key, true, null));
    }

    @Override
    public long treeId(long parentId, byte[] key, byte[] userKey) {
        return rows.treeId(parentId, key, userKey);
    }

    @Override
    public void tree(long treeId, long before, long after) {
        rows.tree(treeId, before, after);
        List<Entry> entries = open.remove(treeId);
        if (after != 0) {
            entries.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
            done.add(new Tree(before, after, entries));
        }
    }

    @Override
    public void superseded(long link) {
        rows.superseded(link);
    }

    private void add(long treeId, Entry entry) {
        open.computeIfAbsent(treeId, id -> new ArrayList<>()).add(entry);
    }
}
