package org.dacite.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dacite.reference.ReferenceBits.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    private static final byte[] START = new byte[0];

    /** The differences between two maps, as lines {@code key: before → after}. */
    private static List<String> diff(ReferenceMap before, ReferenceMap after, byte[] from, byte[] to) {
        TestTree tree = TestTree.of(before);
        long top = tree.top();
        tree.apply(Batches.between(before, after));
        return DiffLines.of(Comparison.of(tree.nodes(), top, tree.top(), from, to));
    }

    private static ReferenceMap bytes(String... keys) {
        ReferenceMap map = new ReferenceMap();
        for (String key : keys) {
            map.put(key.getBytes(UTF_8), new byte[] {7});
        }
        return map;
    }

    @Test
    void saysWhatCameWhatWentAndWhatChanged() {
        ReferenceMap before = ReferenceMap.of("a", "1", "b", "2", "c", "3");
        ReferenceMap after = ReferenceMap.of("a", "1", "b", "9", "d", "4");
        assertEquals(List.of("6200: 32 → 39", "6300: 33 → -", "6400: - → 34"), diff(before, after, START, null));
    }

    @Test
    void equalMapsDoNotDiffer() {
        ReferenceMap map = ReferenceMap.of("a", "1", "b", "2");
        assertEquals(List.of(), diff(map, map, START, null));
        assertEquals(List.of(), diff(new ReferenceMap(), new ReferenceMap(), START, null));
    }

    @Test
    void againstTheEmptyMapItIsAScan() {
        ReferenceMap map = ReferenceMap.of("a", "1", "b", "2");
        assertEquals(List.of("6100: - → 31", "6200: - → 32"), diff(new ReferenceMap(), map, START, null));
        assertEquals(List.of("6100: 31 → -", "6200: 32 → -"), diff(map, new ReferenceMap(), START, null));
    }

    @Test
    void looksIntoLinkedTreesAtThePlaceOfTheirLink() {
        ReferenceMap before = ReferenceMap.of("a", "1", "z", "5").put(text("t"), ReferenceMap.of("x", "1", "y", "2"));
        ReferenceMap after = ReferenceMap.of("a", "2").put(text("t"), ReferenceMap.of("x", "1", "y", "3"));
        assertEquals(List.of("6100: 31 → 32", "7400/7900: 32 → 33", "7a00: 35 → -"), diff(before, after, START, null));
    }

    @Test
    void aTreeThatComesInThePlaceOfAValueFollowsIt() {
        ReferenceMap before = ReferenceMap.of("a", "1", "t", "5");
        ReferenceMap after = ReferenceMap.of("a", "1").put(text("t"), ReferenceMap.of("x", "1"));
        assertEquals(List.of("7400: 35 → -", "7400/7800: - → 31"), diff(before, after, START, null));
        assertEquals(List.of("7400/7800: 31 → -", "7400: - → 35"), diff(after, before, START, null));
    }

    /** At one place a leaf, at the same place a vertex: only where keys may be prefixes of keys of other versions. */
    @Test
    void aKeyMayBecomeTheCommonPrefixOfOthers() {
        ReferenceMap before = bytes("a", "x");
        ReferenceMap after = bytes("a0", "a\u007f", "x");
        assertEquals(List.of("61: 07 → -", "6130: - → 07", "617f: - → 07"), diff(before, after, START, null));
        assertEquals(List.of("61: - → 07", "6130: 07 → -", "617f: 07 → -"), diff(after, before, START, null));
    }

    @Test
    void aKeyMayBecomeTheVeryPrefixOfAVertex() {
        ReferenceMap before = bytes("a");
        ReferenceMap after = new ReferenceMap()
                .put(new byte[] {'a', 0x11}, new byte[] {7})
                .put(new byte[] {'a', (byte) 0x91}, new byte[] {7});
        assertEquals(List.of("61: 07 → -", "6111: - → 07", "6191: - → 07"), diff(before, after, START, null));
        assertEquals(List.of("61: - → 07", "6111: 07 → -", "6191: 07 → -"), diff(after, before, START, null));
        assertEquals(List.of("6111: - → 07"), diff(before, after, new byte[] {'a', 0}, new byte[] {'a', 0x12}));
    }

    @Test
    void aRangeIsOfTheOutermostTree() {
        ReferenceMap map = ReferenceMap.of("a", "1", "b", "2", "c", "3", "d", "4");
        assertEquals(List.of("6200: - → 32", "6300: - → 33"), diff(new ReferenceMap(), map, text("b"), text("d")));
        assertEquals(List.of(), diff(new ReferenceMap(), map, text("bb"), text("c")));
        assertEquals(List.of("6400: - → 34"), diff(new ReferenceMap(), map, text("cc"), null));
    }

    @Test
    void aRangeLeavesOutWhatIsLinkedOutsideIt() {
        ReferenceMap before = ReferenceMap.of("c", "1")
                .put(text("a"), ReferenceMap.of("x", "1"))
                .put(text("d"), ReferenceMap.of("x", "1"));
        ReferenceMap after = ReferenceMap.of("c", "2")
                .put(text("a"), ReferenceMap.of("x", "2"))
                .put(text("d"), ReferenceMap.of("x", "2"));
        assertEquals(List.of("6300: 31 → 32"), diff(before, after, text("b"), text("d")));
        assertEquals(List.of("6100/7800: 31 → 32"), diff(before, after, START, text("b")));
        assertEquals(List.of("6400/7800: 31 → 32"), diff(before, after, text("d"), text("da")));
    }

    @Test
    void endsAsIteratorsDo() {
        TestTree tree = TestTree.of(ReferenceMap.of("a", "1"));
        Comparison walk = Comparison.of(tree.nodes(), 0, tree.top(), START, null);
        assertTrue(walk.hasNext());
        assertTrue(walk.hasNext());
        assertEquals(walk.next().leaf(), tree.nodes().row(tree.top()));
        assertFalse(walk.hasNext());
        assertThrows(NoSuchElementException.class, walk::next);
    }

    @ParameterizedTest
    @ValueSource(longs = {81, 82})
    void fetchesInProportionToTheDifference(long seed) {
        TestTree tree = large(seed);
        TreeRef before = tree.ref();
        Changes changes = new Changes();
        changes.put(key(new Random(seed)), null, new byte[] {9});
        tree.apply(changes);
        tree.nodes().forgetCounts();
        assertEquals(
                1,
                DiffLines.of(Comparison.of(tree.nodes(), before.top(), tree.top(), START, null))
                        .size());
        int fetched = tree.nodes().fetched();
        assertTrue(fetched < 100, "seed " + seed + ", fetched " + fetched);
    }

    @ParameterizedTest
    @ValueSource(longs = {83, 84})
    void theFirstLeavesOfAScanComeBeforeTheRestIsFetched(long seed) {
        TestTree tree = large(seed);
        tree.nodes().forgetCounts();
        Comparison scan = Comparison.of(tree.nodes(), 0, tree.top(), key(new Random(seed)), null);
        for (int i = 0; i < 5; i++) {
            scan.next();
        }
        int fetched = tree.nodes().fetched();
        assertTrue(fetched < 5_000, "seed " + seed + ", fetched " + fetched);
    }

    @ParameterizedTest
    @ValueSource(longs = {85, 86})
    void aWholeScanFetchesEveryNodeOnceAndManyAtATime(long seed) {
        TestTree tree = large(seed);
        tree.nodes().forgetCounts();
        assertEquals(
                5_000,
                DiffLines.of(Comparison.of(tree.nodes(), 0, tree.top(), START, null))
                        .size());
        assertEquals(9_999, tree.nodes().fetched(), "seed " + seed);
        assertTrue(
                tree.nodes().statements() < 150,
                "seed " + seed + ", statements " + tree.nodes().statements());
    }

    /** Five thousand random keys over no cache; the first is that of a new Random of the seed. */
    private static TestTree large(long seed) {
        Random random = new Random(seed);
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, seed);
        Changes all = new Changes();
        for (int i = 0; i < 5_000; i++) {
            all.put(key(random), null, new byte[] {1});
        }
        return tree.apply(all);
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[16];
        random.nextBytes(key);
        return key;
    }
}
