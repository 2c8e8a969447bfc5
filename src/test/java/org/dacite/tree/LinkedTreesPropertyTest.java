package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees linked from many places, and changed at some of them, against a map in which each is a copy of its own. */
class LinkedTreesPropertyTest {
    private static final int BATCHES = 150;

    @ParameterizedTest
    @CsvSource({"131, EVERYTHING", "132, EVERYTHING", "133, EVERYTHING"})
    void linksAndChangesInAnyOrder(long seed, MemoryNodes.Cache cache) {
        Random random = new Random(seed);
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            universe.add(new byte[] {(byte) random.nextInt(256), (byte) i});
        }
        TestTree tree = TestTree.over(cache, seed);
        ReferenceMap map = new ReferenceMap();
        for (int batch = 0; batch < BATCHES; batch++) {
            ReferenceMap before = map.copy();
            Changes changes = new Changes();
            for (int deed = random.nextInt(6); deed >= 0; deed--) {
                if (random.nextBoolean()) {
                    Batches.random(random, universe, 2, 2, changes, map);
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
            tree.apply(changes);
            String where = "seed " + seed + ", batch " + batch;
            assertEquals(map.lines(), tree.lines(), where);
            assertEquals(HexFormat.of().formatHex(ReferenceTree.root(map)), tree.root(), where);
            assertEquals(
                    DiffLines.between(before, map, new byte[0], null),
                    DiffLines.of(Comparison.of(tree.nodes(), top(tree, before), tree.top(), new byte[0], null)),
                    where);
        }
    }

    /** The top of a tree of that map, built apart. */
    private static long top(TestTree tree, ReferenceMap map) {
        TreeRef now = tree.ref();
        TreeRef empty = TestTree.empty().ref();
        long top =
                tree.back(empty).apply(Batches.between(new ReferenceMap(), map)).top();
        tree.back(now);
        return top;
    }
}
