package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is open in one process or through one store object is kept by a prune in another, until it is closed or dies. */
class LeaseTest {
    private static final int ROWS = 50;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void keepWhatAnotherStoreObjectReads(Engine engine) {
        try (TestStore place = engine.fresh()) {
            try (Dacite reader = Dacite.open(place.url());
                    Dacite pruner = Dacite.open(place.url())) {
                List<Revision> line = PruneTest.line(reader, 8);
                try (Snapshot first = reader.at(line.get(1));
                        Snapshot second = reader.at(line.get(4))) {
                    reader.at(line.get(1)).close();
                    assertEquals(5, pruner.planPrune(Retention.heads()).revisions());
                    assertEquals(
                            5, pruner.prune(Retention.heads(), ROWS, so -> {}).revisions());
                    assertEquals(PruneTest.content(1), PruneTest.lines(first));
                    assertEquals(PruneTest.content(4), PruneTest.lines(second));
                    assertFalse(pruned(pruner, line.get(4)));
                }
                assertEquals(2, pruner.planPrune(Retention.heads()).revisions());
                assertEquals(2, pruner.prune(Retention.heads(), ROWS, so -> {}).revisions());
                assertTrue(pruned(reader, line.get(4)));
                assertSound(pruner);
            }
            assertAlone(place);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void areRefusedOnWhatAnotherStoreObjectGaveUp(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite reader = Dacite.open(place.url());
                Dacite pruner = Dacite.open(place.url())) {
            List<Revision> line = PruneTest.line(pruner, 8);
            Snapshot closed = reader.at(line.get(2));
            closed.close();
            pruner.prune(Retention.heads(), ROWS, so -> {});
            for (int i = 0; i < 2; i++) {
                assertThrows(PrunedRevisionException.class, () -> reader.at(line.get(2)));
            }
            try (Snapshot head = reader.head()) {
                assertThrows(PrunedRevisionException.class, () -> PruneTest.lines(closed));
                assertThrows(PrunedRevisionException.class, () -> closed.proveDifference(head));
                assertThrows(PrunedRevisionException.class, () -> head.proveDifference(closed));
                assertEquals(PruneTest.content(7), PruneTest.lines(head));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void endWithTheirStore(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite pruner = Dacite.open(place.url())) {
            List<Revision> line = PruneTest.line(pruner, 5);
            Snapshot forgotten;
            try (Dacite reader = Dacite.open(place.url())) {
                forgotten = reader.at(line.get(1));
                pruner.prune(Retention.heads(), ROWS, so -> {});
                assertFalse(pruned(pruner, line.get(1)));
            }
            forgotten.close();
            pruner.prune(Retention.heads(), ROWS, so -> {});
            assertTrue(pruned(pruner, line.get(1)));
        }
    }

    /** A slow trigger holds the pruner between its first look at the leases and its commit. */
    @Test
    void areSeenThatBeganWhileThePrunerWasWritingDownWhatItGivesUp() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Dacite reader = Dacite.open(place.url());
                Dacite pruner = Dacite.open(place.url())) {
            List<Revision> line = PruneTest.line(pruner, 6);
            ExecutorService threads = Executors.newSingleThreadExecutor();
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement();
                    Snapshot before = reader.at(line.get(1))) {
                statement.execute("create function slow() returns trigger language plpgsql as"
                        + " $$ begin perform pg_sleep(1); return old; end $$");
                statement.execute("create trigger slow before delete on pruned for each row execute function slow()");
                Future<?> prune = threads.submit(() -> pruner.prune(Retention.heads(), ROWS, so -> {}));
                boolean sleeping = false;
                while (!sleeping && !prune.isDone()) {
                    try (ResultSet row = statement.executeQuery("select count(*) > 0 from pg_stat_activity where"
                            + " wait_event = 'PgSleep' and application_name = current_setting('application_name')")) {
                        sleeping = row.next() && row.getBoolean(1);
                    }
                }
                assertTrue(sleeping);
                try (Snapshot meanwhile = reader.at(line.get(3))) {
                    prune.get(60, TimeUnit.SECONDS);
                    assertFalse(pruned(pruner, line.get(3)));
                    assertEquals(PruneTest.content(3), PruneTest.lines(meanwhile));
                    assertEquals(PruneTest.content(1), PruneTest.lines(before));
                }
                assertTrue(pruned(pruner, line.get(2)));
                statement.execute("drop trigger slow on pruned");
                statement.execute("drop function slow()");
            } finally {
                threads.shutdown();
            }
            assertSound(pruner);
        }
    }

