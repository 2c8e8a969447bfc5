package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RederivationTest {
    private static byte[] rederived(TestTree tree) {
        return Rederivation.root(tree.nodes(), tree.top(), CanonicalHash.of(HashAlgorithm.SHA_256));
    }

    @Test
    void theEmptyTreeHasTheEmptyRoot() {
        assertArrayEquals(TestTree.empty().ref().root(), rederived(TestTree.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {121, 122, 123})
    void randomTreesHaveTheirRoots(long seed) {
        Random random = new Random(seed);
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            universe.add(new byte[] {(byte) random.nextInt(6), (byte) random.nextInt(256)});
        }
        TestTree tree = TestTree.empty();
        ReferenceMap map = new ReferenceMap();
        for (int batch = 0; batch < 30; batch++) {
            Changes changes = new Changes();
            Batches.random(random, universe, 20, 3, changes, map);
            tree.apply(changes);
            assertArrayEquals(ReferenceTree.root(map), rederived(tree), "seed " + seed + ", batch " + batch);
        }
    }

    @Test
    void believesNoStoredHash() {
        TestTree tree = TestTree.of(ReferenceMap.of("a", "1", "b", "2"));
        byte[] root = rederived(tree);
        tree.written().forEach(row -> row.node().hash()[0] ^= 1);
        assertArrayEquals(root, rederived(tree));
        assertEquals(3, tree.written().size());
    }
}
