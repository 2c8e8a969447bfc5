package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
            if (!sqlite) {
                execute(plain, "analyze");
                execute(plain, "set enable_seqscan = off"); // which is right for tables as small as these
                execute(plain, "set enable_hashjoin = off");
                execute(plain, "set enable_mergejoin = off");
                filters.put("starts_with(key, 'key-003')", key -> key.startsWith("key-003"));
            }
            for (long revision : revisions) {
                for (Map.Entry<String, Predicate<String>> each : filters.entrySet()) {
                    check(dacite, plain, sqlite, revision, each.getKey(), each.getValue());
                }
            }
        }
    }

    private static void check(
            Dacite dacite, Connection plain, boolean sqlite, long revision, String filter, Predicate<String> means)
            throws SQLException {
        String sql = "select key, value from state_at where revision = " + revision + " and " + filter;
        List<String> expected;
        try (Snapshot snapshot = dacite.at(dacite.store().revision(revision).orElseThrow())) {
            expected = snapshot.scan()
                    .filter(entry -> means.test(World.text(entry.key())))
                    .map(entry -> World.text(entry.key()) + " " + World.text(entry.value()))
                    .toList();
        }
        assertEquals(expected, rows(plain, sql).stream().sorted().toList(), sql);
        List<String> plan = rows(plain, (sqlite ? "explain query plan " : "explain (analyze) ") + sql);
        if (sqlite) {
            List<String> leaves = plan.stream()
                    .filter(line -> line.contains(" leaf_by_text "))
                    .toList();
            assertTrue(
                    leaves.size() >= 4 && leaves.stream().allMatch(line -> line.contains("SEARCH")),
                    () -> sql + " looks at " + plan);
            assertTrue(
                    plan.stream().noneMatch(line -> line.matches(".*SCAN (l|n|x|v|leaf|vertex)( .*)?")),
                    () -> sql + " looks at " + plan);
        } else {
            long most = plan.stream().mapToLong(StatePlanTest::looked).max().orElse(0);
            assertTrue(most <= 1_000, () -> sql + " looks at too many rows: " + String.join("\n", plan));
        }
    }

    /** How many rows a line of a plan made or threw away. */
    private static long looked(String line) {
        Matcher rows = Pattern.compile("(?:actual time.* rows=|Rows Removed by (?:Join )?Filter: )(\\d+)")
                .matcher(line);
        return rows.find() && !line.contains("never executed") && line.contains("leaf")
                ? Long.parseLong(rows.group(1))
                : 0;
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
