package org.dacite.house;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data dictionary: what every table, column and function means, in the words that PostgreSQL keeps. */
final class Dictionary {
    private static final String VIEW_HEADER = "| column | type |\n|---|---|\n";
    private static final String TABLE_HEADER =
            "| column | SQLite | PostgreSQL | null | meaning |\n|---|---|---|---|---|\n";
    private static final String FUNCTION_HEADER = """

            ## Functions

            PostgreSQL has them in the store's schema. On SQLite a connection of Dacite brings the first six along; what answers
            with rows is a view there.

            | function | meaning |
            |---|---|
            """;

    private Dictionary() {}

    /** Comments by table or view; null where there is none. */
    static Map<String, String> relations(Connection postgresql) throws SQLException {
        return read(postgresql, """
                select relname, obj_description(oid, 'pg_class') from pg_class
                where relnamespace = current_schema()::regnamespace and relkind in ('r', 'v')
                    and relname <> 'flyway_schema_history'
                order by relkind, oid
                """);
    }

    /** Comments by signature; null where there is none. */
    static Map<String, String> functions(Connection postgresql) throws SQLException {
        return read(postgresql, """
                select proname || '(' || pg_get_function_arguments(oid) || ') → ' || pg_get_function_result(oid),
                    obj_description(oid, 'pg_proc')
                from pg_proc
                where pronamespace = current_schema()::regnamespace
                order by oid
                """);
    }

    static String text(Connection postgresql, List<Column> onPostgresql, List<Column> onSqlite) throws SQLException {
        Map<String, String> sqliteTypes = onSqlite.stream().collect(toMap(Column::fullName, Column::type));
        Map<String, String> meanings = relations(postgresql);
        StringBuilder text = new StringBuilder("""
                # Data dictionary

                What the tables hold, in the words of `comment on` in `migrations/postgresql`. Generated, not to be edited:
                CONTRIBUTING.md says how.
                """);
        onPostgresql.stream()
                .collect(groupingBy(Column::relation, LinkedHashMap::new, toList()))
                .forEach((relation, columns) -> {
                    boolean view = columns.get(0).ofView();
                    text.append(
                            "\n## " + relation + (view ? " (view)" : "") + "\n\n" + meanings.get(relation) + ".\n\n");
                    text.append(view ? VIEW_HEADER : TABLE_HEADER);
                    columns.forEach(column -> text.append(view ? viewLine(column) : tableLine(column, sqliteTypes)));
                });
        text.append(FUNCTION_HEADER);
        functions(postgresql)
                .forEach((signature, meaning) -> text.append("| `" + signature + "` | " + meaning + " |\n"));
        return text.toString();
    }

    private static String viewLine(Column column) {
        return "| " + column.name() + " | " + column.type() + " |\n";
    }

    private static String tableLine(Column column, Map<String, String> sqliteTypes) {
        return "| " + column.name() + " | " + sqliteTypes.get(column.fullName()) + " | " + column.type() + " | "
                + (column.notNull() ? "no" : "yes") + " | " + column.comment() + " |\n";
    }

    private static Map<String, String> read(Connection connection, String sql) throws SQLException {
        Map<String, String> comments = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                comments.put(row.getString(1), row.getString(2));
            }
        }
        return comments;
    }
}
