package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The connection that the vertices of a large commit go over, beside the writer's: PostgreSQL works with one process a
 * connection, and vertices are most of its work.
 *
 * <pre>
 *   writer's   begin, lock ─ reads ─ leaves ─ revision, branch, log ──────── commit, wait for the disk
 *   second          begin ─ vertices ─────────────────────────────── commit ──┘
 * </pre>
 *
 * <p>It commits first and waits for no disk: the server's log is written in order, so the writer's commit makes both durable, and
 * without that one nothing leads to the vertices. Then they stand above the last OID of the newest revision, and the
 * next writer deletes them ({@link #clear}). That one waits for a lock that this transaction holds from its first statement on,
 * and after which it looks whether the writer's transaction is still open. So never do two writers give out the same OIDs.
 *
 * <p>It never waits for what the writer may hold, since the server would not see that they wait for each other: where something
 * stands in its way, where there is no connection to be had, or where the user may not delete vertices, the writer does all
 * by itself. For one thread at a time.
 */
final class SecondConnection {
    private static final String LOCK = "(hashtext('dacite vertices'), hashtext(current_schema()))";

    /** At the end of a writer's first round trip: waits for second connections of those before it; the last OID that a revision wrote, and the last vertex. */
    static final String AWAIT = "select pg_advisory_lock" + LOCK + ", pg_advisory_unlock" + LOCK
            + "; select coalesce((select last_oid from revision order by id desc limit 1), 0),"
            + " coalesce((select max(oid) from vertex), 0)";

    /** The table's lock is taken by both, so that a third that waits for it stands behind both and between none. */
    private static final String ASK = "lock table vertex in row exclusive mode; select txid_current(),"
            + " coalesce(current_setting('dacite.alone', true), '') = ''"
            + " and current_setting('transaction_isolation') = 'read committed'"
            + " and has_table_privilege('vertex', 'delete')";

    private static final String BEGIN = "set local synchronous_commit = off; select pg_try_advisory_xact_lock_shared"
            + LOCK + "; lock table vertex in row exclusive mode nowait; select txid_status(?) = 'in progress'";

    private static final String NO_RIGHT = "42501";

    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    interface Connections {
        Connection connect() throws SQLException;
    }

    private final Connections connections;
    private Connection connection;
    private boolean missed;
    private long missedNanos;

    SecondConnection(Connections connections) {
        this.connections = connections;
    }

    /** Deletes what a writer that died may have left; this transaction then goes without a second connection, which would wait for it. */
    static void clear(Connection writer, long lastOid) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("set local dacite.alone = 'on'; delete from vertex where oid > " + lastOid);
        } catch (SQLException e) {
            if (NO_RIGHT.equals(e.getSQLState())) {
                throw new StoreException(
                        "expected no vertices above OID " + lastOid
                                + ", found those of a commit that was cut off, which this user"
                                + " may not delete; have a user with delete on vertex commit once, or grant it",
                        e);
            }
            throw e;
        }
    }

    /** Begins its transaction beside that of a writer, whose connection must be free; false: the writer goes alone. */
    boolean begin(Connection writer) throws SQLException {
        try (PreparedStatement ask = writer.prepareStatement(ASK)) {
            ask.execute();
            ask.getMoreResults();
            try (ResultSet row = ask.getResultSet()) {
                row.next();
                return row.getBoolean(2) && begin(row.getLong(1));
            }
        }
    }

    /** The same, beside the transaction of that number, if it is still open. */
    boolean begin(long writerTransaction) {
        if (missed && System.nanoTime() - missedNanos < PAUSE_NANOS) {
            return false;
        }
        boolean fresh = connection == null;
        try {
            if (fresh) {
                connection = connections.connect();
                connection.setAutoCommit(false);
            }
            missed = false;
            if (allowed(writerTransaction)) {
                return true;
            }
            connection.rollback();
            return false;
        } catch (SQLException e) {
            return afterFailure(e, fresh) && begin(writerTransaction);
        }
    }

    private boolean allowed(long writerTransaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setLong(1, writerTransaction);
            statement.execute();
            statement.getMoreResults();
            boolean held;
            try (ResultSet row = statement.getResultSet()) {
                held = row.next() && row.getBoolean(1);
            }
            statement.getMoreResults();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                return row.next() && row.getBoolean(1) && held;
            }
        }
    }

    /** Whether to try again: with a new connection, where the old one may have been dead for long. */
    private boolean afterFailure(SQLException error, boolean fresh) {
        boolean busy = "55P03".equals(error.getSQLState()); // somebody locks the table
        try {
            if (busy) {
                connection.rollback();
                return false;
            }
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
        close();
        if (fresh) {
            missed = true;
            missedNanos = System.nanoTime();
        }
        return !fresh;
    }

    CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Undoes what was not committed. */
    void close() {
        Connection closing = connection;
        connection = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (SQLException e) {
            // the server ends the transaction when the connection is gone
        }
    }
}
