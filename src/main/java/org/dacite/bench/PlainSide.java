package org.dacite.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;
import org.dacite.store.StoreException;

/**
 * A plain table {@code (key primary key, value)}, used well: one connection, prepared statements, many rows a
 * statement.
 */
abstract class PlainSide implements Side {
    private static final int FETCH_ROWS = 10_000;
    private static final int PROGRESS_EVERY = 1 << 14;

    private final Connection connection;
    private final PlainOrder order;
    private final PreparedStatement select;

    /** Makes the tables by these statements. */
    PlainSide(Connection connection, PlainOrder order, String... tables) throws SQLException {
        this.connection = connection;
        this.order = order;
        for (String each : tables) {
            execute(each);
        }
        this.select = connection.prepareStatement("select value from plain where key = ?");
    }

    /** Inserts the changes, or updates what is there. */
    abstract void upsert(Connection connection, Change[] rows) throws SQLException;

    @Override
    public final String name() {
        return "plain";
    }

    @Override
    public final void commit(Change[] changes) {
        Change[] rows = order.order(changes);
        attempt(() -> {
            connection.setAutoCommit(false);
            upsert(connection, rows);
            connection.commit();
            connection.setAutoCommit(true);
            return null;
        });
    }

    @Override
    public final void rememberAsOld() {}

    @Override
    public final byte[] get(byte[] key) {
        return attempt(() -> {
            select.setBytes(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        });
    }

    @Override
    public final byte[] getOld(byte[] key) {
        return get(key);
    }

    @Override
    public final long scan(LongConsumer progress) {
        return attempt(() -> {
            connection.setAutoCommit(false); // PostgreSQL hands rows over little by little only in a transaction
            long count = 0;
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet rows = statement.executeQuery("select key, value from plain order by key")) {
                    while (rows.next()) {
                        if (rows.getBytes(1).length == 0 || rows.getBytes(2).length == 0) {
                            throw new IllegalStateException(
                                    "expected every record to have a key and a value, got an empty one");
                        }
                        if (++count % PROGRESS_EVERY == 0) {
                            progress.accept(count);
                        }
                    }
                }
            }
            connection.setAutoCommit(true);
            return count;
        });
    }

    @Override
    public final long count() {
        return attempt(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from plain")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public void close() {
        attempt(() -> {
            connection.close();
            return null;
        });
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (SQLException e) {
            throw new StoreException(
                    "expected the database to work on a plain table, but it said: " + e.getMessage(), e);
        }
    }

    interface Attempt<T> {
        T run() throws SQLException;
    }
}
