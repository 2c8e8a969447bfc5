package org.dacite.tree;

import java.util.List;

/** Where nodes come from: memory first, then one statement for everything that is missing. */
public interface NodeSource {
    /** No link. */
    long UNKNOWN = Long.MIN_VALUE;

    /** The node if it is in memory, else null. */
    Node cached(long link);

    /**
     * Tells that the ways of the first keys, sorted ones, will be gone below a node: memory is slow to answer, but can look for
     * what stands on several ways at the same time.
     */
    default void expect(long top, byte[][] keys, int count) {}

    /** The nodes of these links, in that order, with their values; what is not in memory comes in one statement. */
    List<Node> nodes(long[] links);

    /** The link to the child of a vertex that a key leads to, 0 for none; {@link #UNKNOWN} if the vertex is not in memory. */
    default long child(long link, byte[] key) {
        return cached(link) instanceof Vertex vertex
                ? Vertex.child(vertex.depth(), vertex.left(), vertex.right(), key)
                : UNKNOWN;
    }

    /** From a link down to the leaf that a key leads to, which may hold another key: with its value, by one statement. */
    Leaf leaf(long link, byte[] key);

    /**
     * From each start, every vertex that the selection touches, and both children of each; one recursive statement.
     * Values of plain leaves come only where asked for.
     */
    void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into);

    /**
     * Where a fetch begins: a node that is not in memory.
     *
     * @param link the node
     * @param tree the number of its tree in the selection
     * @param lower the first key that can lead to it, canonical
     * @param upper the first key after those, null for none
     */
    record Start(long link, int tree, byte[] lower, byte[] upper) {}
}
