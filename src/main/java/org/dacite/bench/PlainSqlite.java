package org.dacite.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import org.dacite.store.Synchronous;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** The plain table on SQLite. */
final class PlainSqlite extends PlainSide {
    private static final int ROWS = 250;

    /** The settings of Dacite's own connections. */
    private static final String PAGE_CACHE = "-32768";

    private static final int WAL_AUTOCHECKPOINT_PAGES = 16_000;

    private PlainSqlite(Connection connection, BenchOptions options) throws SQLException {
        super(connection, options.plainOrder(), options.plainTable().statement());
    }

    /** What is said of it in reports. */
    static String description(PlainTable table) {
        return table.statement() + ", upserts of " + ROWS + " rows";
    }

    static PlainSqlite in(Path file, BenchOptions options) {
        return attempt(() -> {
            Connection connection = connect(file, options.synchronous());
            try {
                return new PlainSqlite(connection, options);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        });
    }

    /** A connection that writes with the settings of Dacite's own. */
    static Connection connect(Path file, Synchronous synchronous) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, PAGE_CACHE);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setSynchronous(
                synchronous == Synchronous.FULL
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = " + WAL_AUTOCHECKPOINT_PAGES);
        }
        return connection;
    }

    @Override
    void upsert(Connection connection, Change[] changes) throws SQLException {
        int whole = changes.length - changes.length % ROWS;
        if (whole > 0) {
            try (PreparedStatement statement = connection.prepareStatement(statement(ROWS))) {
                for (int from = 0; from < whole; from += ROWS) {
                    send(statement, changes, from, from + ROWS);
                }
            }
        }
        if (whole < changes.length) {
            try (PreparedStatement statement = connection.prepareStatement(statement(changes.length - whole))) {
                send(statement, changes, whole, changes.length);
            }
        }
    }

    private static void send(PreparedStatement statement, Change[] changes, int from, int to) throws SQLException {
        int at = 1;
        for (int i = from; i < to; i++) {
            statement.setBytes(at++, changes[i].key());
            statement.setBytes(at++, changes[i].value());
        }
        statement.executeUpdate();
    }

    private static String statement(int rows) {
        return "insert into plain (key, value) values " + String.join(",", Collections.nCopies(rows, "(?,?)"))
                + " on conflict (key) do update set value = excluded.value";
    }
}
