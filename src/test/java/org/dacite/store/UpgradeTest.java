package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An older store becomes one of this format with the same roots, or stays what it was. */
class UpgradeTest {
    private static final Settings SETTINGS = Settings.defaults();

    @TempDir
    private Path folder;

    @Test
    void theFormatIsTheNumberOfTheNewestMigration() throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Store.open(place.url(), SETTINGS).close();
            Upgrade.Status status = Upgrade.status(place.url(), SETTINGS);
            assertEquals(StoreFormat.CURRENT, status.newest(), "StoreFormat.CURRENT goes up with the migrations");
            assertEquals(StoreFormat.CURRENT, status.format());
            assertEquals(List.of(), status.pending());
        }
    }

    /** What was released does not change: a store that was made by it would be refused. */
    @ParameterizedTest
    @CsvSource({
        "sqlite/V001__first_light.sql, 614e26eeb0a95807735c2e9bda4139f50ded9fe658b95df66d24d68ca4149f45",
        "postgresql/V001__first_light.sql, 303b1535b1b55301e28d41e93329e4153eccf63fcc8dd98551f166fb1c31c220",
    })
    void aReleasedMigrationDoesNotChange(String file, String sha256) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of("migrations", file)));
        assertEquals(sha256, HexFormat.of().formatHex(digest));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theFirstFormatIsUpgraded(Engine engine) throws Exception {
        try (TestStore place = engine.fresh()) {
            FirstFormat.place(place, engine, folder);
            if (StoreFormat.CURRENT > 1) {
                String refusal = refusal(place);
                assertTrue(refusal.contains("format 1,") && refusal.contains("'dacite migrate'"), refusal);
            }
            Upgrade.run(place.url(), SETTINGS, true, false, so -> {});
            assertEquals(
                    Files.readAllLines(Path.of("src/test/resources/formats/1.revisions")),
                    FirstFormat.revisions(place));
            assertSound(place);
            assertEquals(
                    ask(place, "select leaf_count from revision where id = 13"),
                    ask(place, "select count(*) from state_at where revision = 13"),
                    "trees that were only linked as well");
            try (Dacite dacite = Dacite.open(place.url())) {
                assertEquals(13, dacite.branches().get("main"));
                assertEquals(9, dacite.branches().get("trial"));
                assertEquals(4, dacite.tags().get("v1"));
                assertEquals(33, dacite.recordLog("payments").size());
                assertEquals(OptionalLong.of(3), dacite.retention().last());
                assertEquals(IndexLevel.LEAVES, dacite.store().indexes());
                dacite.branch("trial").commit("it goes on", batch -> batch.put("a", "1"));
            }
        }
    }

    /** Leaves of text keys are found by their text afterwards, and the views that people declared are there again. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aStoreWithViewsIsUpgraded(Engine engine) throws Exception {
        try (TestStore place = engine.fresh()) {
            FirstFormat.place(place, engine, folder, 4);
            String fields = engine == Engine.SQLITE ? "json_extract(s.json, '$.n')" : "s.json ->> 'n'";
            execute(
                    place,
                    "create view declared as select revision, tree, key, " + fields
                            + " as n, key_bytes from state_at s where tree = ''");
            execute(place, "insert into field_view (name, fields) values ('declared', 'n:text')");
            // its view was dropped by hand
            execute(place, "insert into field_view (name, fields) values ('gone', 'n:text')");
            String asked = "select count(*), count(n), min(key), max(key) from declared where revision = 13";
            String before = ask(place, asked);
            assertFalse(before.startsWith("0 "), before);

            Upgrade.run(place.url(), SETTINGS, false, false, so -> {});

            assertEquals(before, ask(place, asked));
            assertEquals(
                    engine == Engine.SQLITE ? "leaf_by_text" : "later_leaf_by_key leaf_by_text",
                    ask(
                            place,
                            engine == Engine.SQLITE
                                    ? "select name from sqlite_schema where name like '%leaf_by%' and type = 'index'"
                                    : "select indexname from pg_indexes where schemaname = current_schema()"
                                            + " and indexname like '%leaf_by%' order by indexname"));
            try (Store store = Store.open(place.url(), SETTINGS)) {
                assertEquals(IndexLevel.LEAVES, store.indexes());
                FieldViews views = new FieldViews(store);
                assertEquals(Map.of("declared", "n:text", "gone", "n:text"), views.list());
                views.drop("declared");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anUpgradeShowsThatTheRootsAreTheSame(Engine engine) throws Exception {
        try (TestStore place = current(engine)) {
            Upgrade.Report dry = run(place, "to-come", false, true);
            assertEquals(
                    StoreFormat.CURRENT, Upgrade.status(place.url(), SETTINGS).format());
            assertSound(place);
            Upgrade.Report report = run(place, "to-come", true, false);
            assertEquals(dry.steps(), report.steps());
            assertEquals(
                    List.of(9001, 9002),
                    report.steps().stream().map(Upgrade.Step::format).toList());
            assertEquals(9002, report.to());
            assertEquals(2, report.heads());
            assertEquals(8, report.past());
            assertEquals(
                    List.of("13", "0"),
                    List.of(ask(place, "select count(*) from extra"), ask(place, "select max(moved) from tag")));
            assertEquals(List.of(), run(place, "to-come", false, false).steps(), "a second one has nothing to do");
            String refusal = refusal(place);
            assertTrue(
                    refusal.contains("format " + StoreFormat.CURRENT + " or older") && refusal.contains("format 9002"),
                    refusal);
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, fail", "POSTGRESQL, fail", "SQLITE, lose", "POSTGRESQL, lose"})
    void anUpgradeThatFailsLeavesTheStoreAsItWas(Engine engine, String how) throws Exception {
        try (TestStore place = current(engine)) {
            List<String> before = rows(place);
            StoreException failure = assertThrows(StoreException.class, () -> run(place, "that-" + how, false, false));
            assertEquals(1, failure.getMessage().lines().count(), failure.getMessage());
            assertTrue(
                    failure.getMessage().contains(how.equals("fail") ? "nothing_of_that_name" : "expected root"),
                    failure.getMessage());
            assertEquals(before, rows(place));
            assertSound(place);
            assertEquals(2, run(place, "to-come", false, false).steps().size(), "the next one is not in its way");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aDamagedStoreIsNotUpgraded(Engine engine) throws Exception {
        try (TestStore place = current(engine)) {
            execute(
                    place,
                    Files.readString(
                            Path.of("src/test/resources/migrations-that-lose/sqlite/V9001__a_lost_value.sql")));
            StoreException failure = assertThrows(StoreException.class, () -> run(place, "to-come", false, false));
            assertTrue(failure.getMessage().contains("before the upgrade"), failure.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aKilledUpgradeLeavesTheStoreAsItWas(Engine engine) throws Exception {
        try (TestStore place = current(engine)) {
            List<String> before = rows(place);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                            Killed.class.getName(),
                            place.url(),
                            engine.name())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals("deriving", new String(process.getInputStream().readNBytes(8), StandardCharsets.UTF_8));
            process.waitFor(300, TimeUnit.MILLISECONDS); // somewhere in the migration
            StoreException second = assertThrows(StoreException.class, () -> run(place, "to-come", false, false));
            assertTrue(second.getMessage().contains("prunes, upgrades or fills it"), second.getMessage());
            process.destroyForcibly().waitFor();
            endStatements(place, engine);
            assertEquals(before, rows(place));
            assertSound(place);
            assertEquals(9002, run(place, "to-come", false, false).to());
        }
    }

    /** A server goes on with a statement after its client died. */
    private static void endStatements(TestStore place, Engine engine) throws Exception {
        while (engine == Engine.POSTGRESQL
                && Integer.parseInt(ask(
                                place,
                                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name ="
                                        + " current_setting('application_name') and pid <> pg_backend_pid()"))
                        > 0) {
            Thread.sleep(10);
        }
    }

    /** Upgrades until it is killed. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] args) {
            Upgrade.run(args[0], SETTINGS, more(Engine.valueOf(args[1]), "that-last"), false, false, so -> {
                System.out.print("deriving");
                System.out.flush();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whoHasItOpenWritesNoMore(Engine engine) throws Exception {
        try (TestStore place = current(engine);
                Dacite open = Dacite.open(place.url());
                Dacite hasty = Dacite.open(place.url(), SETTINGS.withLockTimeoutMillis(50))) {
            open.branch("main").commit("before", batch -> batch.put("a", "1"));
            int[] looks = {0};
            Upgrade.run(place.url(), SETTINGS, more(engine, "to-come"), false, false, so -> {
                if (so.what().contains("after the upgrade") && looks[0]++ == 0) {
                    assertEquals("1", open.head().get("a").orElseThrow(), "who reads goes on");
                    String waited = assertThrows(
                                    StoreException.class,
                                    () -> hasty.branch("main").commit("meanwhile", batch -> batch.put("a", "3")))
                            .getMessage();
                    assertTrue(waited.contains("to become the one writer"), waited);
                }
            });
            assertEquals(true, looks[0] > 0);
            StoreException refusal = assertThrows(
                    StoreException.class, () -> open.branch("main").commit("after", batch -> batch.put("a", "2")));
            assertTrue(refusal.getMessage().contains("upgraded meanwhile"), refusal.getMessage());
            assertEquals("1", open.head().get("a").orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void booksThatDifferAreSettled(Engine engine) throws Exception {
        try (TestStore place = current(engine)) {
            run(place, "to-come", false, false);
            execute(place, "delete from flyway_schema_history where version = '9002'");
            assertEquals(List.of(), run(place, "to-come", false, false).steps());
            execute(place, "drop table extra");
            execute(place, "alter table tag drop column moved");
            execute(place, "update store set format_version = " + StoreFormat.CURRENT);
            assertEquals(9002, run(place, "to-come", false, false).to());
            assertEquals("13", ask(place, "select count(*) from extra"));
        }
    }

    private TestStore current(Engine engine) throws Exception {
        TestStore place = engine.fresh();
        FirstFormat.place(place, engine, folder);
        Upgrade.run(place.url(), SETTINGS, false, false, so -> {});
        return place;
    }

    private static Upgrade.Report run(TestStore place, String migrations, boolean all, boolean dryRun) {
        Engine engine = place.url().startsWith("jdbc:") ? Engine.POSTGRESQL : Engine.SQLITE;
        return Upgrade.run(place.url(), SETTINGS, more(engine, migrations), all, dryRun, so -> {});
    }

    private static UnaryOperator<Migrations> more(Engine engine, String which) {
        return own ->
                own.and("classpath:migrations-" + which + "/" + engine.name().toLowerCase(Locale.ROOT));
    }

    private static void assertSound(TestStore place) {
        try (Store store = Store.open(place.url(), SETTINGS)) {
            assertEquals(
                    List.of(),
                    Fsck.check(store, OptionalLong.empty(), what -> {}).damage());
        }
    }

    private static String refusal(TestStore place) {
        String message = assertThrows(
                        StoreException.class,
                        () -> Store.open(place.url(), SETTINGS).close())
                .getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    /** What the older Dacite reads. */
    private static List<String> rows(TestStore place) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("store", "tag", "branch", "retention", "pruned")) {
            rows.add(table + " " + ask(place, "select * from " + table));
        }
        rows.addAll(FirstFormat.revisions(place));
        return rows;
    }

    private static String ask(TestStore place, String question) throws SQLException {
        List<String> cells = new ArrayList<>();
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    cells.add(rows.getString(i));
                }
            }
        }
        return String.join(" ", cells);
    }

    private static void execute(TestStore place, String text) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
