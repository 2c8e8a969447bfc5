package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.ReadOnlyQuery;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who asks while others write and prune gets the whole answer or is told that it was pruned, and never a part. */
class ReadersBesideTest {
    private static final int KEYS = 300;
    private static final String STATE = "select key from state";

    /** Counts rows, and lets something happen before the first of them. */
    private static final class Meanwhile implements ReadOnlyQuery.Rows {
        private final Runnable deed;
        private int rows;

        private Meanwhile(Runnable deed) {
            this.deed = deed;
        }

        @Override
        public void columns(List<String> names) {
            deed.run();
        }

        @Override
        public void row(List<Object> values) {
            rows++;
        }
    }

    private static void fill(Dacite dacite, int revisions) {
        for (int i = 0; i < revisions; i++) {
            int block = i;
            dacite.branch("main").commit("block " + i, batch -> {
                for (int k = 0; k < KEYS; k++) {
                    batch.put("key " + k, "value " + block);
                }
            });
        }
    }

    private static void prune(Dacite dacite) {
        dacite.prune(Retention.heads(), 1_000, so -> {});
    }

    private static int query(Dacite dacite, long revision, Runnable deed) {
        Meanwhile rows = new Meanwhile(deed);
        Queries.named("state").run(dacite.store(), Map.of("revision", Long.toString(revision)), List.of(), 60, rows);
        return rows.rows;
    }

    private static int sql(Dacite dacite, String statement, long revision, Runnable deed) {
        Meanwhile rows = new Meanwhile(deed);
        ReadOnlySql.run(dacite.store(), statement, OptionalLong.of(revision), 60, rows);
        return rows.rows;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsPrunedWhileItIsReadIsReadToTheEnd(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite pruner = Dacite.open(place.url())) {
            fill(dacite, 4);
            assertEquals(KEYS, query(dacite, 1, () -> prune(pruner)));
            assertPruned(() -> query(dacite, 1, () -> {}));
            fill(dacite, 1);
            assertEquals(KEYS, sql(dacite, STATE, 4, () -> prune(pruner)));
            assertPruned(() -> sql(dacite, STATE, 4, () -> {}));
            assertPruned(() -> sql(dacite, "select key from state_at where revision = :revision", 4, () -> {}));
            fill(dacite, 1);
            try (Connection shell = place.plain();
                    Statement statement = shell.createStatement()) {
                shell.setAutoCommit(false);
                statement.setFetchSize(100);
                try (ResultSet rows = statement.executeQuery("select key from state_at where revision = 5")) {
                    assertTrue(rows.next());
                    prune(pruner);
                    int count = 1;
                    while (rows.next()) {
                        count++;
                    }
                    assertEquals(KEYS, count);
                }
                shell.rollback();
                String told = assertThrows(
                                Exception.class,
                                () -> statement
                                        .executeQuery("select key from state_at where revision = 5")
                                        .next())
                        .getMessage();
                assertTrue(told.contains("revision 5") && told.contains("pruned"), told);
                shell.rollback();
            }
        }
    }

    /** The writer waits for a second at most, which a reader in the middle of its rows outlasts. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aPruneBesideAReaderKeepsNobodyFromWriting(Engine engine) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite pruner = Dacite.open(place.url());
                Dacite writer = Dacite.open(place.url(), Settings.defaults().withLockTimeoutMillis(1_000))) {
            fill(dacite, 4);
            assertEquals(KEYS, query(dacite, 1, () -> {
                Future<?> pruning = other.submit(() -> prune(pruner));
                while (!pruning.isDone()) {
                    fill(writer, 1);
                }
                assertDoesNotThrow(() -> pruning.get());
            }));
        } finally {
            other.shutdownNow();
        }
    }

    private static void assertPruned(Runnable question) {
        String told =
                assertThrows(IllegalArgumentException.class, question::run).getMessage();
        assertTrue(
                told.startsWith("expected a revision whose state is kept, got revision ") && told.endsWith(" pruned"),
                told);
    }

    /** A question and a prune of what it asks about begin at once, many times. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void theStateIsWholeOrPruned(Engine engine) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite pruner = Dacite.open(place.url())) {
            for (int i = 1; i <= 8; i++) {
                fill(dacite, 2);
                long asked = 2L * i - 1;
                Future<?> pruning = other.submit(() -> prune(pruner));
                for (int at = 0; at < 3 || !pruning.isDone(); at++) {
                    try {
                        int rows = at % 2 == 0 ? query(dacite, asked, () -> {}) : sql(dacite, STATE, asked, () -> {});
                        assertEquals(KEYS, rows);
                    } catch (IllegalArgumentException e) {
                        assertTrue(e.getMessage().endsWith("revision " + asked + ", which was pruned"), e.getMessage());
                    }
                }
                pruning.get();
            }
        } finally {
            other.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aWriterChangesNothingOfWhatIsRead(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite writer = Dacite.open(place.url())) {
            fill(dacite, 1);
            int[] commits = {0};
            Runnable write = () -> writer.branch("main").commit("more", batch -> batch.put("more", "" + ++commits[0]));
            assertEquals(KEYS, query(dacite, 1, write));
            assertEquals(KEYS, sql(dacite, STATE, 1, write));
            String changes = "select l.oid from leaf l, (select count(*) from revision) n";
            int before = sql(dacite, changes, 1, () -> {});
            assertEquals(before, sql(dacite, changes, 1, write));
            assertEquals(before + 1, sql(dacite, changes, 1, () -> {}), "a commit comes whole to the next statement");
        }
    }
}
