package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.history.Commit;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.tree.Changes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two connections that write one revision, cut off at every place that they can be cut off at. */
class SecondConnectionTest {
    private static final Settings SETTINGS = Settings.defaults().withKeyCodec("bytes");
    private static final Keep ONE = new Keep(OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty(), false);
    private static final int MANY = 3_000;
    private static final String ABOVE =
            "select count(*) from vertex where oid > (select coalesce(max(last_oid), 0) from revision)";

    /** What ends a commit after the second connection's transaction is committed and before the writer's is. */
    private enum Cut {
        AN_EXCEPTION,
        A_BACKEND_THAT_ENDS,
        A_PROCESS_THAT_IS_KILLED
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOfACommitIsNobodysUntilTheNextOneClearsIt(Cut cut) throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Connection plain = place.plain()) {
            try (Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
                commit(dacite, MANY, 1, transaction -> {});
                Revision before = dacite.branch("main").getHead();
                RowCounts counts = dacite.store().counts();
                cutOff(cut, place, plain, dacite);

                assertEquals(MANY - 1, number(plain, ABOVE), "what was left is what is tested");
                assertEquals(before, dacite.branch("main").getHead());
                assertEquals(counts, dacite.store().counts());
                sound(dacite, counts);
                assertEquals(0, Sweep.plan(dacite.store(), ONE).vertices());

                Digest root = commit(dacite, 1, 2, transaction -> {}).root();
                assertEquals(0, number(plain, ABOVE));
                assertEquals(
                        before.lastOid() + 1, dacite.branch("main").getHead().firstOid());
                Revision after = commit(dacite, MANY, 3, transaction -> {});
                assertEquals(
                        number(plain, "select count(*) from vertex"),
                        dacite.store().counts().vertices());
                sound(dacite, dacite.store().counts());
                assertEquals(List.of(root, after.root()), rootsOfTheSame(before, MANY));
            }
        }
    }

    private static void cutOff(Cut cut, TestStore place, Connection plain, Dacite dacite) throws Exception {
        if (cut == Cut.A_PROCESS_THAT_IS_KILLED) {
            assertEquals(137, run(Killed.class, place.url()));
            return;
        }
        Class<? extends RuntimeException> expected =
                cut == Cut.AN_EXCEPTION ? IllegalStateException.class : StoreException.class;
        assertThrows(
                expected,
                () -> commit(dacite, MANY, 2, transaction -> {
                    transaction.flush();
                    if (cut == Cut.AN_EXCEPTION) {
                        throw new IllegalStateException("cut off");
                    }
                    transaction.run(
                            () -> end(plain, "pid = " + number(transaction.connection(), "select pg_backend_pid()")));
                }));
    }

    /** The same revisions, made where nothing was ever cut off. */
    private static List<Digest> rootsOfTheSame(Revision first, int changes) throws Exception {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
            assertEquals(
                    first.root(), commit(dacite, changes, 1, transaction -> {}).root());
            return List.of(
                    commit(dacite, 1, 2, transaction -> {}).root(),
                    commit(dacite, changes, 3, transaction -> {}).root());
        }
    }

    @Test
    void aSecondConnectionThatEndsUndoesTheCommit() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Connection plain = place.plain();
                Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
            Revision before = commit(dacite, MANY, 1, transaction -> {});
            String vertices = "state = 'active' and query like 'copy vertex%'";
            assertThrows(
                    StoreException.class,
                    () -> commit(dacite, MANY, 2, transaction -> transaction.run(() -> end(plain, vertices))));
            assertEquals(before, dacite.branch("main").getHead());
            assertEquals(0, number(plain, ABOVE));

            commit(dacite, MANY, 2, transaction -> {});
            end(plain, "query = 'COMMIT' and state = 'idle' and pid <> pg_backend_pid()"); // between two commits, too
            Thread.sleep(50);
            assertThrows(StoreException.class, () -> commit(dacite, 1, 3, transaction -> {}));
            commit(dacite, MANY, 3, transaction -> {});
            sound(dacite, dacite.store().counts());
        }
    }

    @Test
    void aWriterWaitsForTheSecondConnectionOfTheOneBefore() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Connection plain = place.plain();
                Dacite dacite = Dacite.open(place.url(), SETTINGS.withLockTimeoutMillis(200))) {
            commit(dacite, 1, 1, transaction -> {});
            plain.setAutoCommit(false);
            number(
                    plain,
                    "select 1 from pg_advisory_xact_lock_shared(hashtext('dacite vertices'), hashtext(current_schema()))");
            StoreException waited = assertThrows(StoreException.class, () -> commit(dacite, 1, 2, transaction -> {}));
            assertTrue(waited.getMessage().contains("another process is writing"), waited::getMessage);
            plain.rollback();
            commit(dacite, 1, 2, transaction -> {});
            plain.setAutoCommit(true);
        }
    }

    @Test
    void itBeginsBesideAnOpenTransactionOnly() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Dacite dacite = Dacite.open(place.url(), SETTINGS);
                Connection writer = place.plain()) {
            commit(dacite, 1, 1, transaction -> {});
            SecondConnection second = new SecondConnection(place::plain);
            writer.setAutoCommit(false);
            assertTrue(second.begin(writer));
            second.commit();
            long transaction = number(writer, "select txid_current()");
            assertTrue(second.begin(transaction));
            second.commit();
            writer.rollback();
            assertFalse(second.begin(transaction), "its writer is gone");

            number(writer, "select 1 from vertex for update"); // takes a lock on the table
            assertTrue(second.begin(writer), "which is in nobody's way");
            second.close();
            writer.rollback();
            try (Statement statement = writer.createStatement()) {
                statement.execute("set local dacite.alone = 'on'");
            }
            assertFalse(second.begin(writer), "it cleared away what the second would write");
            second.close();
            writer.rollback();
            assertFalse(new SecondConnection(() -> {
                        throw new SQLException("too many connections", "53300");
                    })
                    .begin(writer));
        }
    }

    @Test
    void aWriterThatMayNotDeleteGoesAlone() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Dacite dacite = Dacite.open(place.url(), SETTINGS);
                Connection writer = place.plain();
                Statement statement = writer.createStatement()) {
            commit(dacite, 1, 1, transaction -> {});
            String role = writer.getSchema() + "_writer";
            statement.execute("create role " + role + "; grant usage on schema " + writer.getSchema() + " to " + role
                    + "; grant select, insert on all tables in schema " + writer.getSchema() + " to " + role);
            try {
                SecondConnection second = new SecondConnection(place::plain);
                writer.setAutoCommit(false);
                statement.execute("set local role " + role);
                assertFalse(second.begin(writer));
                writer.rollback();
                assertTrue(second.begin(writer));
                second.close();
                writer.rollback();
                statement.execute("set local role " + role);
                StoreException refusal = assertThrows(StoreException.class, () -> SecondConnection.clear(writer, 41));
                assertTrue(refusal.getMessage().startsWith("expected no vertices above OID 41, "), refusal::getMessage);
                writer.rollback();
            } finally {
                writer.setAutoCommit(true);
                statement.execute("drop owned by " + role + "; drop role " + role);
            }
        }
    }

    private static Revision commit(Dacite dacite, int changes, int version, Consumer<WriteTransaction> also) {
        try (Changes batch = new Changes()) {
            for (int i = 0; i < changes; i++) {
                byte[] key = new byte[32];
                new Random(i).nextBytes(key);
                batch.put(key, null, new byte[] {(byte) version});
            }
            return new Commit(dacite.branch("main").head(), Note.of("some").at(version), batch)
                    .make(dacite, (names, revision) -> "main", (transaction, revision) -> also.accept(transaction));
        }
    }

    private static void sound(Dacite dacite, RowCounts counts) {
        Fsck.Report report = Fsck.check(dacite.store(), OptionalLong.empty(), line -> {});
        assertEquals(List.of(), report.damage());
        assertEquals(counts.vertices(), report.vertices());
    }

    private static long number(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Ends the processes of the server that work for this store and of which that holds; there must be one. */
    private static void end(Connection plain, String which) throws SQLException {
        assertTrue(
                number(
                                plain,
                                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name ="
                                        + " current_setting('application_name') and " + which)
                        > 0,
                which);
    }

    private static int run(Class<?> main, String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        main.getName(),
                        url)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    /** Dies between the two commits, as by {@code kill -9}: its sockets close, and nothing else happens. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] args) {
            try (Dacite dacite = Dacite.open(args[0])) {
                commit(dacite, MANY, 2, transaction -> {
                    transaction.flush();
                    Runtime.getRuntime().halt(137);
                });
            }
        }
    }
}
