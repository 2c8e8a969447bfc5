package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The differences of random pairs against those of plain maps. */
class ComparisonPropertyTest {
    private static final byte[] START = new byte[0];

    @ParameterizedTest
    @CsvSource({"91, EVERYTHING, 0", "92, BY_CHANCE, 0", "93, NOTHING, 2", "94, BY_CHANCE, 3"})
    void betweenAnyTwoOfManyVersions(long seed, MemoryNodes.Cache cache, int levels) {
        Random random = new Random(seed);
        List<byte[]> universe = universe(random, levels == 0 ? 120 : 8);
        TestTree tree = TestTree.over(cache, seed);
        List<ReferenceMap> maps = new ArrayList<>(List.of(new ReferenceMap()));
        List<Long> tops = new ArrayList<>(List.of(0L));
        for (int version = 0; version < 14; version++) {
            ReferenceMap map = maps.get(version).copy();
            Changes changes = new Changes();
            Batches.random(random, universe, random.nextInt(30), levels, changes, map);
            maps.add(map);
            tops.add(tree.apply(changes).top());
        }
        for (int before = 0; before < maps.size(); before++) {
            for (int after = 0; after < maps.size(); after++) {
                byte[] from = random.nextBoolean() ? START : universe.get(random.nextInt(universe.size()));
                byte[] to = random.nextBoolean() ? null : universe.get(random.nextInt(universe.size()));
                assertEquals(
                        DiffLines.between(maps.get(before), maps.get(after), from, to),
                        DiffLines.of(Comparison.of(tree.nodes(), tops.get(before), tops.get(after), from, to)),
                        "seed " + seed + ", from version " + before + " to " + after);
            }
        }
    }

    /** Trees that share no row, built apart, are told apart by hash alone. */
    @ParameterizedTest
    @ValueSource(longs = {95, 96})
    void betweenTreesThatWereBuiltApart(long seed) {
        Random random = new Random(seed);
        List<byte[]> universe = universe(random, 60);
        TestTree tree = TestTree.empty();
        TreeRef empty = tree.ref();
        for (int round = 0; round < 40; round++) {
            ReferenceMap before = new ReferenceMap();
            Changes first = new Changes();
            Batches.random(random, universe, 40, 1, first, before);
            long top = tree.back(empty).apply(first).top();
            ReferenceMap after = before.copy();
            Batches.random(random, universe, 5, 1, new Changes(), after);
            tree.back(empty).apply(Batches.between(new ReferenceMap(), after));
            assertEquals(
                    DiffLines.between(before, after, START, null),
                    DiffLines.of(Comparison.of(tree.nodes(), top, tree.top(), START, null)),
                    "seed " + seed + ", round " + round);
        }
    }

    /** Versions in which one key is a prefix of a key of another version, as the codec 'bytes' allows. */
    @ParameterizedTest
    @ValueSource(longs = {97, 98})
    void betweenMapsWhoseKeysArePrefixesOfEachOthers(long seed) {
        Random random = new Random(seed);
        String[] keys = {"00", "0000", "0080", "008000", "00c0", "80", "8011", "8091", "8191"};
        for (int round = 0; round < 400; round++) {
            ReferenceMap before = prefixFree(random, keys);
            ReferenceMap after = prefixFree(random, keys);
            TestTree tree = TestTree.of(before);
            long top = tree.top();
            tree.apply(Batches.between(before, after));
            assertEquals(
                    DiffLines.between(before, after, START, null),
                    DiffLines.of(Comparison.of(tree.nodes(), top, tree.top(), START, null)),
                    "seed " + seed + ", round " + round);
        }
    }

    private static ReferenceMap prefixFree(Random random, String... keys) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String key = keys[random.nextInt(keys.length)];
            if (chosen.stream().noneMatch(other -> other.startsWith(key) || key.startsWith(other))) {
                chosen.add(key);
            }
        }
        ReferenceMap map = new ReferenceMap();
        chosen.forEach(key -> map.put(HexFormat.of().parseHex(key), new byte[] {(byte) random.nextInt(2)}));
        return map;
    }

    /** Keys of two bytes, few of which differ early. */
    private static List<byte[]> universe(Random random, int size) {
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            universe.add(new byte[] {(byte) random.nextInt(6), (byte) random.nextInt(256)});
        }
        return universe;
    }
}
