package org.dacite.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What SQLite needs where much is deleted: little by little, and beside others. Stateless. */
final class SqliteUpkeep {
    private static final int READERS_MILLIS = 100;

    private SqliteUpkeep() {}

    /** Gets a connection ready: marks can take more than memory has, and no commit of it should checkpoint. */
    static void prepare(Connection connection, int walMaxPages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma temp_store = file");
            statement.execute("pragma wal_autocheckpoint = " + walMaxPages);
        }
    }

    static boolean hasFreePages(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet free = statement.executeQuery("pragma freelist_count")) {
            return free.next() && free.getLong(1) > 0;
        }
    }

    /** Else the write-ahead log grows with every step: a checkpoint beside a busy writer never gets to its end. */
    static void checkpoint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(passive)");
        }
    }

    /** Cuts so many free pages off the end of the file; whether there are more. */
    static boolean giveBack(Connection connection, int pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < pages; i++) {
                statement.execute("pragma incremental_vacuum(1)"); // the driver takes one step, which is one page
            }
        }
        return hasFreePages(connection);
    }

    /**
     * The file shrinks when its write-ahead log has been moved into it. Nobody can write while this waits for readers, so it does
     * for a moment only; then the next checkpoint does it.
     */
    static void truncate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int patienceMillis;
            try (ResultSet row = statement.executeQuery("pragma busy_timeout")) {
                row.next();
                patienceMillis = row.getInt(1);
            }
            statement.execute("pragma busy_timeout = " + Math.min(patienceMillis, READERS_MILLIS));
            try {
                statement.execute("pragma wal_checkpoint(truncate)");
            } finally {
                statement.execute("pragma busy_timeout = " + patienceMillis);
            }
        }
    }
}
