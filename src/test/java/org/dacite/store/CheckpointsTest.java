package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What a checkpoint did not reach, since it was committed meanwhile, the writer moves; then the log begins anew. */
final class CheckpointsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long ENOUGH = 1L << 30;

    @TempDir
    private Path folder;

    @Test
    void theWriterMovesTheRestAndTheLogBeginsAnew() throws Exception {
        SqliteFile file = new SqliteFile(folder.resolve("store.db"));
        Checkpoints checkpoints = new Checkpoints(() -> file.connections(SqliteFile.config()));
        try (Connection writer = file.connections(SqliteFile.config()).getConnection();
                Connection reader = file.connections(SqliteFile.config()).getConnection()) {
            run(writer, "create table t (a)");
            try (Statement reading = reader.createStatement();
                    ResultSet row = reading.executeQuery("select count(*) from t, pragma_page_count")) {
                assertTrue(row.next()); // as long as it reads, no checkpoint goes beyond what it sees
                run(writer, "insert into t values (1)");
                checkpoints.finish(writer);
                checkpoints.wake(ENOUGH);
                awaitRest(checkpoints);
            }
            int before = rounds();
            run(writer, "insert into t values (2)");
            assertEquals(before, rounds(), "the log went on");

            checkpoints.finish(writer);

            assertFalse(checkpoints.isRestLeft());
            run(writer, "insert into t values (3)");
            assertEquals(before + 1, rounds(), "the log began anew");
        } finally {
            checkpoints.close();
        }
    }

    @Test
    void oneThatFailsIsNotTheLast() throws Exception {
        SqliteFile file = new SqliteFile(folder.resolve("store.db"));
        SQLiteDataSource broken = new SQLiteDataSource();
        broken.setUrl("jdbc:sqlite:" + folder.resolve("no folder/store.db"));
        AtomicInteger asked = new AtomicInteger();
        Checkpoints checkpoints =
                new Checkpoints(() -> asked.incrementAndGet() == 1 ? broken : file.connections(SqliteFile.config()));
        try (Connection writer = file.connections(SqliteFile.config()).getConnection()) {
            run(writer, "create table t (a)");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!checkpoints.isRestLeft()) {
                assertTrue(System.nanoTime() < end, "expected another checkpoint within " + PATIENCE);
                checkpoints.wake(ENOUGH);
                Thread.sleep(1);
            }
        } finally {
            checkpoints.close();
        }
    }

    private static void awaitRest(Checkpoints checkpoints) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!checkpoints.isRestLeft()) {
            assertTrue(System.nanoTime() < end, "expected a checkpoint that leaves something over within " + PATIENCE);
            Thread.sleep(1);
        }
    }

    /** How often the log began anew, as its header says. */
    private int rounds() throws IOException {
        byte[] log = Files.readAllBytes(folder.resolve("store.db-wal"));
        return ByteBuffer.wrap(log).getInt(12);
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }
}
