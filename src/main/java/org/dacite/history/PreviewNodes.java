package org.dacite.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.bits.Bits;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeMap;
import org.dacite.tree.NodeSink;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.dacite.tree.Vertex;

/** The nodes of a store, and in memory those that a commit would append, which are not written. For one thread. */
public final class PreviewNodes implements NodeSource, NodeSink {
    /** The first OID of what is not in the store: above all that a store gives out. */
    public static final long FIRST_OID = 1L << 62;

    private final NodeSource store;
    private final NodeMap fresh = new NodeMap();
    private final Map<List<Object>, Long> treeIds = new HashMap<>();

    /** The nodes of a store, and none in memory so far. */
    public PreviewNodes(NodeSource store) {
        this.store = store;
    }

    @Override
    public Node cached(long link) {
        return isFresh(link) ? fresh.get(link) : store.cached(link);
    }

    @Override
    public List<Node> nodes(long[] links) {
        long[] old = new long[links.length];
        int size = 0;
        for (long link : links) {
            if (!isFresh(link)) {
                old[size++] = link;
            }
        }
        List<Node> stored = size == 0 ? List.of() : store.nodes(Arrays.copyOf(old, size));
        Node[] found = new Node[links.length];
        int at = 0;
        for (int i = 0; i < links.length; i++) {
            found[i] = isFresh(links[i]) ? fresh.get(links[i]) : stored.get(at++);
        }
        return List.of(found);
    }

    /** From a stored node on: those that are not stored are all in memory. */
    @Override
    public Leaf leaf(long link, byte[] key) {
        return store.leaf(link, key);
    }

    @Override
    public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
        store.fetch(starts, selection, withValues, into);
    }

    @Override
    public void vertex(Vertex vertex) {
        fresh.put(vertex);
    }

    @Override
    public void leaf(Leaf leaf, long treeId, long previousOid) {
        fresh.put(leaf);
    }

    @Override
    public void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid) {
        // a row of the change log, to which nothing links
    }

    @Override
    public long treeId(long parentId, byte[] key, byte[] userKey) {
        return treeIds.computeIfAbsent(List.of(parentId, Bits.ofKey(key)), name -> treeIds.size() + 1L);
    }

    private static boolean isFresh(long link) {
        return Math.abs(link) >= FIRST_OID;
    }
}
