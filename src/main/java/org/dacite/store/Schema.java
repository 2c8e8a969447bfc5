package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Describes a new store, and makes its indexes at any time. */
final class Schema {
    private static final String LEAF_INDEX = "leaf_by_key";
    private static final String TEXT_INDEX = "leaf_by_text";
    private static final String LATER_INDEX = "later_leaf_by_key";
    private static final String VERTEX_INDEX = "vertex_by_prefix";

    private Schema() {}

    /** Writes the one row of {@code store}, unless it is there, and makes the indexes. */
    static void describe(Connection connection, Dialect dialect, Settings settings) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into store (one, format_version, hash_algorithm, key_codec) values (1, ?, ?, ?)"
                        + " on conflict do nothing")) {
            insert.setInt(1, StoreFormat.CURRENT);
            insert.setString(2, settings.hash().label());
            insert.setString(3, settings.keyCodec());
            insert.executeUpdate();
        }
        index(connection, dialect, settings.indexes());
    }

    /**
     * Makes the indexes of a level that are missing, and drops those that it does not have. Leaves are found by the text of
     * their keys where that is what their users type, else by the bytes; the views that ask for them are chosen to match.
     */
    static void index(Connection connection, Dialect dialect, IndexLevel level) throws SQLException {
        boolean text = text(connection);
        boolean none = level == IndexLevel.NONE;
        List<String> statements = new ArrayList<>();
        if (!none && text) {
            statements.addAll(dialect.readyForText(connection));
        }
        statements.add(leafIndex(dialect, TEXT_INDEX, !none && text));
        statements.add(leafIndex(dialect, LEAF_INDEX, !none && !text));
        statements.add(
                !none && text && dialect.laterLeafIndex()
                        ? "create index if not exists " + LATER_INDEX
                                + " on leaf (key, oid) where previous_oid is not null and tree_id = 0"
                        : "drop index if exists " + LATER_INDEX);
        statements.addAll(
                dialect.choose("leaf_at", none ? "leaf_at_unindexed" : text ? "leaf_at_by_text" : "leaf_at_by_key"));
        statements.addAll(dialect.choose("history_of", text ? "history_of_text" : "history_of_key"));
        statements.add(
                level == IndexLevel.ALL
                        ? "create index if not exists " + VERTEX_INDEX + " on vertex (prefix, depth, oid)"
                        : "drop index if exists " + VERTEX_INDEX);
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static boolean text(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select key_codec from store")) {
            return row.next() && row.getString(1).equals("text");
        }
    }

    private static String leafIndex(Dialect dialect, String name, boolean wanted) {
        return wanted
                ? "create index if not exists " + name + " on leaf (" + dialect.leafIndex(name.equals(TEXT_INDEX)) + ")"
                : "drop index if exists " + name;
    }

    /** Which level the indexes that are there make up. */
    static IndexLevel level(Connection connection, Dialect dialect) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(dialect.indexes())) {
            while (rows.next()) {
                names.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        if (!names.contains(LEAF_INDEX) && !names.contains(TEXT_INDEX)) {
            return IndexLevel.NONE;
        }
        return names.contains(VERTEX_INDEX) ? IndexLevel.ALL : IndexLevel.LEAVES;
    }
}
