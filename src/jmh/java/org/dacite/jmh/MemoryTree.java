package org.dacite.jmh;

import java.util.ArrayList;
import java.util.List;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeMap;
import org.dacite.tree.NodeSink;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.dacite.tree.Vertex;

/** Rows in memory by OID: a source that holds all, and a sink. For one thread. */
final class MemoryTree implements NodeSource, NodeSink {
    private final List<Node> nodes = new ArrayList<>();

    @Override
    public Node cached(long link) {
        return nodes.get((int) Math.abs(link) - 1);
    }

    @Override
    public void vertex(Vertex vertex) {
        nodes.add(vertex);
    }

    @Override
    public void leaf(Leaf leaf, long treeId, long previousOid) {
        nodes.add(leaf);
    }

    @Override
    public void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid) {
        nodes.add(null);
    }

    @Override
    public void superseded(long link) {
        // nothing makes room here
    }

    @Override
    public long treeId(long parentId, byte[] key, byte[] userKey) {
        return 1;
    }

    /** Forgets what was appended after the first so many rows. */
    void cut(int rows) {
        nodes.subList(rows, nodes.size()).clear();
    }

    int rows() {
        return nodes.size();
    }

    @Override
    public List<Node> nodes(long[] links) {
        throw allInMemory();
    }

    @Override
    public Leaf leaf(long link, byte[] key) {
        throw allInMemory();
    }

    @Override
    public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
        throw allInMemory();
    }

    private static IllegalStateException allInMemory() {
        return new IllegalStateException("expected every node to be found in memory, got a question for rows");
    }
}
