package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The one connection that writes, with the statements that are prepared on it. For the thread whose turn it is. */
final class Writer implements AutoCloseable {
    static final String FORMAT = "select format_version from store";

    private final Connection connection;
    private final PreparedStatement format;
    private final RevisionRows rows;
    private final NameRows names;
    private final LogRows logs;
    private final PruneRows prunes;
    private final StageRows stages;
    private final ContextRows contexts;
    private final BackgroundAppender appender;
    private final Optional<KeptStatement> othersCommits;
    private long lastOthersCommits = Long.MIN_VALUE;
    private boolean alone;
    private Standing standing;
    private Standing next;

    private Writer(Connection connection, Dialect dialect, ContextCache cache, BackgroundAppender appender)
            throws SQLException {
        this.connection = connection;
        this.format = connection.prepareStatement(FORMAT);
        this.rows = new RevisionRows(connection, dialect);
        this.names = new NameRows(connection, dialect);
        this.logs = new LogRows(connection, dialect);
        this.prunes = new PruneRows(connection, dialect);
        this.stages = new StageRows(connection, dialect);
        this.contexts = new ContextRows(connection, dialect, cache);
        this.appender = appender;
        this.othersCommits = dialect.othersCommits().map(question -> new KeptStatement(connection, question));
    }

    static Writer on(Connection connection, Dialect dialect, NodeCache cache, ContextCache contexts)
            throws SQLException {
        return new Writer(connection, dialect, contexts, new BackgroundAppender(dialect.appender(connection), cache));
    }

    /** A transaction began: from here on nobody else writes. */
    void begun() {
        standing = null;
        alone = false;
        othersCommits.ifPresent(question -> {
            long now = question.find(none -> {}, row -> row.getLong(1)).orElseThrow();
            alone = now == lastOthersCommits;
            lastOthersCommits = now;
        });
        standing = alone ? next : null;
        next = null;
    }

    /** Whether nobody else wrote since the last transaction here; where that cannot be told, not. */
    boolean isAlone() {
        return alone;
    }

    /** Where a branch stands since the last transaction; null where that is not known. */
    Standing standing() {
        return standing;
    }

    /** Takes down where a branch will stand when this transaction is committed; null where that is not known. */
    void leaves(Standing then) {
        next = then;
    }

    Connection connection() {
        return connection;
    }

    /** Asks for the format that the store has now. */
    PreparedStatement format() {
        return format;
    }

    static int formatVersion(PreparedStatement question) throws SQLException {
        try (ResultSet row = question.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    RevisionRows rows() {
        return rows;
    }

    NameRows names() {
        return names;
    }

    LogRows logs() {
        return logs;
    }

    PruneRows prunes() {
        return prunes;
    }

    StageRows stages() {
        return stages;
    }

    ContextRows contexts() {
        return contexts;
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
