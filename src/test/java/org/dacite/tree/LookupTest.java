package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookupTest {
    @ParameterizedTest
    @EnumSource
    void findsEveryKeyWithItsValueInOneStatementAtMost(MemoryNodes.Cache cache) {
        Random random = new Random(111);
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            universe.add(new byte[] {(byte) i, (byte) (i * 7)});
        }
        ReferenceMap map = new ReferenceMap();
        Changes changes = new Changes();
        Batches.random(random, universe, 150, 0, changes, map);
        TestTree tree = TestTree.over(cache, 111).apply(changes);
        for (byte[] key : universe) {
            tree.nodes().forgetCounts();
            Leaf leaf = Lookup.find(tree.nodes(), tree.top(), key);
            assertArrayEquals(
                    map.value(key),
                    leaf == null ? null : leaf.value(),
                    HexFormat.of().formatHex(key));
            assertTrue(tree.nodes().statements() <= 1);
        }
    }

    @Test
    void findsNothingInTheEmptyTree() {
        assertNull(Lookup.find(TestTree.empty().nodes(), 0, new byte[] {1}));
    }

    @Test
    void findsNoPartOfAKeyAndNoLongerOne() {
        TestTree tree = TestTree.of(new ReferenceMap().put(new byte[] {1, 2}, new byte[] {3}));
        assertNull(Lookup.find(tree.nodes(), tree.top(), new byte[] {1}));
        assertNull(Lookup.find(tree.nodes(), tree.top(), new byte[] {1, 2, 0}));
        assertNull(Lookup.find(tree.nodes(), tree.top(), new byte[0]));
    }

    @Test
    void findsALinkWithItsRoot() {
        ReferenceMap inner = new ReferenceMap().put(new byte[] {5}, new byte[] {6});
        TestTree tree = TestTree.of(new ReferenceMap().put(new byte[] {1}, inner));
        Leaf link = Lookup.find(tree.nodes(), tree.top(), new byte[] {1});
        assertTrue(link.isTree());
        assertEquals(1, link.linked().leafCount());
        assertArrayEquals(TestTree.of(inner).ref().root(), link.linked().root());
    }
}
