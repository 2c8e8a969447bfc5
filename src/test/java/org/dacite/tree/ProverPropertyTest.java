package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs, byte for byte those of the reference, which are the smallest. */
class ProverPropertyTest {
    private static final HexFormat HEX = HexFormat.of();

    private static void check(String where, TestTree tree, ReferenceMap map, Selection selection, Asked asked) {
        tree.nodes().forgetCounts();
        byte[] found = Prover.prove(tree.nodes(), tree.top(), selection, HashAlgorithm.SHA_256)
                .bytes();
        byte[] expected = ReferenceTree.of(map, ReferenceHash.SHA256).proof(asked);
        assertEquals(HEX.formatHex(expected), HEX.formatHex(found), () -> where + " of " + map);
        assertTrue(tree.nodes().statements() <= 1, where + ": one statement at most");
    }

    private static byte[] any(Random random, List<byte[]> universe) {
        return universe.get(random.nextInt(universe.size()));
    }

    private static List<byte[]> some(Random random, List<byte[]> universe, int max) {
        List<byte[]> some = new ArrayList<>();
        for (int count = random.nextInt(max + 1); count > 0; count--) {
            some.add(any(random, universe));
        }
        return some;
    }

    /** Keys of which many differ late, with bounds that are no keys in between. */
    private static List<byte[]> universe(Random random) {
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            byte[] key = new byte[2];
            key[0] = (byte) (random.nextInt(4) << 6);
            key[1] = (byte) (random.nextInt(16) << random.nextInt(5));
            universe.add(key);
        }
        return universe;
    }

    private static byte[] bound(Random random, List<byte[]> universe) {
        byte[] key = any(random, universe);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(key, 1);
            case 1 -> Arrays.copyOf(key, 3);
            case 2 -> new byte[0];
            default -> key;
        };
    }

    @ParameterizedTest
    @EnumSource
    void ofKeys(MemoryNodes.Cache cache) {
        Random random = new Random(101);
        for (int round = 0; round < 1_000; round++) {
            List<byte[]> universe = universe(random);
            ReferenceMap map = new ReferenceMap();
            TestTree tree = TestTree.over(cache, round);
            Changes changes = new Changes();
            Batches.random(random, universe, random.nextInt(30), 0, changes, map);
            tree.apply(changes);
            List<byte[]> keys = some(random, universe, 5);
            check("seed 101, round " + round, tree, map, Selection.ofKeys(List.of(), keys), Asked.keys(keys));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofRanges(MemoryNodes.Cache cache) {
        Random random = new Random(102);
        for (int round = 0; round < 1_500; round++) {
            List<byte[]> universe = universe(random);
            ReferenceMap map = new ReferenceMap();
            TestTree tree = TestTree.over(cache, round);
            Changes changes = new Changes();
            Batches.random(random, universe, random.nextInt(30), 0, changes, map);
            tree.apply(changes);
            byte[] from = bound(random, universe);
            byte[] to = random.nextInt(5) == 0 ? null : bound(random, universe);
            if (to == null || Arrays.compareUnsigned(from, to) < 0) {
                String where = "seed 102, round " + round + ", from " + HEX.formatHex(from) + " to "
                        + (to == null ? "the end" : HEX.formatHex(to));
                check(where, tree, map, Selection.ofRange(List.of(), from, to), Asked.range(from, to));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTreesInTrees(MemoryNodes.Cache cache) {
        Random random = new Random(103);
        for (int round = 0; round < 1_000; round++) {
            List<byte[]> universe = universe(random).subList(0, 5);
            ReferenceMap map = new ReferenceMap();
            TestTree tree = TestTree.over(cache, round);
            Changes changes = new Changes();
            Batches.random(random, universe, 12, 3, changes, map);
            tree.apply(changes);
            List<byte[]> path = some(random, universe, 3);
            List<byte[]> keys = some(random, universe, 3);
            String where = "seed 103, round " + round;
            check(where, tree, map, Selection.ofKeys(path, keys), Asked.below(path, Asked.keys(keys)));
            byte[] from = any(random, universe);
            Asked range = Asked.below(path, Asked.range(from, null));
            check(where, tree, map, Selection.ofRange(path, from, null), range);
        }
    }
}
