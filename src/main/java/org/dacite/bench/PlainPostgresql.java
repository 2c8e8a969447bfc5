package org.dacite.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.dacite.store.Synchronous;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The plain table on PostgreSQL: binary {@code COPY} into a temporary table, and one upsert out of it. */
final class PlainPostgresql extends PlainSide {
    /** What is said of it in reports. */
    static final String DESCRIPTION =
            "create table plain (key bytea primary key, value bytea not null), COPY and one upsert";

    private static final byte[] SIGNATURE =
            "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ROW_OVERHEAD_BYTES = 10;

    private PlainPostgresql(Connection connection, PlainOrder order) throws SQLException {
        super(
                connection,
                order,
                "create table plain (key bytea primary key, value bytea not null)",
                "create temp table incoming (key bytea, value bytea) on commit delete rows");
    }

    static PlainPostgresql in(String url, Synchronous synchronous, PlainOrder order) {
        return attempt(() -> {
            Connection connection = connect(url, synchronous);
            try {
                return new PlainPostgresql(connection, order);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        });
    }

    /** A connection that writes, durable as asked for. */
    static Connection connect(String url, Synchronous synchronous) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = " + (synchronous == Synchronous.FULL ? "on" : "off"));
        }
        return connection;
    }

    @Override
    void upsert(Connection connection, Change[] changes) throws SQLException {
        byte[] rows = copyFormat(changes);
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy incoming from stdin (format binary)");
        try {
            copy.writeToCopy(rows, 0, rows.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into plain select key, value from incoming"
                    + " on conflict (key) do update set value = excluded.value");
        }
    }

    private static byte[] copyFormat(Change[] changes) {
        int size = SIGNATURE.length + 2;
        for (Change change : changes) {
            size += ROW_OVERHEAD_BYTES + change.key().length + change.value().length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(SIGNATURE);
        for (Change change : changes) {
            out.putShort((short) 2);
            out.putInt(change.key().length).put(change.key());
            out.putInt(change.value().length).put(change.value());
        }
        return out.putShort((short) -1).array();
    }
}
