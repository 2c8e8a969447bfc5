package org.dacite.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.dacite.tree.Vertex;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Appends rows by binary {@code COPY}: what PostgreSQL is fastest with. */
final class CopyAppender implements RowAppender {
    private static final int MAX_HELD_BYTES = 4 << 20;

    private final CopyManager copies;
    private final Table vertices = new Table(
            "copy vertex (oid, prefix, depth, left_oid, right_oid, leaf_count, hash) from stdin (format binary)");
    private final Table leaves = new Table(
            "copy leaf (oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid,"
                    + " revision_id) from stdin (format binary)");
    private final Table logNodes = new Table("copy log_node (log_id, position, hash) from stdin (format binary)");
    private final Table logEntries = new Table("copy log_entry (log_id, number, entry) from stdin (format binary)");

    CopyAppender(Connection connection) throws SQLException {
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    @Override
    public void vertex(Vertex vertex) throws SQLException {
        vertices.begin(7);
        vertices.bigint(vertex.oid());
        vertices.bytes(vertex.prefix());
        vertices.integer(vertex.depth());
        vertices.bigint(vertex.left());
        vertices.bigint(vertex.right());
        vertices.bigint(vertex.leafCount());
        vertices.bytes(vertex.hash());
        vertices.sendWhenLarge(copies);
    }

    @Override
    public void leaf(LeafRow row) throws SQLException {
        leaves.begin(11);
        leaves.bigint(row.oid());
        leaves.bigint(row.treeId());
        leaves.bytes(row.key());
        leaves.bytes(row.userKey());
        leaves.smallint(row.kind());
        leaves.bytes(row.value());
        leaves.positive(row.treeOid());
        leaves.positive(row.treeLeafCount());
        leaves.bytes(row.hash());
        leaves.positive(row.previousOid());
        leaves.bigint(row.revisionId());
        leaves.sendWhenLarge(copies);
    }

    @Override
    public void logNode(long log, long position, byte[] digest) throws SQLException {
        append(logNodes, log, position, digest);
    }

    @Override
    public void logEntry(long log, long number, byte[] entry) throws SQLException {
        append(logEntries, log, number, entry);
    }

    private void append(Table table, long log, long place, byte[] bytes) throws SQLException {
        table.begin(3);
        table.bigint(log);
        table.bigint(place);
        table.bytes(bytes);
        table.sendWhenLarge(copies);
    }

    @Override
    public void flush() throws SQLException {
        vertices.send(copies);
        leaves.send(copies);
        logNodes.send(copies);
        logEntries.send(copies);
    }

    /** The rows of one table in PostgreSQL's binary copy format, version 1 (manual, COPY, "Binary Format"). */
    static final class Table {
        private static final byte[] SIGNATURE =
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

        private final String statement;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream(1 << 16);

        Table(String statement) {
            this.statement = statement;
        }

        void begin(int fields) {
            if (held.size() == 0) {
                held.writeBytes(SIGNATURE);
            }
            big(fields, 2);
        }

        void bigint(long value) {
            big(8, 4);
            big(value, 8);
        }

        void positive(long value) {
            if (value == 0) {
                big(-1, 4);
            } else {
                bigint(value);
            }
        }

        void integer(int value) {
            big(4, 4);
            big(value, 4);
        }

        /** An integer of 0 or more, null where it is less. */
        void integerOrNull(int value) {
            if (value < 0) {
                big(-1, 4);
            } else {
                integer(value);
            }
        }

        void smallint(int value) {
            big(2, 4);
            big(value, 2);
        }

        void bytes(byte[] value) {
            if (value == null) {
                big(-1, 4);
            } else {
                big(value.length, 4);
                held.writeBytes(value);
            }
        }

        void sendWhenLarge(CopyManager copies) throws SQLException {
            if (held.size() > MAX_HELD_BYTES) {
                send(copies);
            }
        }

        void send(CopyManager copies) throws SQLException {
            if (held.size() == 0) {
                return;
            }
            big(-1, 2);
            byte[] bytes = held.toByteArray();
            held.reset();
            CopyIn copy = copies.copyIn(statement);
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        }

        private void big(long value, int size) {
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
                held.write((int) (value >>> shift));
            }
        }
    }
}
