package org.dacite.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What PostgreSQL needs where much is deleted: one at a time, and little by little. Stateless. */
final class PostgresqlUpkeep {
    private PostgresqlUpkeep() {}

    /** The turn, by a lock of the session, which the server takes back when the process dies. */
    static Turn turn(Connection connection, String deed, String place) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_try_advisory_lock(hashtext('dacite prune'), hashtext(current_schema()))")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new StoreException("expected to be the one that " + deed + " " + place
                        + ", but another process or thread prunes, upgrades or fills it; wait for its end");
            }
        }
        return () -> end(connection);
    }

    /** At once: after a connection was closed, the server takes a moment to see it. */
    private static void end(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock(hashtext('dacite prune'), hashtext(current_schema()))");
        } catch (SQLException e) {
            // it ends with the connection
        }
    }

    /** Each step looks up a few thousand marks; a hash join would read all of them for each. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set enable_hashjoin = off");
            statement.execute("set enable_mergejoin = off");
        }
    }

    /** The planner knows what is left, and new rows find the gaps. */
    static void settle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze) vertex, leaf");
        }
    }
}
