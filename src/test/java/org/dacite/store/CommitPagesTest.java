package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.junit.jupiter.api.Test;

/** What a commit of one change writes to SQLite's log, of which each page costs it time. */
final class CommitPagesTest {
    private static final int FRAME_BYTES = 4096 + 24;
    private static final int COMMITS = 200;
    private static final Settings SETTINGS =
            Settings.defaults().withKeyCodec("bytes").withIndexes(IndexLevel.NONE);

    private final Random random = new Random(17);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void commit(Branch branch, int changes) {
        branch.commit("some", batch -> {
            for (int i = 0; i < changes; i++) {
                batch.put(bytes(32), bytes(100));
            }
        });
    }

    /** The last pages of vertex, leaf and revision; when one is full, a new one, the one above it and the first of the file. */
    @Test
    void aCommitOfOneChangeWritesThreePagesAndWhatATableGrowsBy() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
            Branch branch = dacite.branch(Branch.MAIN);
            commit(branch, 5_000);
            commit(branch, 1);
            emptyLog(place);
            for (int i = 0; i < COMMITS; i++) {
                commit(branch, 1);
            }
            double pages = (double) Files.size(Path.of(place.url() + "-wal")) / FRAME_BYTES / COMMITS;
            assertTrue(pages >= 3 && pages < 4.2, () -> pages + " pages a commit");
        }
    }

    private static void emptyLog(TestStore place) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.execute("pragma wal_checkpoint(truncate)"));
        }
        assertEquals(0, Path.of(place.url() + "-wal").toFile().length());
    }
}
