package org.dacite.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes away the vertices and leaves that no kept revision reaches: marks what is reached by one recursive query, then walks
 * the tables in order of OID and deletes the rest, so many rows a transaction. Between two of them others commit.
 *
 * <p>What is given up is written down first. Whatever ends a sweep, the next one marks anew and finds the rest: a row that
 * nothing reaches now will never be reached again, since only kept revisions are committed on. For one thread.
 */
public final class Sweep {
    /** Rows that a step looks at, deletes and writes anew at most, where nobody says otherwise. */
    public static final int ROWS_A_STEP = 5_000;

    private static final int PAGES_A_STEP = 500;
    private static final int ABOUT_BYTES_A_ROW = 150;
    private static final int CATCH_UP_BYTES = 4 << 20;

    /** Where fewer rows than one in so many go, those that stay are not moved together. */
    private static final int DENSE = 10;

    /**
     * What pruning would take away.
     *
     * @param revisions how many revisions it would give up
     * @param vertices rows of {@code vertex} that would go
     * @param leaves rows of {@code leaf} that would go
     * @param bytes what those rows hold, with what is remembered of their Tezos hashes; indexes and the engine's own bytes a row not counted
     */
    public record Plan(long revisions, long vertices, long leaves, long bytes) {}

    /**
     * What pruning took away.
     *
     * @param revisions how many revisions were given up, those of a sweep that was not finished included
     * @param vertices rows of {@code vertex} that went
     * @param leaves rows of {@code leaf} that went
     * @param bytesBefore what the store took on disk
     * @param bytesAfter what it takes now
     * @param steps how many transactions it took
     * @param longestStepNanos how long the longest of them kept the writer waiting
     */
    public record Report(
            long revisions,
            long vertices,
            long leaves,
            long bytesBefore,
            long bytesAfter,
            long steps,
            long longestStepNanos) {}

    /**
     * How far it is.
     *
     * @param what what is done now
     * @param done OIDs walked so far
     * @param of OIDs to walk
     */
    public record Progress(String what, long done, long of) {}

    private final Store store;
    private final Dialect dialect;
    private final Connection connection;
    private final int rowsAStep;
    private final Consumer<Progress> progress;
    private long lastOid;
    private long steps;
    private long longestStepNanos;

    private Sweep(Store store, Dialect dialect, Connection connection, int rowsAStep, Consumer<Progress> progress) {
        this.store = store;
        this.dialect = dialect;
        this.connection = connection;
        this.rowsAStep = rowsAStep;
        this.progress = progress;
    }

    /** Counts what {@link #run} would take away, as long as what is open now is; changes nothing, and needs no right to. */
    public static Plan plan(Store store, Keep keep) {
        return store.readAtOnce((connection, dialect) -> {
            dialect.allowTemporaryTables(connection);
            return new Sweep(store, dialect, connection, 1, so -> {}).plan(keep);
        });
    }

    /**
     * Gives up the revisions that the rules do not keep and that no open snapshot of any process reads, and takes away what
     * only they need.
     *
     * @param rowsAStep how many rows a transaction may touch, 1 or more
     * @param progress told how far it is, between two transactions
     */
    public static Report run(Store store, Keep keep, int rowsAStep, Consumer<Progress> progress) {
        if (rowsAStep < 1) {
            throw new IllegalArgumentException("expected a budget of 1 row a step or more, got " + rowsAStep);
        }
        return store.upkeep(
                "prunes",
                (connection, dialect) -> new Sweep(store, dialect, connection, rowsAStep, progress).run(keep));
    }

