package org.dacite.house;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The statements that make an engine's tables as they are now, told by the engine itself; the order never varies. */
final class Ddl {
    private static final List<String> ON_SQLITE =
            List.of("select 'pragma application_id = ' || application_id from pragma_application_id", """
            select sql from sqlite_schema
            where sql is not null and name not like 'sqlite_%' and tbl_name <> 'flyway_schema_history'
            order by case type when 'table' then 1 when 'index' then 2 when 'view' then 3 else 4 end, rowid
            """);

    /** {@code ours} is every table and view of the schema. */
    private static final String OURS = """
            with ours as (
                select oid, relname, relkind from pg_class
                where relnamespace = current_schema()::regnamespace and relkind in ('r', 'v')
                    and relname <> 'flyway_schema_history'
            )
            """;

    private static final List<String> ON_POSTGRESQL =
            List.of(OURS + """
                    select 'create table ' || relname || E' (\\n    ' || array_to_string(
                        array(
                            select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                                || case when a.attnotnull then ' not null' else '' end
                                || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
                            from pg_attribute a
                            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                            where a.attrelid = ours.oid and a.attnum > 0 and not a.attisdropped
                            order by a.attnum)
                        || array(
                            select 'constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
                            from pg_constraint c
                            where c.conrelid = ours.oid and c.contype in ('p', 'u', 'f', 'c')
                            order by position(c.contype in 'pufc'), c.conname),
                        E',\\n    ') || E'\\n)'
                    from ours
                    where relkind = 'r'
                    order by oid
                    """, OURS + """
                    select pg_get_indexdef(i.indexrelid)
                    from pg_index i
                    join ours on ours.oid = i.indrelid
                    where not exists (select from pg_constraint c where c.conindid = i.indexrelid)
                    order by i.indexrelid::regclass::text
                    """, OURS.replace("with ours", "with recursive ours") + """
                    , needs (oid, needed, depth) as (
                        select one_after_the_other.oid, one_after_the_other.oid, 0
                        from (select oid from pg_proc where pronamespace = current_schema()::regnamespace
                            union all select oid from ours where relkind = 'v') one_after_the_other
                        union
                        select needs.oid, d.refobjid, depth + 1
                        from needs
                        left join pg_rewrite r on r.ev_class = needs.needed
                        join pg_depend d on d.objid in (needs.needed, r.oid) and d.refobjid <> needs.needed
                        where d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass)
                            and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass)
                    )
                    select made
                    from (
                        select oid, rtrim(pg_get_functiondef(oid), E'\\n') as made
                        from pg_proc
                        where pronamespace = current_schema()::regnamespace
                        union all
                        select oid, 'create view ' || relname || E' as\\n' || rtrim(pg_get_viewdef(oid, true), ';')
                        from ours
                        where relkind = 'v'
                    ) one_after_the_other
                    join (select oid, max(needed) as newest, max(depth) as depth from needs group by oid) n using (oid)
                    order by newest, depth, oid -- what was replaced in its place may need what was made later
                    """, OURS + """
                    select 'comment on ' || case when d.objsubid > 0 then 'column ' || relname || '.' || a.attname
                            when relkind = 'v' then 'view ' || relname
                            else 'table ' || relname end
                        || ' is ' || quote_literal(d.description)
                    from pg_description d
                    join ours on d.classoid = 'pg_class'::regclass and ours.oid = d.objoid
                    left join pg_attribute a on d.objsubid > 0 and a.attrelid = ours.oid and a.attnum = d.objsubid
                    order by relkind, case when relkind <> 'v' then ours.oid end, relname, d.objsubid
                    """, """
            select 'comment on function ' || proname || '(' || pg_get_function_identity_arguments(oid) || ') is '
                || quote_literal(obj_description(oid, 'pg_proc'))
            from pg_proc
            where pronamespace = current_schema()::regnamespace and obj_description(oid, 'pg_proc') is not null
            order by 1
            """);

    private Ddl() {}

    static List<String> ofSqlite(Connection connection) throws SQLException {
        return read(connection, ON_SQLITE);
    }

    /** With no word about the schema that it stands in. */
    static List<String> ofPostgresql(Connection connection) throws SQLException {
        String schema = connection.getSchema();
        return read(connection, ON_POSTGRESQL).stream()
                .map(sql -> sql.replace("SET search_path TO '" + schema + "'", "SET search_path FROM CURRENT")
                        .replace(schema + ".", ""))
                .toList();
    }

    /** The file in {@code schema/}. */
    static String text(String engine, String folder, List<String> statements) {
        return "-- The tables of a Dacite store as " + engine + " reports them after all of " + folder + ".\n"
                + "-- Generated, not to be edited: CONTRIBUTING.md says how.\n\n"
                + statements.stream().map(sql -> sql + ";\n").collect(joining("\n"));
    }

    private static List<String> read(Connection connection, List<String> queries) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String query : queries) {
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        statements.add(row.getString(1)
                                .lines()
                                .map(String::stripTrailing)
                                .collect(joining("\n")));
                    }
                }
            }
        }
        return statements;
    }
}
