package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;
import org.dacite.tree.Vertex;

/**
 * Appends rows by statements of many {@code values} rows: what SQLite is fastest with. Made once for a connection, since
 * to prepare such a statement takes as long as to run it; a rest is sent in powers of two, and the few rows of a small commit
 * at once, since a statement costs as much as several rows.
 */
final class ValuesAppender implements RowAppender {
    /** More a statement cost no less, and what is held back at the end of a commit is what it waits for. */
    private static final int ROWS = 128;

    private static final int FEW_ROWS = 32;
    private static final int MAX_HELD_BYTES = 4 << 20;
    private static final int MAX_KEPT_BYTES = 1 << 17;
    private static final String VERTEX =
            "insert into vertex (oid, prefix, depth, left_oid, right_oid, leaf_count, hash)";
    private static final String LEAF = "insert into leaf (oid, tree_id, key, user_key, kind, value, tree_oid,"
            + " tree_leaf_count, hash, previous_oid, revision_id)";
    private static final String LOG_NODE = "insert into log_node (log_id, position, hash)";
    private static final String LOG_ENTRY = "insert into log_entry (log_id, number, entry)";

    private final Table<Vertex> vertices;
    private final Table<LeafRow> leaves;
    private final Table<LogRow> logNodes;
    private final Table<LogRow> logEntries;
    private final OtherValues others;

    ValuesAppender(Connection connection) throws SQLException {
        this.vertices = new Table<>(connection, VERTEX, 7, ValuesAppender::bind);
        this.leaves = new Table<>(connection, LEAF, 11, ValuesAppender::bind);
        this.logNodes = new Table<>(connection, LOG_NODE, 3, ValuesAppender::bind);
        this.logEntries = new Table<>(connection, LOG_ENTRY, 3, ValuesAppender::bind);
        this.others = new OtherValues(connection);
    }

    @Override
    public void vertex(Vertex vertex) throws SQLException {
        RowChecks.check(vertex);
        vertices.add(vertex, 0);
    }

    @Override
    public void leaf(LeafRow row) throws SQLException {
        RowChecks.check(row);
        if (row.kind() == LeafRow.VALUE) {
            others.look(row.value());
        }
        leaves.add(row, row.sizeBytes());
    }

    @Override
    public void logNode(long log, long position, byte[] digest) throws SQLException {
        RowChecks.checkLogNode(log, position, digest);
        logNodes.add(new LogRow(log, position, digest), digest.length);
    }

    @Override
    public void logEntry(long log, long number, byte[] entry) throws SQLException {
        RowChecks.checkLogEntry(log, number);
        logEntries.add(new LogRow(log, number, entry), entry.length);
    }

    @Override
    public void flush() throws SQLException {
        vertices.send();
        leaves.send();
        logNodes.send();
        logEntries.send();
    }

    static void bind(PreparedStatement insert, int at, Vertex vertex) throws SQLException {
        insert.setLong(at, vertex.oid());
        insert.setBytes(at + 1, vertex.prefix());
        insert.setInt(at + 2, vertex.depth());
        insert.setLong(at + 3, vertex.left());
        insert.setLong(at + 4, vertex.right());
        insert.setLong(at + 5, vertex.leafCount());
        insert.setBytes(at + 6, vertex.hash());
    }

    static void bind(PreparedStatement insert, int at, LeafRow row) throws SQLException {
        insert.setLong(at, row.oid());
        insert.setLong(at + 1, row.treeId());
        insert.setBytes(at + 2, row.key());
        insert.setBytes(at + 3, row.userKey());
        insert.setInt(at + 4, row.kind());
        insert.setBytes(at + 5, row.value());
        setPositive(insert, at + 6, row.treeOid());
        setPositive(insert, at + 7, row.treeLeafCount());
        insert.setBytes(at + 8, row.hash());
        setPositive(insert, at + 9, row.previousOid());
        insert.setLong(at + 10, row.revisionId());
    }

    private static void bind(PreparedStatement insert, int at, LogRow row) throws SQLException {
        insert.setLong(at, row.log());
        insert.setLong(at + 1, row.place());
        insert.setBytes(at + 2, row.bytes());
    }

    private static void setPositive(PreparedStatement insert, int at, long value) throws SQLException {
        if (value == 0) {
            insert.setNull(at, Types.INTEGER);
        } else {
            insert.setLong(at, value);
        }
    }

    /** A node or an entry of a log. */
    private record LogRow(long log, long place, byte[] bytes) {}

    private interface Binder<R> {
        void bind(PreparedStatement insert, int at, R row) throws SQLException;
    }

    /** The rows of one table: bound as they come, sent {@link #ROWS} at a time. */
    private static final class Table<R> {
        private final Connection connection;
        private final String insert;
        private final int columns;
        private final Binder<R> binder;
        private final Object[] held = new Object[ROWS];
        private final PreparedStatement[] few = new PreparedStatement[FEW_ROWS + 1];
        private final PreparedStatement[] many = new PreparedStatement[Integer.numberOfTrailingZeros(ROWS) + 1];
        private int count;
        private long heldBytes;

        private Table(Connection connection, String insert, int columns, Binder<R> binder) {
            this.connection = connection;
            this.insert = insert;
            this.columns = columns;
            this.binder = binder;
        }

        private void add(R row, int sizeBytes) throws SQLException {
            held[count++] = row;
            heldBytes += sizeBytes;
            if (count == ROWS || heldBytes > MAX_HELD_BYTES) {
                send();
            }
        }

        private void send() throws SQLException {
            int from = 0;
            while (from < count) {
                int rows = count - from <= FEW_ROWS ? count - from : Integer.highestOneBit(count - from);
                send(from, rows);
                from += rows;
            }
            clear();
        }

        private void clear() {
            Arrays.fill(held, 0, count, null);
            count = 0;
            heldBytes = 0;
        }

        @SuppressWarnings("unchecked")
        private void send(int from, int rows) throws SQLException {
            PreparedStatement insert = prepared(rows);
            for (int i = 0; i < rows; i++) {
                binder.bind(insert, i * columns + 1, (R) held[from + i]);
            }
            insert.executeUpdate();
            if (heldBytes > MAX_KEPT_BYTES) {
                insert.clearParameters(); // they hold on to keys and values until the next rows come
            }
        }

        private PreparedStatement prepared(int rows) throws SQLException {
            PreparedStatement[] kept = rows <= FEW_ROWS ? few : many;
            int place = rows <= FEW_ROWS ? rows : Integer.numberOfTrailingZeros(rows);
            if (kept[place] == null) {
                kept[place] = connection.prepareStatement(statement(rows));
            }
            return kept[place];
        }

        private String statement(int rows) {
            String row = "(" + String.join(",", Collections.nCopies(columns, "?")) + ")";
            return insert + " values " + String.join(",", Collections.nCopies(rows, row));
        }
    }
}
