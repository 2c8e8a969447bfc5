package org.dacite.store;

import java.sql.SQLException;
import org.dacite.tree.Leaf;
import org.dacite.tree.Vertex;

/** Appends rows of one transaction in bulk. For one thread. */
interface RowAppender {
    void vertex(Vertex vertex) throws SQLException;

    void leaf(LeafRow row) throws SQLException;

    /** A node of a log. The digest must not change until it is sent. */
    void logNode(long log, long position, byte[] digest) throws SQLException;

    /** An entry of a log that people name. It must not change until it is sent. */
    void logEntry(long log, long number, byte[] entry) throws SQLException;

    /** Lets the connection be used for something else until the next row; rows may still be held back. */
    default void rest() throws SQLException {}

    /** Sends what is still held back; before the commit, or before rows are read, comes {@link #finish}. */
    void flush() throws SQLException;

    /** After a flush: waits until every statement of the writer's connection sees all rows, which its commit then makes last. */
    default void finish() throws SQLException {}

    /** Ends what it opened; what is not committed is undone. */
    default void close() {}

    /** A row of the table {@code leaf}; zero and null as the table has them. Of a deletion {@code node} is null. */
    record LeafRow(
            long oid,
            long treeId,
            byte[] key,
            byte[] userKey,
            int kind,
            byte[] value,
            long treeOid,
            long treeLeafCount,
            byte[] hash,
            long previousOid,
            long revisionId,
            Leaf node) {
        static final int VALUE = 0;
        static final int TREE = 1;
        static final int DELETED = 2;

        int sizeBytes() {
            return 200 + key.length + (value == null ? 0 : value.length);
        }
    }
}
