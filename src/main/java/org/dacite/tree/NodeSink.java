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

    /** Tells that the tree which is written has no more place for a node that the one before had. */
    default void superseded(long link) {}
}
