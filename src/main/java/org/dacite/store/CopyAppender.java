package org.dacite.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.dacite.tree.Vertex;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Appends rows by binary {@code COPY}: what PostgreSQL is fastest with. Vertices, which are most rows, stream into one
 * that stays open, so that the server works while more are made; where they are many, over a {@link SecondConnection}, beside
 * which the leaves stream too. Without that rows of other tables wait for their turn, since a connection has one {@code COPY} at a time.
 */
final class CopyAppender implements RowAppender {
    private static final int MAX_HELD_BYTES = 4 << 20;
    private static final int STREAMED_BYTES = 1 << 16;

    private final CopyManager copies;
    private final Table vertices = new Table(
            "copy vertex (oid, prefix, depth, left_oid, right_oid, leaf_count, hash) from stdin (format binary)");
    private final Table leaves = new Table(
            "copy leaf (oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid,"
                    + " revision_id) from stdin (format binary)");
    private final Table logNodes = new Table("copy log_node (log_id, position, hash) from stdin (format binary)");
    private final Table logEntries = new Table("copy log_entry (log_id, number, entry) from stdin (format binary)");

    private final Connection connection;
    private final SecondConnection second;
    private CopyIn vertexStream;
    private CopyIn leafStream;
    private boolean aside;

    CopyAppender(Connection connection, SecondConnection second) throws SQLException {
        this.connection = connection;
        this.second = second;
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
        if (vertices.sizeBytes() > STREAMED_BYTES) {
            if (vertexStream == null) {
                aside = second.begin(connection);
                vertexStream = (aside ? second.copies() : copies).copyIn(vertices.statement);
            }
            vertices.write(vertexStream);
        }
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
        if (!aside) {
            sendWhenLarge(leaves);
        } else if (leaves.sizeBytes() > STREAMED_BYTES) {
            if (leafStream == null) {
                leafStream = copies.copyIn(leaves.statement);
            }
            leaves.write(leafStream);
        }
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
        sendWhenLarge(table);
    }

    private void sendWhenLarge(Table table) throws SQLException {
        if (table.sizeBytes() > MAX_HELD_BYTES) {
            rest();
            table.send(copies);
        }
    }

    @Override
    public void rest() throws SQLException {
        if (leafStream != null) {
            CopyIn open = leafStream;
            leafStream = null;
            leaves.end(open);
        }
        if (!aside) {
            endVertices();
        }
    }

    private void endVertices() throws SQLException {
        if (vertexStream != null) {
            CopyIn open = vertexStream;
            vertexStream = null;
            vertices.end(open);
        }
    }

    @Override
    public void flush() throws SQLException {
        rest();
        if (aside) {
            vertices.write(vertexStream);
            vertexStream.flushCopy(); // the server goes on with them while the rest of the commit is written
        } else {
            vertices.send(copies);
        }
        leaves.send(copies);
        logNodes.send(copies);
        logEntries.send(copies);
    }

    @Override
    public void finish() throws SQLException {
        if (aside) {
            endVertices();
            aside = false;
            second.commit();
        }
    }

    @Override
    public void close() {
        second.close();
    }

    /** The rows of one table in PostgreSQL's binary copy format, version 1 (manual, COPY, "Binary Format"). */
    static final class Table {
        private static final byte[] SIGNATURE =
                "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

        private final String statement;
        private ByteBuffer held = ByteBuffer.allocate(1 << 17);
        private boolean begun;

        Table(String statement) {
            this.statement = statement;
        }

        int sizeBytes() {
            return held.position();
        }

        void begin(int fields) {
            if (!begun) {
                begun = true;
                room(SIGNATURE.length).put(SIGNATURE);
            }
            room(2).putShort((short) fields);
        }

        void bigint(long value) {
            room(12).putInt(8).putLong(value);
        }

        void positive(long value) {
            if (value == 0) {
                room(4).putInt(-1);
            } else {
                bigint(value);
            }
        }

        void integer(int value) {
            room(8).putInt(4).putInt(value);
        }

        /** An integer of 0 or more, null where it is less. */
        void integerOrNull(int value) {
            if (value < 0) {
                room(4).putInt(-1);
            } else {
                integer(value);
            }
        }

        void smallint(int value) {
            room(6).putInt(2).putShort((short) value);
        }

        void bytes(byte[] value) {
            if (value == null) {
                room(4).putInt(-1);
            } else {
                room(4 + value.length).putInt(value.length).put(value);
            }
        }

        private ByteBuffer room(int size) {
            if (held.remaining() < size) {
                held = ByteBuffer.allocate(2 * held.capacity() + size).put(held.flip());
            }
            return held;
        }

        void sendWhenLarge(CopyManager copies) throws SQLException {
            if (sizeBytes() > MAX_HELD_BYTES) {
                send(copies);
            }
        }

        /** Sends what is held back, if anything is, by a {@code COPY} of its own. */
        void send(CopyManager copies) throws SQLException {
            if (begun) {
                end(copies.copyIn(statement));
            }
        }

        /** Sends what is held back; more may follow. */
        private void write(CopyIn copy) throws SQLException {
            copy.writeToCopy(held.array(), 0, held.position());
            held.clear();
        }

        private void end(CopyIn copy) throws SQLException {
            try {
                room(2).putShort((short) -1);
                write(copy);
                begun = false;
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        }
    }
}
