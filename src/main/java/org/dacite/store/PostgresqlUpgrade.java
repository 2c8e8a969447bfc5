package org.dacite.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What an upgrade owes to those who read on PostgreSQL: that it ends none of their statements, and that they keep their rights. Stateless. */
final class PostgresqlUpgrade {
    /** The newest migration that replaces what readers read; one to come that does so belongs here. */
    private static final int REPLACES = 11;

    private static final Set<String> IN_THE_WAY = Set.of("55P03", "57014", "40P01");
    private static final int PAUSE_MILLIS = 20;

    /**
     * Locks all that is replaced, and tables that might be altered: a view before what it reads, as whoever asks it does. {@code lock}
     * would lock what a view reads along with it, {@code store} too, for whose row a writer may be waiting; an owner that stays
     * the same locks this relation alone.
     */
    private static final String LOCK = """
            do $$
            declare
                each record;
            begin
                for each in
                    with recursive called as (
                        select oid, proname as name, prosrc as body
                        from pg_proc
                        where pronamespace = to_regnamespace(quote_ident(current_schema()))
                    ), reads (reader, part) as (
                        select r.ev_class, d.refobjid
                        from pg_rewrite r
                        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                        where d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass) and d.refobjid <> r.ev_class
                        union
                        select f.oid, c.oid
                        from called f
                        join pg_class c on f.body ~ ('\\m' || c.relname || '\\M')
                        where c.relnamespace = to_regnamespace(quote_ident(current_schema())) and c.relkind = 'v'
                        union
                        select f.oid, g.oid
                        from called f
                        join called g on g.oid <> f.oid and f.body ~ ('\\m' || g.name || ' *[(]')
                    ), below (part, depth) as (
                        select r.ev_class, 0 from pg_rewrite r
                        union
                        select r.part, b.depth + 1 from below b join reads r on r.reader = b.part where b.depth < 20
                    )
                    select c.oid::regclass as name, c.relowner::regrole as owner
                    from pg_class c
                    where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
                        and c.relkind in ('r', 'v')
                        and c.relname not in ('store', 'flyway_schema_history')
                        and pg_has_role(c.relowner, 'usage')
                    order by c.relkind desc, (select max(b.depth) from below b where b.part = c.oid), c.oid desc
                loop
                    execute format('alter table %s owner to %s', each.name, each.owner);
                end loop;
            end $$""";

    private static final String OBJECTS = """
            select c.oid as object, c.relname::text as name, c.relkind::text as kind,
                coalesce(c.relacl, acldefault('r', c.relowner)) as rights
            from pg_class c
            where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
                and c.relkind in ('r', 'v')
                and c.relname <> 'flyway_schema_history'
            union all
            select p.oid, p.oid::regprocedure::text, 'f', coalesce(p.proacl, acldefault('f', p.proowner))
            from pg_proc p
            where p.pronamespace = to_regnamespace(quote_ident(current_schema()))
            """;

    private static final String NOTE_RIGHTS = """
            create temporary table "Rights" on commit drop as
            select o.object, o.name, r.grantee, r.privilege_type as privilege, r.is_grantable as grantable
            from (%s) o
            cross join aclexplode(o.rights) r""".formatted(OBJECTS);

    /**
     * What was dropped and made again has the rights that it had. What is new, views and functions, is for those who may read the
     * state; new tables, and where there was no view of the state all that is new, for those who may read everything.
     */
    private static final String GIVE_RIGHTS = """
            do $do$
            declare
                each record;
            begin
                for each in
                    with reader as (
                        select grantee, count(distinct name) = (
                            select count(distinct name) from "Rights" where privilege = 'SELECT'
                        ) as of_all, bool_or(name = 'state_at') as of_state
                        from "Rights"
                        where privilege = 'SELECT'
                        group by grantee
                    ), given as (
                        select o.*, r.grantee, r.privilege, r.grantable
                        from (%1$s) o
                        join "Rights" r on r.name = o.name and r.object <> o.object
                        union all
                        select o.*, r.grantee, case o.kind when 'f' then 'EXECUTE' else 'SELECT' end, false
                        from (%1$s) o
                        join reader r on r.of_all or (r.of_state and o.kind <> 'r')
                        where o.name not in (select name from "Rights")
                    )
                    select
                        privilege,
                        case kind when 'f' then 'function ' || object::regprocedure else 'table ' || object::regclass end as thing,
                        case grantee when 0 then 'public' else grantee::regrole::text end as who,
                        case when grantable then ' with grant option' else '' end as further
                    from given g
                    where not exists (
                        select 1 from aclexplode(g.rights) a
                        where a.grantee in (0, g.grantee) and a.privilege_type = g.privilege
                            and (a.is_grantable or not g.grantable)
                    )
                loop
                    execute format('grant %%s on %%s to %%s%%s', each.privilege, each.thing, each.who, each.further);
                end loop;
            end $do$""".formatted(OBJECTS);

    private PostgresqlUpgrade() {}

    /** Before the migrations: from here on readers wait, unless nothing that they read will be replaced. */
    static void before(Connection connection, int format, Settings settings, String place) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (format < REPLACES) {
                holdReaders(connection, statement, settings.lockTimeoutMillis(), place);
            }
            statement.execute(NOTE_RIGHTS);
        }
    }

    /** After them. */
    static void after(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(GIVE_RIGHTS);
        }
    }

    /**
     * A reader may hold what is wanted here while it waits for what is held here. So this gives way, and tries again, sooner than
     * the server looks for deadlocks and ends one of the two.
     */
    private static void holdReaders(Connection connection, Statement statement, long waitMillis, String place)
            throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        String limit = text(statement, "select current_setting('statement_timeout')");
        long patience =
                Long.parseLong(text(statement, "select setting from pg_settings where name = 'deadlock_timeout'")) / 2;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            Savepoint start = connection.setSavepoint();
            try {
                statement.execute("set local statement_timeout = " + Math.max(1, Math.min(patience, left)));
                statement.execute(LOCK);
                statement.execute("set local statement_timeout = '" + limit + "'");
                connection.releaseSavepoint(start);
                return;
            } catch (SQLException e) {
                if (!IN_THE_WAY.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
                connection.rollback(start);
                connection.releaseSavepoint(start);
                if (left <= patience) {
                    throw new StoreException(
                            "expected readers of " + place + " to end their transactions, but in " + waitMillis
                                    + " ms there was always one; try again, or wait longer; the store is as it was",
                            e);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("expected to wait for readers, but was interrupted; the store is as it was", e);
        }
    }

    private static String text(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
