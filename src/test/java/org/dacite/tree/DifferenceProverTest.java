package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.proof.DifferenceProof;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proofs of differences: made of the smallest proofs of the changed keys, they always hold, and tell what plain maps tell. */
class DifferenceProverTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] START = new byte[0];

    /** A map with its tree. */
    private record Built(ReferenceMap map, TreeRef tree) {}

    /** Builds trees apart, over the same rows. */
    private static Built built(TestTree rows, ReferenceMap map) {
        rows.back(TestTree.empty().ref());
        rows.apply(Batches.between(new ReferenceMap(), map));
        return new Built(map, rows.ref());
    }

    private static void check(String where, NodeSource nodes, Built before, Built after) {
        DifferenceProof proof =
                Prover.proveDifference(nodes, before.tree.top(), after.tree.top(), HashAlgorithm.SHA_256);
        List<String> found = DiffLines.of(DifferenceProof.parse(proof.bytes())
                .verify(Digest.of(before.tree.root()), Digest.of(after.tree.root())));
        List<String> expected = DiffLines.between(before.map, after.map, START, null);
        assertEquals(expected, found, () -> where + ": from " + before.map + " to " + after.map);
    }

    /** Byte for byte the two smallest proofs of the keys that differ. */
    private static void checkSmallest(String where, NodeSource nodes, Built before, Built after) {
        check(where, nodes, before, after);
        DifferenceProof proof =
                Prover.proveDifference(nodes, before.tree.top(), after.tree.top(), HashAlgorithm.SHA_256);
        List<List<byte[]>> paths = new ArrayList<>();
        for (String line : DiffLines.between(before.map, after.map, START, null)) {
            List<byte[]> path = new ArrayList<>();
            for (String key : line.substring(0, line.indexOf(':')).split("/", -1)) {
                path.add(HEX.parseHex(key));
            }
            paths.add(path);
        }
        Asked asked = Asked.paths(paths);
        assertEquals(
                HEX.formatHex(ReferenceTree.of(before.map, ReferenceHash.SHA256).proof(asked)),
                HEX.formatHex(proof.before().bytes()),
                where);
        assertEquals(
                HEX.formatHex(ReferenceTree.of(after.map, ReferenceHash.SHA256).proof(asked)),
                HEX.formatHex(proof.after().bytes()),
                where);
    }

    private static void checkPairs(List<ReferenceMap> maps, boolean smallest) {
        TestTree rows = TestTree.empty();
        List<Built> built = maps.stream().map(map -> built(rows, map)).toList();
        for (Built before : built) {
            for (Built after : built) {
                if (smallest) {
                    checkSmallest("every pair", rows.nodes(), before, after);
                } else {
                    check("every pair", rows.nodes(), before, after);
                }
            }
        }
    }

    /** Every pair of maps of five keys, each absent or with one of two values. */
    @Test
    void everyPairOfSmallMaps() {
        List<ReferenceMap> maps = new ArrayList<>(List.of(new ReferenceMap()));
        for (String key : List.of("00", "01", "40", "80", "c0")) {
            for (ReferenceMap map : List.copyOf(maps)) {
                for (byte value = 0; value < 2; value++) {
                    maps.add(map.copy().put(HEX.parseHex(key), new byte[] {value}));
                }
            }
        }
        assertEquals(243, maps.size());
        checkPairs(maps, false);
    }

    /** Every pair of maps of three keys, each absent, a value or another, or one of three trees. */
    @Test
    void everyPairOfSmallMapsOfTrees() {
        List<ReferenceMap> maps = new ArrayList<>(List.of(new ReferenceMap()));
        ReferenceMap a = ReferenceMap.of("a", "1");
        ReferenceMap b = ReferenceMap.of("b", "1");
        ReferenceMap both = ReferenceMap.of("a", "1", "b", "1");
        for (String key : List.of("20", "40", "60")) {
            for (ReferenceMap map : List.copyOf(maps)) {
                byte[] name = HEX.parseHex(key);
                maps.add(map.copy().put(name, new byte[] {0}));
                maps.add(map.copy().put(name, new byte[] {1}));
                for (ReferenceMap tree : List.of(a, b, both)) {
                    maps.add(map.copy().put(name, tree));
                }
            }
        }
        assertEquals(216, maps.size());
        checkPairs(maps, false);
    }

    /** Every pair of maps whose keys begin each other from map to map, as the codec 'bytes' allows. */
    @Test
    void everyPairOfMapsWhoseKeysArePrefixesOfEachOthers() {
        List<ReferenceMap> maps = new ArrayList<>(List.of(new ReferenceMap()));
        for (String key : List.of("00", "0000", "0080", "008000", "80", "8011", "8091")) {
            for (ReferenceMap map : List.copyOf(maps)) {
                boolean free = map.keys().stream()
                        .map(HEX::formatHex)
                        .noneMatch(other -> other.startsWith(key) || key.startsWith(other));
                if (free) {
                    maps.add(map.copy().put(HEX.parseHex(key), new byte[] {0}));
                    maps.add(map.copy().put(HEX.parseHex(key), new byte[] {1}));
                }
            }
        }
        checkPairs(maps, true);
    }

    @ParameterizedTest
    @CsvSource({"401, EVERYTHING, 0", "402, NOTHING, 0", "403, BY_CHANCE, 1", "404, NOTHING, 2", "405, EVERYTHING, 3"})
    void randomMaps(long seed, MemoryNodes.Cache cache, int levels) {
        Random random = new Random(seed);
        for (int round = 0; round < 120; round++) {
            List<byte[]> universe = new ArrayList<>();
            for (int i = levels == 0 ? 150 : 9; i > 0; i--) {
                universe.add(new byte[] {(byte) (1 << random.nextInt(6)), (byte) random.nextInt(256)});
            }
            TestTree tree = TestTree.over(cache, seed);
            ReferenceMap map = new ReferenceMap();
            Changes first = new Changes();
            Batches.random(random, universe, random.nextInt(levels == 0 ? 200 : 20), levels, first, map);
            Built before = new Built(map.copy(), tree.apply(first).ref());
            Changes second = new Changes();
            Batches.random(random, universe, random.nextInt(12), levels, second, map);
            if (random.nextInt(3) == 0) {
                byte[] link = universe.get(0);
                map.keys().stream()
                        .filter(key -> map.treeOrNull(key) != null)
                        .findFirst()
                        .ifPresent(from -> {
                            ReferenceMap linked = map.treeOrNull(from).copy();
                            map.put(link, linked);
                        });
                second = Batches.between(before.map, map);
            }
            Built after = new Built(map, tree.apply(second).ref());
            checkSmallest("seed " + seed + ", round " + round, tree.nodes(), before, after);
            checkSmallest("seed " + seed + ", round " + round + " back", tree.nodes(), after, before);
        }
    }

    @Test
    void isInProportionToTheDifference() {
        Random random = new Random(6);
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, 6);
        Changes all = new Changes();
        byte[] key = new byte[16];
        for (int i = 0; i < 4_000; i++) {
            key = new byte[16];
            random.nextBytes(key);
            all.put(key, null, new byte[] {1});
        }
        TreeRef before = tree.apply(all).ref();
        Changes one = new Changes();
        one.delete(key, null);
        tree.apply(one);
        tree.nodes().forgetCounts();
        DifferenceProof proof = Prover.proveDifference(tree.nodes(), before.top(), tree.top(), HashAlgorithm.SHA_256);
        assertTrue(proof.sizeBytes() < 2_000, "size " + proof.sizeBytes());
        assertTrue(tree.nodes().fetched() < 200, "fetched " + tree.nodes().fetched());
    }
}
