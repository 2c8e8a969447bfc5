package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConnection;

/**
 * Statements that stay prepared as long as their connection is open, since for SQLite to prepare one takes as long as to run
 * it. Any thread; a statement is for whoever holds its connection.
 */
final class SqliteStatements {
    /** Few, and looked through one by one: what a connection is found by otherwise costs more. */
    private volatile Kept[] all = new Kept[0];

    private record Kept(SQLiteConnection connection, Map<String, PreparedStatement> statements) {}

    /** The statement with this text on a connection, which may be one lent by a pool; not to be closed. */
    PreparedStatement prepared(Connection connection, String text) throws SQLException {
        SQLiteConnection own = connection.unwrap(SQLiteConnection.class);
        Map<String, PreparedStatement> known = of(own);
        PreparedStatement statement = known.get(text);
        if (statement == null) {
            statement = own.prepareStatement(text);
            known.put(text, statement);
        }
        return statement;
    }

    private Map<String, PreparedStatement> of(SQLiteConnection connection) throws SQLException {
        for (Kept each : all) {
            if (each.connection == connection) {
                return each.statements;
            }
        }
        return begin(connection);
    }

    /** Also forgets the connections that were closed. */
    private synchronized Map<String, PreparedStatement> begin(SQLiteConnection connection) throws SQLException {
        List<Kept> open = new ArrayList<>();
        for (Kept each : all) {
            if (!each.connection.isClosed()) {
                open.add(each);
            }
        }
        Kept fresh = new Kept(connection, new HashMap<>());
        open.add(fresh);
        all = open.toArray(Kept[]::new);
        return fresh.statements;
    }
}
