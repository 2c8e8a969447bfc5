package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch that moved to a temporary file, and is merged window by window, against the same one held on the heap. */
class LargeBatchTest {
    private static final int BATCHES = 60;
    private static final byte[] A = {'a'};
    private static final byte[] B = {'b'};

    private static List<String> rows(TestTree tree) {
        return tree.written().stream().map(LargeBatchTest::line).toList();
    }

    private static String line(MemoryNodes.Row row) {
        HexFormat hex = HexFormat.of();
        String node = row.node() == null
                ? "deleted"
                : row.node() instanceof Vertex vertex
                        ? hex.formatHex(vertex.prefix()) + " " + vertex.left() + " " + vertex.right() + " "
                                + vertex.leafCount() + " " + hex.formatHex(vertex.hash())
                        : leaf((Leaf) row.node());
        return row.oid() + " " + row.treeId() + " " + row.previousOid() + " " + node;
    }

    private static String leaf(Leaf leaf) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(leaf.key()) + "=" + hex.formatHex(leaf.value()) + " " + leaf.tree() + " "
                + leaf.leafCount() + " " + hex.formatHex(leaf.hash());
    }

    private static List<byte[]> universe(Random random) {
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            universe.add(new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(4), (byte) i});
        }
        return universe;
    }

    /** The same deeds each time it is asked for them. */
    private static Changes fill(Changes changes, long seed, List<byte[]> universe, TestTree tree, ReferenceMap map) {
        Random random = new Random(seed);
        ReferenceMap before = map.copy();
        for (int deed = 2 + random.nextInt(4); deed > 0; deed--) {
            if (random.nextInt(4) > 0) {
                Batches.random(random, universe, random.nextInt(30), 2, changes, map);
            } else {
                byte[] from = universe.get(random.nextInt(universe.size()));
                byte[] to = universe.get(random.nextInt(universe.size()));
                if (before.treeOrNull(from) != null) {
                    changes.delete(to, null);
                    changes.link(
                            to,
                            null,
                            Lookup.find(tree.nodes(), tree.top(), from).linked());
                    map.put(to, before.treeOrNull(from));
                }
            }
        }
        return changes;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, EVERYTHING",
        "0, 3, NOTHING",
        "500, 2, BY_CHANCE",
        "2000, 10, BY_CHANCE",
        "9000, 1, NOTHING",
        "1000000, 4, NOTHING",
        "700, 10000, NOTHING"
    })
    void writesTheSameRows(long heldBytes, int window, MemoryNodes.Cache cache) {
        Random random = new Random(heldBytes + window);
        List<byte[]> universe = universe(random);
        TestTree heap = TestTree.over(MemoryNodes.Cache.EVERYTHING, 1);
        TestTree file = TestTree.over(cache, 1);
        ReferenceMap map = new ReferenceMap();
        for (int batch = 0; batch < BATCHES; batch++) {
            long seed = random.nextLong();
            ReferenceMap copy = map.copy();
            try (Changes large = Changes.holding(heldBytes, window)) {
                fill(large, seed, universe, heap, copy);
                heap.apply(fill(new Changes(), seed, universe, heap, map));
                file.applyLarge(large);
                assertTrue(large.mostHeldBytes() <= heldBytes + 100, () -> large.mostHeldBytes() + " bytes held");
            }
            String where = "batch " + batch + " of seed " + seed;
            assertEquals(rows(heap), rows(file), where);
            assertEquals(heap.root(), file.root(), where);
            assertEquals(map.lines(), file.lines(), where);
        }
    }

    @Test
    void keepsUserKeysValuesOfAnySizeAndTheLastOfAKey() {
        byte[] value = new byte[200_000];
        new Random(7).nextBytes(value);
        try (Changes changes = Changes.holding(0, 10)) {
            changes.put(A, B, new byte[0]);
            changes.put(A, B, value);
            changes.put(B, null, new byte[1]);
            changes.delete(B, A);
            TestTree tree = TestTree.empty().applyLarge(changes);
            Leaf leaf = Lookup.find(tree.nodes(), tree.top(), A);
            assertEquals(HexFormat.of().formatHex(value), HexFormat.of().formatHex(leaf.value()));
            assertEquals("b", new String(leaf.userKey(), StandardCharsets.UTF_8));
            assertEquals(1, tree.written().size());
        }
    }

    @Test
    void mayBeReadTwiceAndGrowInBetween() {
        try (Changes changes = Changes.holding(100, 10)) {
            changes.put(B, null, A);
            Changes nested = changes.tree(A, null);
            nested.put(A, null, A);
            String first = TestTree.empty().applyLarge(changes).root();
            assertEquals(first, TestTree.empty().applyLarge(changes).root());
            assertSame(nested, changes.tree(A, null));
            nested.put(A, null, B);
            ReferenceMap map = new ReferenceMap();
            map.put(B, A);
            map.tree(A).put(A, B);
            assertEquals(map.lines(), TestTree.empty().applyLarge(changes).lines());
        }
    }

    @Test
    void refusesWhatTheSameBatchOnTheHeapRefuses() {
        try (Changes prefix = Changes.holding(0, 1);
                Changes kind = Changes.holding(0, 1)) {
            prefix.put(new byte[] {'a', 'b'}, null, A);
            prefix.put(A, null, A);
            assertEquals(
                    "expected keys of which none is a prefix of another, got 'a' and 'ab'; the key codecs 'text', 'uint'"
                            + " and 'hashed' allow any keys",
                    TestTree.empty().refused(PrefixException.class, prefix).getMessage());
            kind.put(A, null, A);
            kind.tree(A, null).put(A, null, A);
            TestTree.empty().refused(KindException.class, kind);
        }
    }

    @Test
    void saysInOneLineThatThereIsNoRoom() {
        String folder = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder + "/none/such");
        try (Changes changes = Changes.holding(0, 1)) {
            SpillException failure = assertThrows(SpillException.class, () -> changes.put(A, null, A));
            assertTrue(failure.getMessage().startsWith("expected room for temporary files in "), failure::getMessage);
        } finally {
            System.setProperty("java.io.tmpdir", folder);
        }
    }

    /** Whatever ends the process, nothing is left behind. */
    @Test
    void leavesNoNameInTheFolder(@TempDir Path folder) {
        String usual = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder.toString());
        try (Changes changes = Changes.holding(0, 1)) {
            changes.put(A, null, A);
            assertTrue(changes.isSpilled());
            assertArrayEquals(new String[0], folder.toFile().list());
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }

    /** Windows cost a statement each; what is fetched for one is not held for the next. */
    @Test
    void takesOneStatementForEachWindow() {
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, 1);
        Random random = new Random(3);
        Changes all = new Changes();
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] key = new byte[8];
            random.nextBytes(key);
            keys.add(key);
            all.put(key, null, key);
        }
        tree.apply(all);
        try (Changes large = Changes.holding(20_000, 100)) {
            keys.forEach(key -> large.put(key, null, A));
            tree.applyLarge(large);
            assertEquals(10, tree.nodes().statements());
        }
    }
}