    private Plan plan(Keep keep) throws SQLException {
        execute("create temp table dacite_given_up (id bigint primary key)");
        execute("insert into dacite_given_up select id from (" + PruneRows.chosen(keep) + ") c");
        for (long leased : store.leased(ids("select id from dacite_given_up"))) {
            execute("delete from dacite_given_up where id = " + leased);
        }
        long revisions = number("select count(*) from dacite_given_up");
        execute("insert into dacite_given_up select revision_id from pruned");
        mark();
        long contextBytes = 0;
        for (ContextSweep.Rows each : ContextSweep.tables(lastOid)) {
            contextBytes += number("select coalesce(sum(" + each.bytes() + "), 0) from " + each.table() + " t where "
                    + each.old() + " and " + each.dead());
        }
        return new Plan(
                revisions,
                number("select count(*) from vertex t where oid <= " + lastOid + " and " + Rows.VERTEX.dead),
                number("select count(*) from leaf t where oid <= " + lastOid + " and " + Rows.LEAF.dead),
                number("select coalesce(sum(length(prefix) + 32 + 40), 0) from vertex t where oid <= " + lastOid
                                + " and " + Rows.VERTEX.dead)
                        + number("select coalesce(sum(length(key) + 32 + 30 + coalesce(length(value), 0)"
                                + " + coalesce(length(user_key), 0)), 0) from leaf t where oid <= " + lastOid + " and "
                                + Rows.LEAF.dead)
                        + contextBytes);
    }

    private Report run(Keep keep) throws SQLException {
        long bytesBefore = store.sizeBytes();
        store.giveUp(keep);
        Set<Long> unswept = new PruneRows(connection, dialect).unswept();
        long vertices = 0;
        long leaves = 0;
        if (!unswept.isEmpty()) {
            execute("create temp table dacite_given_up (id bigint primary key)");
            execute("insert into dacite_given_up select revision_id from pruned");
            progress.accept(new Progress("marking", 0, 1));
            mark();
            vertices = sweep(Rows.VERTEX);
            leaves = sweep(Rows.LEAF);
            for (ContextSweep.Rows each : ContextSweep.tables(lastOid)) {
                sweep(each);
            }
            int[] marked = {rowsAStep};
            while (marked[0] == rowsAStep) {
                step(() -> marked[0] = new PruneRows(connection, dialect).swept(rowsAStep));
            }
        }
        giveBack(!unswept.isEmpty());
        return new Report(unswept.size(), vertices, leaves, bytesBefore, store.sizeBytes(), steps, longestStepNanos);
    }

    /** The links of all rows that kept revisions reach. What is committed from now on has higher OIDs. */
    private void mark() throws SQLException {
        lastOid = number("select coalesce(max(last_oid), 0) from revision");
        execute("create temp table dacite_live (link bigint primary key)");
        execute("insert into dacite_live "
                + dialect.reach("select root_oid from revision where root_oid <> 0"
                        + " and not exists (select 1 from dacite_given_up g where g.id = revision.id)"));
        dialect.analyze(connection, "dacite_live");
        markDeletions();
        for (String each : ContextSweep.marks(dialect)) {
            execute(each);
        }
        dialect.analyze(connection, "dacite_live_inode");
    }

    /**
     * A deletion stays as long as what it deleted, or any earlier leaf of its key at its place: else that leaf would seem to
     * be the last word on the key.
     */
    private void markDeletions() throws SQLException {
        execute("create temp table dacite_deleted as select distinct tree_id, key from leaf where kind = 2 and oid <= "
                + lastOid);
        execute("create unique index dacite_deleted_key on dacite_deleted (tree_id, key)");
        execute("create temp table dacite_earliest as select l.tree_id, l.key, min(l.oid) as oid from dacite_live d"
                + " join leaf l on l.oid = -d.link join dacite_deleted k on k.tree_id = l.tree_id and k.key = l.key"
                + " group by l.tree_id, l.key");
        execute("create unique index dacite_earliest_key on dacite_earliest (tree_id, key)");
        execute("insert into dacite_live select -t.oid from leaf t"
                + " left join dacite_earliest e on e.tree_id = t.tree_id and e.key = t.key"
                + " where t.kind = 2 and t.oid <= " + lastOid + " and (e.oid < t.oid"
                + " or exists (select 1 from dacite_live d where d.link = -t.previous_oid))");
        dialect.analyze(connection, "dacite_live");
    }

