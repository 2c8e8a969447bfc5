package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.tree.Vertex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many rows stand between a merge and the database: a bound, however fast the one and however slow the other. */
class WaitingRowsTest {
    private static final int CHANGES = 12_000;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void areBoundedWhateverTheSizeOfABatch(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Random random = new Random(5);
            dacite.branch("main").commit("much", batch -> {
                for (int i = 0; i < CHANGES; i++) {
                    batch.put("key " + random.nextInt(), "value " + i);
                }
            });
            Counters counters = dacite.store().counters();
            assertTrue(counters.verticesWritten() > CHANGES / 2, "expected rows");
            long most = counters.mostWaitingRows();
            assertTrue(most >= BackgroundAppender.CHUNK_ROWS, () -> "expected rows on another thread, got " + most);
            assertTrue(most <= BackgroundAppender.MAX_WAITING_ROWS, () -> "expected few rows to wait, got " + most);
        }
    }

    /** A database that takes no row until it is let. */
    private static final class Slow implements RowAppender {
        private final CountDownLatch let = new CountDownLatch(1);
        private final AtomicInteger taken = new AtomicInteger();

        @Override
        public void vertex(Vertex vertex) throws SQLException {
            try {
                let.await();
            } catch (InterruptedException e) {
                throw new SQLException("interrupted", e);
            }
            taken.incrementAndGet();
        }

        @Override
        public void leaf(LeafRow row) {}

        @Override
        public void logNode(long log, long position, byte[] digest) {}

        @Override
        public void logEntry(long log, long number, byte[] entry) {}

        @Override
        public void flush() {}
    }

    @Test
    void makeTheMergeWaitForTheDatabase() throws Exception {
        Slow slow = new Slow();
        AtomicInteger given = new AtomicInteger();
        int rows = 3 * BackgroundAppender.MAX_WAITING_ROWS;
        try (BackgroundAppender appender = new BackgroundAppender(slow, new NodeCache(1 << 20))) {
            CountDownLatch done = new CountDownLatch(1);
            Thread merge = new Thread(() -> {
                try {
                    for (int i = 1; i <= rows; i++) {
                        appender.vertex(new Vertex(i, new byte[] {(byte) 0x80}, 0, -1, -2, 2, new byte[32]));
                        given.incrementAndGet();
                    }
                    appender.flush();
                    done.countDown();
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            merge.start();
            while (merge.getState() != Thread.State.WAITING && merge.isAlive()) {
                Thread.sleep(1);
            }
            int ahead = given.get();
            slow.let.countDown();
            assertTrue(done.await(30, TimeUnit.SECONDS), "expected an end once the database takes rows");
            assertTrue(ahead <= BackgroundAppender.MAX_WAITING_ROWS, () -> "expected the merge to wait, got " + ahead);
            assertTrue(appender.mostWaitingRows() <= BackgroundAppender.MAX_WAITING_ROWS);
            assertEquals(rows, slow.taken.get());
        }
    }
}
