package org.dacite.tree;

/** Where new rows go, in ascending order of OID. */
public interface NodeSink {
    /** Appends a vertex. */
    void vertex(Vertex vertex);

    /** Appends a leaf written in that tree in place of the leaf {@code previousOid}, 0 for none. */
    void leaf(Leaf leaf, long treeId, long previousOid);

    /** Appends the deletion of a key. */
    void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid);

    /** The id of the tree that {@code key} names in the tree {@code parentId}, given out when it is new. */
    long treeId(long parentId, byte[] key, byte[] userKey);

    /**
     * Tells that a tree is done, and has changed: its own rows and those of the trees linked in it were appended.
     *
     * @param treeId its id
     * @param before the top of the tree that its changes were made to, 0 for the empty one
     * @param after its top now, 0 when it is empty
     */
    default void tree(long treeId, long before, long after) {}

    /** Tells that the tree which is written has no more place for a node that the one before had. */
    default void superseded(long link) {}
}
