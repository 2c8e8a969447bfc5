package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/**
 * A statement that every commit runs: plain text, since to make one out of typed parts takes longer than to run it, prepared
 * at its first use and open as long as its connection. For one thread.
 */
final class KeptStatement {
    private final Connection connection;
    private final String text;
    private PreparedStatement statement;

    KeptStatement(Connection connection, String text) {
        this.connection = connection;
        this.text = text;
    }

    /** Runs it for its effect. */
    void execute(Binder binder) {
        try {
            binder.bind(prepared());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new DataAccessException("a row could not be written", e);
        }
    }

    /** Its one row, where it answers with one. */
    <T> Optional<T> find(Binder binder, Reader<T> reader) {
        try {
            binder.bind(prepared());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DataAccessException("a row could not be read", e);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        if (statement == null) {
            statement = connection.prepareStatement(text);
        }
        return statement;
    }

    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Makes something of the current row, or of all that come. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
