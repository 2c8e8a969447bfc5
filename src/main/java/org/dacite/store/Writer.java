package org.dacite.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The one connection that writes, with the statements that are prepared on it. For the thread whose turn it is. */
final class Writer implements AutoCloseable {
    private final Connection connection;
    private final RevisionRows rows;
    private final BackgroundAppender appender;

    private Writer(Connection connection, RevisionRows rows, BackgroundAppender appender) {
        this.connection = connection;
        this.rows = rows;
        this.appender = appender;
    }

    static Writer on(Connection connection, Dialect dialect, NodeCache cache) throws SQLException {
        return new Writer(
                connection,
                RevisionRows.kept(connection, dialect),
                new BackgroundAppender(dialect.appender(connection), cache));
    }

    Connection connection() {
        return connection;
    }

    RevisionRows rows() {
        return rows;
    }

    BackgroundAppender appender() {
        return appender;
    }

    /** Ends the thread, then the connection; what was not committed is undone. */
    @Override
    public void close() throws SQLException {
        appender.close();
        connection.close();
    }
}
