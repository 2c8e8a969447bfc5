package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One statement that only reads, for the text of which others answer. It runs on a connection of its own that can do
 * nothing else, and ends when its time is over, whatever it is doing.
 *
 * @param sql the statement, with a {@code ?} for each value
 * @param values long, text, bytes or null for each {@code ?}
 * @param timeoutSeconds how long it may take until the last row is handed over, 1 or more
 * @param states ids of the revisions whose state it rests on; where one is given up when it begins, it is refused, and what
 *     is pruned later it sees whole
 */
public record ReadOnlyQuery(String sql, List<Object> values, int timeoutSeconds, List<Long> states) {
    private static final int ROWS_A_FETCH = 1_000;

    public ReadOnlyQuery {
        if (timeoutSeconds < 1) {
            throw new IllegalArgumentException("expected a time limit of 1 second or more, got " + timeoutSeconds);
        }
        values = Collections.unmodifiableList(new ArrayList<>(values));
        states = List.copyOf(states);
    }

    /** Where the answer goes, in the thread that asked. */
    public interface Rows {
        /** Once, before the first row; also where there is no row at all. */
        default void columns(List<String> names) {}

        /** One row: for each column a Long, Double, BigDecimal, Boolean, String, byte[] or null. */
        void row(List<Object> values);
    }

    void run(Connection connection, Dialect dialect, Rows rows) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        dialect.limit(connection, deadline);
        connection.setAutoCommit(false); // one transaction, which sees one state
        refuseGivenUp(connection);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_A_FETCH);
            for (int i = 0; i < values.size(); i++) {
                bind(statement, i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                handOver(result, deadline, dialect, rows);
            }
        } catch (SQLException e) {
            if (System.nanoTime() - deadline >= 0) {
                throw late(e);
            }
            String fault = dialect.fault(e);
            throw fault == null ? dialect.explain(e) : new IllegalArgumentException(fault, e);
        }
    }

    private void refuseGivenUp(Connection connection) throws SQLException {
        for (long state : states) {
            if (PruneRows.givenUp(connection, state)) {
                throw new IllegalArgumentException(pruned(state));
            }
        }
    }

    /** Why nobody can be told about the state of a revision. */
    static String pruned(long revision) {
        return "expected a revision whose state is kept, got revision " + revision + ", which was pruned";
    }

    private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            statement.setBytes(at, bytes);
        } else if (value instanceof String text) {
            statement.setString(at, text);
        } else {
            statement.setObject(at, value);
        }
    }

    private void handOver(ResultSet result, long deadline, Dialect dialect, Rows rows) throws SQLException {
        ResultSetMetaData shape = result.getMetaData();
        String[] names = new String[shape.getColumnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = shape.getColumnLabel(i + 1);
        }
        rows.columns(List.of(names));
        while (result.next()) {
            if (System.nanoTime() - deadline >= 0) {
                throw late(null);
            }
            Object[] row = new Object[names.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(result, i + 1, dialect);
            }
            rows.row(Collections.unmodifiableList(Arrays.asList(row)));
        }
    }

    private static Object value(ResultSet result, int column, Dialect dialect) throws SQLException {
        Object value = result.getObject(column);
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        boolean plain = value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[];
        return plain ? value : dialect.text(result, column);
    }

    private StoreException late(SQLException cause) {
        return new StoreException(
                "expected an answer within " + timeoutSeconds
                        + " s, got none; ask for less (an endless recursion never ends), or allow more time",
                cause);
    }
}
