package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random runs against a plain map. */
class MergePropertyTest {
    private static final int BATCHES = 60;

    /** Random text keys of one to six letters out of four, so that many share long prefixes. */
    private static List<byte[]> universe(Random random, int size) {
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            StringBuilder key = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                key.append((char) ('a' + random.nextInt(4)));
            }
            universe.add(ReferenceBits.text(key.toString()));
        }
        return universe;
    }

    private static String root(ReferenceMap map) {
        return HexFormat.of().formatHex(ReferenceTree.root(map));
    }

    @ParameterizedTest
    @CsvSource({"41, EVERYTHING, 0", "42, NOTHING, 0", "43, BY_CHANCE, 0", "44, BY_CHANCE, 3", "45, NOTHING, 2"})
    void manyBatchesOfAnySize(long seed, MemoryNodes.Cache cache, int levels) {
        Random random = new Random(seed);
        List<byte[]> universe = universe(random, levels == 0 ? 200 : 12);
        TestTree tree = TestTree.over(cache, seed);
        ReferenceMap map = new ReferenceMap();
        for (int batch = 0; batch < BATCHES; batch++) {
            String where = "seed " + seed + ", batch " + batch;
            Changes changes = new Changes();
            Batches.random(random, universe, random.nextInt(40), levels, changes, map);
            tree.apply(changes);
            assertEquals(root(map), tree.root(), where);
            assertEquals(map.lines(), tree.lines(), where);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void anyOrderAndAnyPartitionGiveTheSameRoot(long seed) {
        Random random = new Random(seed);
        List<byte[]> keys = universe(random, 60);
        ReferenceMap map = new ReferenceMap();
        keys.forEach(key -> map.put(key, key));
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(keys, random);
            TestTree tree = TestTree.over(MemoryNodes.Cache.BY_CHANCE, seed);
            for (int from = 0; from < keys.size(); ) {
                int to = Math.min(keys.size(), from + 1 + random.nextInt(30));
                Changes changes = new Changes();
                keys.subList(from, to).forEach(key -> changes.put(key, null, key));
                tree.apply(changes);
                from = to;
            }
            assertEquals(root(map), tree.root(), "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63})
    void aDetourOfPutsAndDeletesLeadsBack(long seed) {
        Random random = new Random(seed);
        List<byte[]> universe = universe(random, 30);
        ReferenceMap map = new ReferenceMap();
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, seed);
        Changes first = new Changes();
        Batches.random(random, universe, 30, 2, first, map);
        String root = tree.apply(first).root();
        for (int round = 0; round < 40; round++) {
            ReferenceMap away = map.copy();
            Changes changes = new Changes();
            Batches.random(random, universe, 20, 2, changes, away);
            tree.apply(changes).apply(Batches.between(away, map));
            assertEquals(root, tree.root(), "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72})
    void aBatchFetchesThePathAndItsSiblingsInOneStatement(long seed) {
        Random random = new Random(seed);
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, seed);
        Changes all = new Changes();
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[8];
            random.nextBytes(key);
            all.put(key, null, key);
        }
        tree.apply(all);
        byte[] key = new byte[8];
        random.nextBytes(key);
        tree.nodes().forgetCounts();
        tree.nodes().leaf(tree.top(), key);
        int path = tree.nodes().fetched();
        Changes one = new Changes();
        one.put(key, null, key);
        tree.apply(one);
        assertEquals(1, tree.nodes().statements(), "seed " + seed);
        assertEquals(2 * path - 1, tree.nodes().fetched(), "seed " + seed);
    }
}
