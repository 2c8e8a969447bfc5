package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dacite.bits.KeyCodec;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.tree.Changes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commits whose changes stand in a temporary file, beside the same ones held on the heap: the rows must be the same. */
class LargeCommitTest {
    private static final int COMMITS = 4;
    private static final int CHANGES = 3_000;
    private static final long HELD_BYTES = 40_000;
    private static final int WINDOW = 250;

    private static final List<String> ROWS = List.of(
            "select oid, prefix, depth, left_oid, right_oid, leaf_count, hash from vertex order by oid",
            "select oid, tree_id, key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid, revision_id from leaf"
                    + " order by oid",
            "select id, height, root_oid, root, leaf_count, first_oid, last_oid from revision order by id");

    private static Changes fill(Changes changes, long seed) {
        Random random = new Random(seed);
        KeyCodec codec = KeyCodec.text();
        Changes inner = changes.tree(codec.canonical(codec.parse("a tree")), null);
        for (int i = 0; i < CHANGES; i++) {
            Changes tree = random.nextInt(3) == 0
                    ? inner
                    : random.nextInt(30) == 0
                            ? inner.tree(codec.canonical(codec.parse("t" + random.nextInt(40))), null)
                            : changes;
            byte[] key = codec.canonical(codec.parse("key " + random.nextInt(4 * CHANGES)));
            byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            if (random.nextInt(8) == 0) {
                tree.delete(key, null);
            } else {
                tree.put(key, null, value);
            }
        }
        return changes;
    }

    private static Revision commit(Dacite dacite, Changes changes) {
        return new Commit(dacite.branch("main").head(), Note.of("large").at(1), changes)
                .make(dacite, (names, revision) -> "main", (transaction, revision) -> {});
    }

    private static List<String> rows(TestStore place) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            for (String query : ROWS) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        StringBuilder line = new StringBuilder();
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            Object each = rows.getObject(i);
                            line.append(
                                            each instanceof byte[] bytes
                                                    ? HexFormat.of().formatHex(bytes)
                                                    : each)
                                    .append(' ');
                        }
                        lines.add(line.toString());
                    }
                }
            }
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void writeTheSameRows(Engine engine) throws SQLException {
        try (TestStore first = engine.fresh();
                TestStore second = engine.fresh()) {
            Settings small = Settings.defaults().withCacheBytes(1 << 20);
            for (int i = 0; i < COMMITS; i++) {
                try (Dacite heap = Dacite.open(first.url());
                        Dacite file = Dacite.open(second.url(), small);
                        Changes large = Changes.holding(HELD_BYTES, WINDOW)) {
                    commit(heap, fill(new Changes(), i));
                    commit(file, fill(large, i));
                    assertTrue(large.mostHeldBytes() < HELD_BYTES + 1_000, () -> large.mostHeldBytes() + " bytes");
                }
            }
            List<String> expected = rows(first);
            assertTrue(expected.size() > COMMITS * CHANGES, () -> "expected rows, got " + expected.size());
            assertEquals(expected, rows(second));
        }
    }

    /** What fails while a large batch is merged leaves nothing behind. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void areAtomic(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            commit(dacite, fill(new Changes(), 1));
            List<String> before = rows(place);
            try (Changes large = Changes.holding(HELD_BYTES, WINDOW)) {
                fill(large, 2);
                byte[] last = {(byte) 0xff};
                large.put(last, null, last);
                large.put(new byte[] {(byte) 0xff, 1}, null, last);
                String message = null;
                try {
                    commit(dacite, large);
                } catch (IllegalArgumentException e) {
                    message = e.getMessage();
                }
                assertTrue(
                        message != null && message.startsWith("expected keys of which none is a prefix of another"),
                        message);
            }
            assertEquals(before, rows(place));
            assertEquals(Optional.of(1L), dacite.branch("main").head().map(Revision::id));
        }
    }

    /** Twice as many bytes in one batch as the whole heap of a process has. */
    @Test
    void fitIntoAHeapThatIsSmallerThanTheyAre() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                            Loader.class.getName(),
                            place.url())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
            try (Dacite dacite = Dacite.open(place.url())) {
                assertEquals(
                        Loader.RECORDS,
                        dacite.branch("main").head().orElseThrow().leafCount());
                assertArrayEquals(
                        Loader.value(17), dacite.head().get(Loader.key(17)).orElseThrow());
            }
        }
    }

    /** Commits records that come to 130 MB in one batch. */
    static final class Loader {
        static final int RECORDS = 130_000;
        private static final int VALUE_BYTES = 1_000;

        private Loader() {}

        public static void main(String[] args) {
            try (Dacite dacite = Dacite.open(args[0], Settings.defaults().withCacheBytes(4 << 20))) {
                dacite.branch("main").commit("all", batch -> {
                    for (int i = 0; i < RECORDS; i++) {
                        batch.put(key(i), value(i));
                    }
                });
            }
        }

        static byte[] key(int number) {
            return Long.toHexString(number * 0x9E3779B97F4A7C15L).getBytes(StandardCharsets.UTF_8);
        }

        static byte[] value(int number) {
            byte[] value = new byte[VALUE_BYTES];
            Arrays.fill(value, (byte) number);
            return value;
        }
    }
}
