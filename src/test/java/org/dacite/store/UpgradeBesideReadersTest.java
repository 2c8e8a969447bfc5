package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads an older store in a stock shell sees one state while it is upgraded, the same before and after. */
class UpgradeBesideReadersTest {
    private static final String STATE =
            "select count(*) || ' ' || min(key_hex) || ' ' || max(value_hex) from state_at where revision = 13";

    @TempDir
    private Path folder;

    private static String ask(Connection shell) throws SQLException {
        try (Statement statement = shell.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    /** On SQLite both go on; on PostgreSQL the upgrade, which replaces what is read, waits as long as any writer, and gives up. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aReaderKeepsItsState(Engine engine) throws Exception {
        Settings hasty = Settings.defaults().withLockTimeoutMillis(200);
        try (TestStore place = engine.fresh()) {
            FirstFormat.place(place, engine, folder, 4);
            try (Connection shell = place.plain()) {
                shell.setAutoCommit(false);
                String before = ask(shell);
                if (engine == Engine.POSTGRESQL) {
                    String told = assertThrows(
                                    StoreException.class, () -> Upgrade.run(place.url(), hasty, false, false, so -> {}))
                            .getMessage();
                    assertTrue(
                            told.startsWith("expected ")
                                    && told.lines().count() == 1
                                    && told.endsWith("the store is as it was"),
                            told);
                    assertEquals(4, Upgrade.status(place.url(), hasty).format());
                    assertEquals(before, ask(shell));
                    shell.commit();
                    assertEquals(before, ask(shell));
                    shell.commit();
                }
                Upgrade.run(place.url(), hasty, false, false, so -> {
                    try {
                        if (so.what().contains("before")) {
                            assertEquals(before, ask(shell));
                            shell.commit();
                        }
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
                assertEquals(before, ask(shell));
                shell.commit();
                assertEquals(
                        StoreFormat.CURRENT, Upgrade.status(place.url(), hasty).format());
            }
        }
    }

    /** Readers, each over and over, and one that holds a table before it asks. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8})
    void readersOnPostgresqlAreNotEnded(int format) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (TestStore place = Engine.POSTGRESQL.fresh()) {
            FirstFormat.place(place, Engine.POSTGRESQL, folder, format);
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch reading = new CountDownLatch(2);
            List<Future<Set<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                answers.add(threads.submit(() -> askOn(place, reading, done)));
            }
            try (Connection shell = place.plain()) {
                assertTrue(reading.await(1, TimeUnit.MINUTES));
                shell.setAutoCommit(false);
                try (Statement statement = shell.createStatement()) {
                    statement.execute("select count(*) from revision");
                }
                CountDownLatch migrating = new CountDownLatch(1);
                Future<Upgrade.Report> upgrade = threads.submit(
                        () -> Upgrade.run(place.url(), Settings.defaults(), false, false, so -> migrating.countDown()));
                assertTrue(migrating.await(1, TimeUnit.MINUTES));
                awaitLock(place, upgrade);
                String before = ask(shell);
                shell.commit();
                assertEquals(
                        StoreFormat.CURRENT, upgrade.get(1, TimeUnit.MINUTES).to());
                assertEquals(before, ask(shell));
                shell.commit();
                done.set(true);
                for (Future<Set<String>> each : answers) {
                    assertEquals(Set.of(before), each.get(1, TimeUnit.MINUTES));
                }
            } finally {
                done.set(true);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Until somebody waits for the table that the shell holds. */
    private static void awaitLock(TestStore place, Future<?> upgrade) throws Exception {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            for (boolean waits = false; !waits && !upgrade.isDone(); Thread.sleep(5)) {
                try (ResultSet row = statement.executeQuery(
                        "select count(*) from pg_locks where relation = 'revision'::regclass and not granted")) {
                    row.next();
                    waits = row.getInt(1) > 0;
                }
            }
        }
    }

    private static Set<String> askOn(TestStore place, CountDownLatch reading, AtomicBoolean done) throws SQLException {
        Set<String> answers = new TreeSet<>();
        try (Connection connection = place.plain()) {
            while (!done.get()) {
                answers.add(ask(connection));
                reading.countDown();
            }
            answers.add(ask(connection));
        }
        return answers;
    }
}
