package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.IndexLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.ProgressHandler;

/**
 * How filters of the state are answered, through a driver that knows nothing of Dacite: by a search in an index, at the head, at an
 * old revision and on a fork, with the same rows as a scan.
 */
class StatePlanTest {
    private static final int KEYS = 5_000;

    /** The filters, each with what it means for a key. */
    private static final Map<String, Predicate<String>> FILTERS = new TreeMap<>(Map.of(
            "key = 'key-0042'", "key-0042"::equals,
            "key in ('key-0042', 'none', 'key-4999')", key -> key.equals("key-0042") || key.equals("key-4999"),
            "key between 'key-01' and 'key-0103'",
                    key -> key.compareTo("key-01") >= 0 && key.compareTo("key-0103") <= 0,
            "key >= 'key-4990'", key -> key.compareTo("key-4990") >= 0));

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aKeyAPrefixAndARangeAreSearchedFor(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain()) {
            List<Long> revisions = grow(dacite);
            boolean sqlite = engine == Engine.SQLITE;
            Map<String, Predicate<String>> filters = new HashMap<>(FILTERS);
            filters.put(sqlite ? "key glob 'key-002*'" : "key like 'key-002%'", key -> key.startsWith("key-002"));
            settle(plain, engine);
            String other = sqlite ? "key glob '17*'" : "starts_with(key, 'key-003')"; // which looks like a number
            filters.put(other, key -> key.startsWith(sqlite ? "17" : "key-003"));
            for (long revision : revisions) {
                for (Map.Entry<String, Predicate<String>> each : filters.entrySet()) {
                    check(dacite, plain, sqlite, revision, each.getKey(), each.getValue());
                }
            }
        }
    }

    /** Without an index the leaves are read once, and of the tree no more than the ways to what was found. */
    @Test
    void withoutAnIndexTheLeavesAreReadOnceOnSqlite() throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain()) {
            List<Long> revisions = grow(dacite);
            dacite.store().index(IndexLevel.NONE);
            Map<String, Predicate<String>> filters = new HashMap<>(FILTERS);
            filters.put("key glob 'key-002*'", key -> key.startsWith("key-002"));
            filters.put("key_bytes = x'6b65792d3030343200'", "key-0042"::equals);
            for (long revision : revisions) {
                for (Map.Entry<String, Predicate<String>> each : filters.entrySet()) {
                    String sql = state(revision, each.getKey());
                    assertEquals(expected(dacite, revision, each.getValue()), sorted(plain, sql), sql);
                    long steps = steps(plain, sql);
                    assertTrue(steps < 25 * KEYS, () -> sql + " reads too much: " + steps + " steps");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theHistoryAndTheProofOfAKeyAreSearchedFor(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain()) {
            List<Long> revisions = grow(dacite);
            settle(plain, engine);
            for (long revision : revisions) {
                String key = " where revision = " + revision + " and key = 'key-0042'";
                String written = "select value from history_of" + key + " order by oid desc";
                String steps = "select step, side, depth, hash from proof_of" + key + " order by step";
                String last = revision == revisions.get(0) ? "" : revision == revisions.get(1) ? "third " : "fork ";
                assertEquals(last + "second first", String.join(" ", rows(plain, written)), written);
                assertEquals(
                        Asked.query(
                                        dacite,
                                        "siblings",
                                        dacite.store().revision(revision).orElseThrow(),
                                        List.of(),
                                        "key-0042")
                                .lines("step", "side", "depth", "hash"),
                        rows(plain, steps),
                        steps);
                assertFewAreRead(plain, engine, written);
                assertFewAreRead(plain, engine, steps);
            }
        }
    }

    /** Where a key of the top tree is meant, no linked tree is walked. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void linkedTreesThatAreLeftOutAreNotWalked(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain()) {
            long revision = dacite.branch(Branch.MAIN)
                    .commit("linked", batch -> {
                        batch.put("key-0042", "top");
                        for (int i = 0; i < KEYS; i++) {
                            batch.tree("tree").put("key-%04d".formatted(i), "linked");
                        }
                    })
                    .id();
            settle(plain, engine);
            String both = "select tree, value from state_at where revision = " + revision + " and key = 'key-0042'";
            String top = both + (engine == Engine.SQLITE ? " and linked = 0" : " and not linked");
            assertEquals(List.of(" top", "tree linked"), rows(plain, both + " order by tree"));
            assertEquals(List.of(" top"), rows(plain, top));
            assertFewAreRead(plain, engine, top);
            AssertionError walked =
                    assertThrows(AssertionError.class, () -> assertFewAreRead(plain, engine, both), "the walk shows");
            assertTrue(walked.getMessage().contains("reads too much"), walked.getMessage());
        }
    }

    /** Where {@code dacite sql} asks, {@code like} is as good as {@code glob}, and heeds case. */
    @Test
    void aPrefixByLikeIsSearchedForOnSqlite() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            OptionalLong revision = OptionalLong.of(grow(dacite).get(0));
            for (Map.Entry<String, Integer> each : Map.of(
                            "key like 'key-002%'", 9,
                            "key like 'KEY-002%'", 0,
                            "key like 'key-00_2' and value not like 's%'", 5,
                            "(key like 'key-[%' or key like 'key-49%')", 100)
                    .entrySet()) {
                String sql = "select key from state where " + each.getKey();
                assertEquals(
                        each.getValue(), Asked.sql(dacite, sql, revision).rows().size(), sql);
                if (!sql.contains(" or ")) {
                    List<Object> plan = Asked.sql(dacite, "explain query plan " + sql, revision)
                            .column("detail");
                    assertSearched(sql, plan.stream().map(String::valueOf).toList());
                }
            }
        }
    }

    private static void check(
            Dacite dacite, Connection plain, boolean sqlite, long revision, String filter, Predicate<String> means)
            throws SQLException {
        String sql = state(revision, filter);
        assertEquals(expected(dacite, revision, means), sorted(plain, sql), sql);
        if (sqlite) {
            assertSearched(sql, rows(plain, "explain query plan " + sql));
        }
        assertFewAreRead(plain, sqlite ? Engine.SQLITE : Engine.POSTGRESQL, sql);
    }

    private static String state(long revision, String filter) {
        return "select key, value from state_at where revision = " + revision + " and " + filter;
    }

    private static List<String> expected(Dacite dacite, long revision, Predicate<String> means) {
        try (Snapshot snapshot = dacite.at(dacite.store().revision(revision).orElseThrow())) {
            return snapshot.scan()
                    .filter(entry -> means.test(World.text(entry.key())))
                    .map(entry -> World.text(entry.key()) + " " + World.text(entry.value()))
                    .toList();
        }
    }

    private static List<String> sorted(Connection plain, String sql) throws SQLException {
        return rows(plain, sql).stream().sorted().toList();
    }

    private static void assertSearched(String sql, List<String> plan) {
        List<String> leaves =
                plan.stream().filter(line -> line.contains(" leaf_by_text ")).toList();
        assertTrue(
                leaves.size() >= 3 && leaves.stream().allMatch(line -> line.contains("SEARCH")),
                () -> sql + " looks at " + plan);
        assertTrue(
                plan.stream().noneMatch(line -> line.matches(".*SCAN (l|n|x|v|leaf|vertex)( .*)?")),
                () -> sql + " looks at " + plan);
    }

    /** By the steps of SQLite's machine, of which all keys would take more, and by the rows in PostgreSQL's plan. */
    private static void assertFewAreRead(Connection plain, Engine engine, String sql) throws SQLException {
        if (engine == Engine.SQLITE) {
            long steps = steps(plain, sql);
            assertTrue(steps < 5 * KEYS, () -> sql + " reads too much: " + steps + " steps");
            return;
        }
        List<String> plan = rows(plain, "explain (analyze) " + sql);
        long most = plan.stream().mapToLong(StatePlanTest::looked).max().orElse(0);
        assertTrue(most <= 1_000, () -> sql + " reads too much: " + String.join("\n", plan));
    }

    private static long steps(Connection plain, String sql) throws SQLException {
        long[] steps = {0};
        ProgressHandler.setHandler(plain, 10, new ProgressHandler() {
            @Override
            protected int progress() {
                steps[0] += 10;
                return 0;
            }
        });
        rows(plain, sql);
        ProgressHandler.clearHandler(plain);
        return steps[0];
    }

    /** Makes PostgreSQL plan for these small tables as it plans for large ones. */
    private static void settle(Connection plain, Engine engine) throws SQLException {
        if (engine == Engine.POSTGRESQL) {
            execute(plain, "analyze");
            execute(plain, "set enable_seqscan = off");
            execute(plain, "set enable_hashjoin = off");
            execute(plain, "set enable_mergejoin = off");
        }
    }

    /** How many rows a line of a plan made or threw away. */
    private static long looked(String line) {
        Matcher rows = Pattern.compile("(?:actual time.* rows=|Rows Removed by (?:Join )?Filter: )(\\d+)")
                .matcher(line);
        return rows.find() && !line.contains("never executed") ? Long.parseLong(rows.group(1)) : 0;
    }

    /** The head, an old revision, and one of a fork. */
    private static List<Long> grow(Dacite dacite) {
        Branch main = dacite.branch(Branch.MAIN);
        main.commit("all", batch -> {
            for (int i = 0; i < KEYS; i++) {
                batch.put("key-%04d".formatted(i), "first");
            }
        });
        long old = main.commit("some", batch -> {
                    for (int i = 0; i < 50; i++) {
                        batch.put("key-%04d".formatted(i), "second");
                    }
                    batch.delete("key-0021");
                })
                .id();
        Branch fork = dacite.branch("fork");
        fork.create(main.head().orElseThrow());
        long head = main.commit("again", batch -> batch.put("key-0042", "third").put("key-0021", "again"))
                .id();
        long forked = fork.commit("else", batch -> batch.put("key-0042", "fork").delete("key-0100"))
                .id();
        return List.of(old, head, forked);
    }

    private static void execute(Connection plain, String sql) throws SQLException {
        try (Statement statement = plain.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection plain, String sql) throws SQLException {
        try (Statement statement = plain.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }
}
