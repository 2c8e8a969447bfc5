package org.dacite.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.dacite.tree.Vertex;
import org.postgresql.PGConnection;

/**
 * Appends the vertices and leaves of a small commit in one round trip, by two statements over arrays, where each {@code COPY} would be
 * two; more rows than a few go on to another appender.
 */
final class FewRowsAppender implements RowAppender {
    private static final int MAX_ROWS = 64;
    private static final int MAX_LEAF_BYTES = 1 << 14;
    private static final String APPEND =
            "insert into vertex (oid, prefix, depth, left_oid, right_oid, leaf_count, hash)"
                    + " select * from unnest(?::bigint[], ?::bytea[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[]);"
                    + " insert into leaf (oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid,"
                    + " revision_id) select * from unnest(?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[], ?::smallint[], ?::bytea[],"
                    + " ?::bigint[], ?::bigint[], ?::bytea[], ?::bigint[], ?::bigint[])";

    private final Connection connection;
    private final RowAppender many;
    private final List<Vertex> vertices = new ArrayList<>(MAX_ROWS);
    private final List<LeafRow> leaves = new ArrayList<>(MAX_ROWS);
    private PreparedStatement append;
    private int leafBytes;
    private boolean few = true;

    FewRowsAppender(Connection connection, RowAppender many) {
        this.connection = connection;
        this.many = many;
    }

    @Override
    public void vertex(Vertex vertex) throws SQLException {
        if (few && vertices.size() == MAX_ROWS) {
            handOn();
        }
        if (few) {
            vertices.add(vertex);
        } else {
            many.vertex(vertex);
        }
    }

    @Override
    public void leaf(LeafRow row) throws SQLException {
        leafBytes += row.sizeBytes();
        if (few && (leaves.size() == MAX_ROWS || leafBytes > MAX_LEAF_BYTES)) {
            handOn();
        }
        if (few) {
            leaves.add(row);
        } else {
            many.leaf(row);
        }
    }

    private void handOn() throws SQLException {
        few = false;
        for (Vertex each : vertices) {
            many.vertex(each);
        }
        for (LeafRow each : leaves) {
            many.leaf(each);
        }
        vertices.clear();
        leaves.clear();
    }

    @Override
    public void logNode(long log, long position, byte[] digest) throws SQLException {
        many.logNode(log, position, digest);
    }

    @Override
    public void logEntry(long log, long number, byte[] entry) throws SQLException {
        many.logEntry(log, number, entry);
    }

    @Override
    public void rest() throws SQLException {
        many.rest();
    }

    @Override
    public void flush() throws SQLException {
        if (!vertices.isEmpty() || !leaves.isEmpty()) {
            send();
        }
        vertices.clear();
        leaves.clear();
        leafBytes = 0;
        few = true;
        many.flush();
    }

    private void send() throws SQLException {
        if (append == null) {
            append = connection.prepareStatement(APPEND);
        }
        longs(1, vertices, Vertex::oid);
        bytes(2, vertices, Vertex::prefix);
        append.setArray(
                3, array("int4", vertices.stream().mapToInt(Vertex::depth).toArray()));
        longs(4, vertices, Vertex::left);
        longs(5, vertices, Vertex::right);
        longs(6, vertices, Vertex::leafCount);
        bytes(7, vertices, Vertex::hash);
        longs(8, leaves, LeafRow::oid);
        longs(9, leaves, LeafRow::treeId);
        bytes(10, leaves, LeafRow::key);
        bytes(11, leaves, LeafRow::userKey);
        append.setArray(
                12,
                array("int2", leaves.stream().map(each -> (short) each.kind()).toArray(Short[]::new)));
        bytes(13, leaves, LeafRow::value);
        positive(14, LeafRow::treeOid);
        positive(15, LeafRow::treeLeafCount);
        bytes(16, leaves, LeafRow::hash);
        positive(17, LeafRow::previousOid);
        longs(18, leaves, LeafRow::revisionId);
        append.execute();
    }

    private <T> void longs(int at, List<T> rows, ToLongFunction<T> column) throws SQLException {
        append.setArray(at, array("int8", rows.stream().mapToLong(column).toArray()));
    }

    /** Null where the row has 0. */
    private void positive(int at, ToLongFunction<LeafRow> column) throws SQLException {
        Long[] values = new Long[leaves.size()];
        for (int i = 0; i < values.length; i++) {
            long value = column.applyAsLong(leaves.get(i));
            values[i] = value == 0 ? null : Long.valueOf(value);
        }
        append.setArray(at, array("int8", values));
    }

    private <T> void bytes(int at, List<T> rows, Function<T, byte[]> column) throws SQLException {
        append.setArray(at, array("bytea", rows.stream().map(column).toArray(byte[][]::new)));
    }

    private Array array(String type, Object elements) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, elements);
    }

    @Override
    public void finish() throws SQLException {
        many.finish();
    }

    @Override
    public void close() {
        many.close();
    }
}