    private long sweep(Rows rows) throws SQLException {
        long swept = 0;
        long written = 0;
        long from = 0;
        while (true) {
            long to = number("select coalesce(max(oid), 0) from (select oid from " + rows.table + " where oid > " + from
                    + " and oid <= " + lastOid + " order by oid limit " + rowsAStep + ") x");
            if (to == 0) {
                return swept;
            }
            String range = "oid > " + from + " and oid <= " + to;
            long all = number("select count(*) from " + rows.table + " where " + range);
            long dead = number("select count(*) from " + rows.table + " t where " + range + " and " + rows.dead);
            if (dead > 0) {
                boolean pack = dialect.packs() && dead < all && dead * DENSE >= all;
                step(() -> delete(rows, range, pack));
                written += all * ABOUT_BYTES_A_ROW;
                if (written > CATCH_UP_BYTES) {
                    written = 0;
                    dialect.catchUp(connection);
                }
            }
            swept += dead;
            from = to;
            progress.accept(new Progress("sweeping " + rows.table, from, lastOid));
        }
    }

    private void sweep(ContextSweep.Rows rows) throws SQLException {
        long from = -Long.MAX_VALUE;
        while (true) {
            long to = number("select coalesce(max(k), " + -Long.MAX_VALUE + ") from (select " + rows.key()
                    + " as k from "
                    + rows.table() + " t where " + rows.key() + " > " + from + " and " + rows.old() + " order by "
                    + rows.key() + " limit " + rowsAStep + ") x");
            if (to == -Long.MAX_VALUE) {
                return;
            }
            String dead = rows.key() + " > " + from + " and " + rows.key() + " <= " + to + " and " + rows.old()
                    + " and " + rows.dead();
            if (number("select count(*) from " + rows.table() + " t where " + dead) > 0) {
                step(() -> execute("delete from " + rows.table() + " as t where " + dead));
            }
            from = to;
        }
    }

    /** Deletes what is dead; packing writes what is left anew, so that it fills its pages. */
    private void delete(Rows rows, String range, boolean pack) throws SQLException {
        if (!pack) {
            execute("delete from " + rows.table + " as t where " + range + " and " + rows.dead);
            return;
        }
        execute("create temp table dacite_kept as select " + rows.columns + " from " + rows.table + " t where " + range
                + " and not (" + rows.dead + ")");
        execute("delete from " + rows.table + " where " + range);
        execute("insert into " + rows.table + " (" + rows.columns + ") select " + rows.columns
                + " from dacite_kept order by oid");
        execute("drop table dacite_kept");
    }

    /** Gives back free pages, those that a killed prune left over too. */
    private void giveBack(boolean swept) throws SQLException {
        progress.accept(new Progress("giving back space", 0, 1));
        boolean given = false;
        boolean[] more = {true};
        while (dialect.hasFreePages(connection) && more[0]) {
            step(() -> more[0] = dialect.giveBack(connection, PAGES_A_STEP));
            dialect.catchUp(connection);
            given = true;
        }
        if (swept || given) {
            dialect.settle(connection);
        }
    }

    private void step(Step step) throws SQLException {
        long[] nanos = new long[1];
        store.inTransaction(connection, held -> {
            long start = System.nanoTime();
            step.run();
            nanos[0] = start;
        });
        longestStepNanos = Math.max(longestStepNanos, System.nanoTime() - nanos[0]);
        steps++;
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private long number(String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Set<Long> ids(String question) throws SQLException {
        Set<Long> ids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** A table that is swept. */
    private enum Rows {
        VERTEX(
                "vertex",
                "oid, prefix, depth, left_oid, right_oid, leaf_count, hash",
                "not exists (select 1 from dacite_live d where d.link = t.oid)"),

        LEAF(
                "leaf",
                "oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid, revision_id",
                "not exists (select 1 from dacite_live d where d.link = -t.oid)");

        private final String table;
        private final String columns;
        private final String dead;

        Rows(String table, String columns, String dead) {
            this.table = table;
            this.columns = columns;
            this.dead = dead;
        }
    }
}
