package org.dacite.house;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column as its engine reports it. Tables come before views, each in the order in which they were made.
 *
 * @param relation the table or view that it is in
 * @param comment what it means; null where the engine keeps no comments, or where there is none
 */
record Column(String relation, boolean ofView, String name, String type, boolean notNull, String comment) {
    private static final String ON_SQLITE = """
            select s.name, s.type = 'view', c.name, c.type, c."notnull", null
            from sqlite_schema s
            join pragma_table_info(s.name) c
            where s.type in ('table', 'view') and s.name not like 'sqlite_%' and s.name <> 'flyway_schema_history'
            order by s.type, s.rowid, c.cid
            """;

    private static final String ON_POSTGRESQL = """
            select r.relname, r.relkind = 'v', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                col_description(r.oid, a.attnum)
            from pg_class r
            join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
            where r.relnamespace = current_schema()::regnamespace and r.relkind in ('r', 'v')
                and r.relname <> 'flyway_schema_history'
            order by r.relkind, r.oid, a.attnum
            """;

    static List<Column> ofSqlite(Connection connection) throws SQLException {
        return read(connection, ON_SQLITE);
    }

    static List<Column> ofPostgresql(Connection connection) throws SQLException {
        return read(connection, ON_POSTGRESQL);
    }

    String fullName() {
        return relation + "." + name;
    }

    private static List<Column> read(Connection connection, String sql) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                columns.add(new Column(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getString(4).toLowerCase(Locale.ROOT),
                        row.getBoolean(5),
                        row.getString(6)));
            }
        }
        return columns;
    }
}
