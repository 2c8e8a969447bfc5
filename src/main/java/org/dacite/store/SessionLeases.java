package org.dacite.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The marks of one PostgreSQL store: advisory locks of one session, which the server takes back when its connection ends. When
 * the connection breaks, so do the leases, until the next one makes another connection, which marks them anew; what was pruned
 * in between is gone. Any thread; one at a time has the connection.
 */
final class SessionLeases implements LeaseMarks {
    private static final String SPACE = "hashtext('dacite lease ' || current_schema())";

    /**
     * Two statements, in one round trip: the second has a snapshot of its own, so it sees what was committed when the lock
     * was there. One statement would see what was committed before.
     */
    private static final String TAKE = "select pg_advisory_lock_shared(" + SPACE + ", ?);"
            + " select exists (select 1 from pruned where revision_id = ?)";

    private final DataSource connections;
    private final Set<Long> held = new HashSet<>();
    private Connection connection;

    SessionLeases(DataSource connections) {
        this.connections = connections;
    }

    @Override
    public synchronized boolean take(long revision) throws SQLException {
        boolean kept;
        try {
            kept = mark(revision);
        } catch (SQLException e) {
            drop();
            kept = mark(revision); // the connection may have been dead for long
        }
        held.add(revision);
        return kept;
    }

    private boolean mark(long revision) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(TAKE)) {
            statement.setInt(1, number(revision));
            statement.setLong(2, revision);
            statement.execute();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return !row.getBoolean(1);
            }
        }
    }

    @Override
    public synchronized void release(long revision) {
        if (!held.remove(revision) || connection == null) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_advisory_unlock_shared(" + SPACE + ", ?)")) {
            statement.setInt(1, number(revision));
            statement.execute();
        } catch (SQLException e) {
            drop(); // which releases it, and has the next one mark what is still held
        }
    }

    @Override
    public synchronized Set<Long> leased(Set<Long> candidates) throws SQLException {
        Set<Integer> marked = new HashSet<>();
        try (PreparedStatement statement = connection()
                        .prepareStatement("select objid::bigint from pg_locks where locktype = 'advisory'"
                                + " and objsubid = 2 and granted"
                                + " and database = (select oid from pg_database where datname = current_database())"
                                + " and classid::bigint = (" + SPACE + "::bigint & 4294967295)");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                marked.add((int) rows.getLong(1));
            }
        } catch (SQLException e) {
            drop();
            throw e;
        }
        Set<Long> leased = new HashSet<>(candidates);
        leased.removeIf(revision -> !marked.contains(number(revision)));
        return leased;
    }

    /** The key of its lock; two revisions that share one keep each other. */
    private static int number(long revision) {
        return (int) (revision % Integer.MAX_VALUE);
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = connections.getConnection();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            if (!held.isEmpty()) {
                markAgain();
            }
        }
        return connection;
    }

    private void markAgain() throws SQLException {
        Array numbers = connection.createArrayOf(
                "integer", held.stream().map(SessionLeases::number).toArray());
        try (PreparedStatement statement = connection.prepareStatement(
                "select pg_advisory_lock_shared(" + SPACE + ", number) from unnest(?) number")) {
            statement.setArray(1, numbers);
            statement.execute();
        }
    }

    private void drop() {
        Connection closing = connection;
        connection = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (SQLException e) {
            // the server ends the session when the connection is gone
        }
    }

    @Override
    public synchronized void close() {
        Set.copyOf(held).forEach(this::release); // the server takes a moment to see that a connection is closed
        drop();
    }
}