    @Test
    void areMarkedAnewOnceABrokenConnectionIsMadeAgain() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Dacite reader = Dacite.open(place.url());
                Dacite pruner = Dacite.open(place.url())) {
            List<Revision> line = PruneTest.line(pruner, 6);
            Snapshot lost = reader.at(line.get(1));
            Snapshot marked = reader.at(line.get(3));
            breakLeases(place);
            try (Snapshot next = reader.at(line.get(4))) {
                pruner.prune(Retention.heads(), ROWS, so -> {});
                for (Snapshot each : List.of(lost, marked, next)) {
                    assertTrue(each.scan().count() > 0);
                }
            }
            breakLeases(place);
            lost.close();
            pruner.prune(Retention.heads(), ROWS, so -> {});
            assertTrue(pruned(pruner, line.get(3)));
            try (Dacite stranger = Dacite.open(place.url())) {
                assertThrows(PrunedRevisionException.class, () -> stranger.at(line.get(3)));
            }
            marked.close();
        }
    }

    private static void breakLeases(TestStore place) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid in"
                    + " (select pid from pg_locks where locktype = 'advisory')"
                    + " and application_name = current_setting('application_name')");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void endWithTheirProcess(Engine engine) throws Exception {
        try (TestStore place = engine.fresh()) {
            try (Dacite pruner = Dacite.open(place.url())) {
                List<Revision> line = PruneTest.line(pruner, 8);
                Process process =
                        start(place.url(), line.get(2).id(), line.get(5).id());
                try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    assertEquals("open", out.readLine());
                    try (Snapshot own = pruner.at(line.get(5));
                            Snapshot other = pruner.at(line.get(3))) {
                        pruner.prune(Retention.heads(), ROWS, so -> {});
                        assertEquals(PruneTest.content(5), PruneTest.lines(own));
                        assertEquals(PruneTest.content(3), PruneTest.lines(other));
                    }
                    pruner.prune(Retention.heads(), ROWS, so -> {});
                    assertTrue(pruned(pruner, line.get(3)));
                    assertFalse(pruned(pruner, line.get(5)));
                    process.getOutputStream().write('\n');
                    process.getOutputStream().flush();
                    for (int number : List.of(2, 5)) {
                        for (String expected : PruneTest.content(number)) {
                            assertEquals(expected, out.readLine());
                        }
                    }
                } finally {
                    process.toHandle().destroyForcibly();
                    process.waitFor(10, TimeUnit.SECONDS);
                }
                for (int i = 0; i < 100 && !pruned(pruner, line.get(2)); i++) { // a server may take a moment to see it
                    Thread.sleep(20);
                    pruner.prune(Retention.heads(), ROWS, so -> {});
                }
                assertTrue(pruned(pruner, line.get(2)));
                assertTrue(pruned(pruner, line.get(5)));
                assertSound(pruner);
            }
            assertAlone(place);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void holdHoweverManyOpenAndCloseMeanwhile(Engine engine) throws Exception {
        long seed = 5;
        try (TestStore place = engine.fresh()) {
            try (Dacite one = Dacite.open(place.url());
                    Dacite two = Dacite.open(place.url());
                    Dacite pruner = Dacite.open(place.url())) {
                List<Revision> line = new ArrayList<>(PruneTest.line(pruner, 40));
                List<List<String>> contents = new ArrayList<>();
                for (Revision each : line) {
                    try (Snapshot state = pruner.at(each)) {
                        contents.add(PruneTest.lines(state));
                    }
                }
                AtomicBoolean done = new AtomicBoolean();
                AtomicInteger read = new AtomicInteger();
                ExecutorService threads = Executors.newFixedThreadPool(6);
                List<Future<?>> readers = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    Dacite reader = i % 2 == 0 ? one : two;
                    Random random = new Random(seed + i);
                    readers.add(threads.submit(() -> {
                        while (!done.get()) {
                            int number = random.nextInt(line.size());
                            try (Snapshot state = reader.at(line.get(number))) {
                                assertEquals(contents.get(number), PruneTest.lines(state));
                                read.incrementAndGet();
                            } catch (PrunedRevisionException e) {
                                assertEquals(line.get(number).id(), e.revision());
                                assertFalse(e.getCause() != null, "pruned while it was open");
                            }
                        }
                        return null;
                    }));
                }
                try {
                    for (int last = 35; last > 0; last -= 5) {
                        pruner.prune(Retention.heads().withLast(last), ROWS, so -> {});
                    }
                } finally {
                    done.set(true);
                    threads.shutdown();
                }
                for (Future<?> each : readers) {
                    each.get(60, TimeUnit.SECONDS);
                }
                assertTrue(read.get() > 0);
                pruner.prune(Retention.heads(), ROWS, so -> {});
                for (Revision each : line.subList(0, 39)) {
                    assertTrue(pruned(pruner, each), "revision " + each.id() + ", seed " + seed);
                }
                assertSound(pruner);
            }
            assertAlone(place);
        }
    }

    private static boolean pruned(Dacite dacite, Revision revision) {
        return dacite.store().revision(revision.id()).orElseThrow().pruned();
    }

    private static void assertSound(Dacite dacite) {
        assertEquals(
                List.of(),
                Fsck.check(dacite.store(), OptionalLong.empty(), so -> {}).damage());
    }

    /** On PostgreSQL the place itself tells of connections that are left. */
    private static void assertAlone(TestStore place) {
        Path file = Path.of(place.url());
        if (!place.url().startsWith("jdbc:")) {
            try (Stream<Path> files = Files.list(file.getParent())) {
                assertEquals(List.of(file), files.toList(), "nothing is left beside it");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Process start(String url, long... revisions) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                Reader.class.getName(),
                url));
        for (long each : revisions) {
            command.add(Long.toString(each));
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Opens revisions, says so, reads them on when it is told to, and waits for its end. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws Exception {
            try (Dacite dacite = Dacite.open(args[0])) {
                List<Snapshot> open = new ArrayList<>();
                for (int i = 1; i < args.length; i++) {
                    open.add(dacite.at(dacite.revision(args[i])));
                }
                System.out.println("open");
                while (System.in.read() >= 0) {
                    open.forEach(each -> PruneTest.lines(each).forEach(System.out::println));
                }
            }
        }
    }
}
