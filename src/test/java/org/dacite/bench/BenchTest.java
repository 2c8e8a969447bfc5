package org.dacite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.IndexLevel;
import org.dacite.store.Synchronous;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchTest {
    /** 2,000 leaves, 3 commits of 101 changes of which 50 are updates, 4 of one. */
    private static final long LEAVES_AT_THE_END = 2_000 + 3 * 51 + 2;

    @ParameterizedTest
    @EnumSource(PlainTable.class)
    void saysHowThePlainTableIsLaidOut(PlainTable table) throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            BenchReport report = Bench.run(
                    small(Engine.SQLITE, place)
                            .plainTable(table)
                            .warmUp(0)
                            .runs(1)
                            .build(),
                    line -> {});

            assertEquals(
                    table == PlainTable.CLUSTERED, report.plainTable().contains("without rowid"), report::plainTable);
            assertEquals(table, PlainTable.labelled(table.label()));
        }
        assertThrows(IllegalArgumentException.class, () -> PlainTable.labelled("heap"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void tellsWhatPruningTakesWhereThatIsAskedFor(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            BenchReport report =
                    Bench.run(small(engine, place).prune(true).warmUp(0).runs(1).build(), line -> {});

            Map<?, ?> prune = (Map<?, ?>) report.toMap().get("prune");
            assertTrue((long) prune.get("revisions") > 0, prune::toString);
            assertTrue((long) prune.get("rows") > 1_000, prune::toString);
            assertTrue(report.toString().contains("beside the prune"), report::toString);
            assertNothingLeft(engine, place);
        }
    }

    @Test
    void tellsWhereTheTimeOfCommitsGoesWhereThatIsAskedFor() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            BenchReport report = Bench.run(
                    small(Engine.SQLITE, place).profile(true).warmUp(0).runs(1).build(), line -> {});

            Map<?, ?> profile = (Map<?, ?>) report.toMap().get("profile");
            Map<?, ?> committer = (Map<?, ?>) profile.get("committer");
            double sum = committer.values().stream()
                    .mapToDouble(share -> ((Number) share).doubleValue())
                    .sum();
            assertEquals(1, sum, 0.05, profile::toString);
            assertTrue((long) profile.get("ms") > 0, profile::toString);
            assertTrue(report.toString().contains("where "), report::toString);
        }
    }

    @Test
    void tellsWhatAThreadIsAtByItsInnermostFrameThatSaysSo() {
        assertEquals(
                Activity.HASH,
                Activity.of(
                        stack("sun.security.provider.SHA2", "org.dacite.hashing.CanonicalHash", "org.dacite.tree.X")));
        assertEquals(Activity.MERGE, Activity.of(stack("java.util.Arrays", "org.dacite.tree.TreeMerge")));
        assertEquals(Activity.OTHER, Activity.of(stack("java.util.Arrays")));
        assertTrue(Activity.idle(stack("jdk.internal.misc.Unsafe", "org.dacite.store.BackgroundAppender")));
        assertFalse(Activity.idle(stack("org.sqlite.core.NativeDB", "org.dacite.store.ValuesAppender")));
    }

    private static StackTraceElement[] stack(String... classes) {
        return Arrays.stream(classes)
                .map(name -> new StackTraceElement(name, "run", null, 0))
                .toArray(StackTraceElement[]::new);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void saysInWhichOrderThePlainTableGotItsRows(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            for (PlainOrder order : PlainOrder.values()) {
                BenchReport report = Bench.run(
                        small(engine, place).plainOrder(order).warmUp(0).runs(1).build(), line -> {});

                String expected = order == PlainOrder.SORTED ? "sorted by key" : "in order of arrival";
                assertTrue(report.toMap().get("plain_table").toString().contains(expected), report::toString);
                assertEquals(order, PlainOrder.labelled(order.label()));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> PlainOrder.labelled("random"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void reportsBothSides(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            List<String> progress = new ArrayList<>();
            BenchReport report = Bench.run(small(engine, place).build(), progress::add);
            Map<String, Object> document = report.toMap();

            assertEquals(engine.name().toLowerCase(Locale.ROOT), document.get("engine"));
            assertEquals("leaves", document.get("indexes"));
            assertEquals("full", document.get("synchronous"));
            for (String both : List.of("load", "commits", "get", "get_small_cache", "get_old", "scan")) {
                assertCompared(document, both, "_per_s");
            }
            for (String written : List.of("load", "commits")) {
                Map<?, ?> figure = (Map<?, ?>) document.get(written);
                assertFinite(figure.get("floor_per_s"));
                assertFinite(figure.get("time_over_floor"));
            }
            assertCompared(document, "leaf", "_bytes");
            assertFinite(((Map<?, ?>) document.get("version")).get("dacite_bytes"));
            assertFinite(document.get("sha256_96_ns"));
            assertCompared(document, "commit_one", "_us");
            assertCompared(document, "disk", "_bytes");
            assertCompared(document, "bytes_a_leaf", "");
            for (String alone : List.of("prove", "verify")) {
                Map<?, ?> figure = (Map<?, ?>) document.get(alone);
                assertFinite(figure.get("dacite_per_s"));
                assertNull(figure.get("plain_per_s"));
                assertNull(figure.get("ratio"));
            }
            assertFinite(document.get("proof_bytes"));
            assertEquals(LEAVES_AT_THE_END, document.get("leaves"));
            assertEquals(64, document.get("root").toString().length());
            assertTrue(report.toString().contains("proofs made"), report::toString);
            assertTrue(progress.contains("warm-up"), progress::toString);
            assertTrue(progress.stream().anyMatch(line -> line.startsWith("run 2 of 2, load")), progress::toString);
            assertNothingLeft(engine, place);
        }
    }

    @Test
    void theOptionsAloneDecideTheRoot() {
        try (TestStore file = Engine.SQLITE.fresh();
                TestStore schema = Engine.POSTGRESQL.fresh()) {
            BenchReport onSqlite = Bench.run(small(Engine.SQLITE, file).runs(1).build(), line -> {});
            BenchReport onPostgresql = Bench.run(
                    small(Engine.POSTGRESQL, schema)
                            .runs(1)
                            .warmUp(0)
                            .indexes(IndexLevel.NONE)
                            .synchronous(Synchronous.NORMAL)
                            .build(),
                    line -> {});
            assertEquals(onSqlite.root(), onPostgresql.root());
            assertEquals(onSqlite.proofBytes(), onPostgresql.proofBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void leavesNothingBehindAfterAFailure(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            BenchOptions options = small(engine, place).build();
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> Bench.run(options, line -> {
                        if (line.contains("get_old")) {
                            throw new UnsupportedOperationException("enough");
                        }
                    }));
            assertNothingLeft(engine, place);
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(
                IllegalArgumentException.class,
                () -> BenchOptions.builder().leaves(0).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> BenchOptions.builder().runs(0).build());
        assertThrows(
                IllegalArgumentException.class, () -> BenchOptions.builder().cacheMib(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> BenchOptions.builder().leaves(10).changes(1_000).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> BenchOptions.builder()
                        .engine(BenchOptions.Engine.POSTGRESQL)
                        .build());
        assertThrows(IllegalArgumentException.class, () -> BenchOptions.Engine.labelled("oracle"));
        BenchOptions nowhere = BenchOptions.builder().store("/no/such/folder").build();
        assertThrows(IllegalArgumentException.class, () -> Bench.run(nowhere, line -> {}));
    }

    @Test
    void takesTheMedianOfEachFigure() {
        Compared median = Compared.median(List.of(Compared.of(10, 5), Compared.of(40, 10), Compared.of(20, 100)));
        assertEquals(20, median.dacite());
        assertEquals(10, median.plain().orElseThrow());
        assertEquals(2, median.ratio().orElseThrow());
    }

    private static BenchOptions.Builder small(Engine engine, TestStore place) {
        return BenchOptions.builder()
                .engine(BenchOptions.Engine.valueOf(engine.name()))
                .store(engine == Engine.SQLITE ? folder(place).toString() : place.url())
                .leaves(2_000)
                .batch(300)
                .commits(3)
                .changes(101)
                .singles(4)
                .gets(500)
                .proofs(50)
                .cacheMib(2)
                .warmUp(100)
                .runs(2);
    }

    private static File folder(TestStore place) {
        return Path.of(place.url()).getParent().toFile();
    }

    private static void assertNothingLeft(Engine engine, TestStore place) throws SQLException {
        if (engine == Engine.SQLITE) {
            assertEquals(0, folder(place).list().length);
            return;
        }
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_namespace where nspname like '" + SchemaPlace.PREFIX + "%'")) {
            row.next();
            assertEquals(0, row.getLong(1));
        }
    }

    private static void assertCompared(Map<String, Object> document, String member, String unit) {
        Map<?, ?> figure = (Map<?, ?>) document.get(member);
        assertFinite(figure.get("dacite" + unit));
        assertFinite(figure.get("plain" + unit));
        assertFinite(figure.get("ratio"));
    }

    private static void assertFinite(Object figure) {
        double value = ((Number) figure).doubleValue();
        assertFalse(Double.isNaN(value) || Double.isInfinite(value) || value < 0, () -> "got " + figure);
    }
}
