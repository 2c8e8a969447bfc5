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

    /** Makes the indexes of a level that are missing, and drops those that it does not have. */
    static void index(Connection connection, Dialect dialect, IndexLevel level) throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add(
                level == IndexLevel.NONE
                        ? "drop index if exists " + LEAF_INDEX
                        : "create index if not exists " + LEAF_INDEX + " on leaf (" + dialect.leafIndex() + ")");
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

    /** Which level the indexes that are there make up. */
    static IndexLevel level(Connection connection, Dialect dialect) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(dialect.indexes())) {
            while (rows.next()) {
                names.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        if (!names.contains(LEAF_INDEX)) {
            return IndexLevel.NONE;
        }
        return names.contains(VERTEX_INDEX) ? IndexLevel.ALL : IndexLevel.LEAVES;
    }
}
