package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.api.Test;

/**
 * A store that is opened twice in one process keeps SQLite's locks, by which other processes know that they are not the last
 * to leave. To close a file that was opened by other means would drop them all.
 */
class OpenTwiceTest {
    /** Where SQLite's shared locks lie in a database file: its file format, "SHARED_FIRST" and "SHARED_SIZE". */
    private static final long SHARED_FIRST = 0x40000002L;

    private static final long SHARED_SIZE = 510;

    @Test
    void keepsTheLocksOfTheFirst() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            assertTrue(isLocked(place.url()), "an open store is locked");

            assertTrue(Store.exists(place.url()));
            try (Dacite again = Dacite.open(place.url())) {
                assertEquals("1", again.head().get("a").orElseThrow());
            }

            assertTrue(isLocked(place.url()), "and is so when it was opened again");
        }
    }

    /** Asked by another process, since a process never finds its own locks. */
    private static boolean isLocked(String file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of(Looker.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        Looker.class.getName(),
                        file)
                .inheritIO()
                .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return process.exitValue() == Looker.LOCKED;
    }

    /** Ends with {@link #LOCKED} when another process has a shared lock on the file. */
    static final class Looker {
        static final int LOCKED = 7;

        private Looker() {}

        public static void main(String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock(SHARED_FIRST, SHARED_SIZE, false)) {
                System.exit(lock == null ? LOCKED : 0);
            }
        }
    }
}
