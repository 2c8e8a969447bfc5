package org.dacite.engines;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A schema that is dropped at the end. Its name is also the name of its connections, so that leaked ones are seen. */
final class PostgresTestStore implements TestStore {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final long LEAVE_MILLIS = 2_000;

    private final String serverUrl;
    private final String schema;

    PostgresTestStore(String serverUrl) {
        this.serverUrl = serverUrl;
        this.schema = "dacite_test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    }

    @Override
    public String url() {
        String join = serverUrl.contains("?") ? "&" : "?";
        return serverUrl + join + "currentSchema=" + schema + "&ApplicationName=" + schema;
    }

    @Override
    public Connection plain() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public void close() {
        try (Connection server = DriverManager.getConnection(serverUrl)) {
            int leaked = openAfterAWhile(server);
            try (Statement statement = server.createStatement()) {
                if (leaked > 0) {
                    statement.execute(
                            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + schema
                                    + "'");
                }
                statement.execute("drop schema if exists " + schema + " cascade");
            }
            if (leaked > 0) {
                throw new IllegalStateException(
                        "expected every connection to be closed, got " + leaked + " still open");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop schema " + schema, e);
        }
    }

    /** A server takes a moment to see that a client has hung up, so it is asked until then, for a while. */
    private int openAfterAWhile(Connection server) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAVE_MILLIS);
        int open = open(server);
        while (open > 0 && System.nanoTime() < deadline) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return open;
            }
            open = open(server);
        }
        return open;
    }

    private int open(Connection server) throws SQLException {
        try (PreparedStatement statement =
                server.prepareStatement("select count(*) from pg_stat_activity where application_name = ?")) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
