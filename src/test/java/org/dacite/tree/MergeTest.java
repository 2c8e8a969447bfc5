package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every pair of maps of a small universe: the difference, as one batch, leads from each to each. */
class MergeTest {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    /** Keys that part early and late, of one byte and of two. */
    private static final String[] KEYS = {"00", "01", "4000", "4001", "80", "c0ff"};

    private static byte[] key(int index) {
        return HexFormat.of().parseHex(KEYS[index]);
    }

    private record State(ReferenceMap map, String root, TreeRef ref) {}

    /** Leads every map to every map; the hashes made are those of the rows written and of the roots. */
    private static void checkAllPairs(List<ReferenceMap> maps, TestTree tree) {
        TreeRef empty = tree.ref();
        List<State> states = new ArrayList<>();
        for (ReferenceMap map : maps) {
            tree.back(empty).apply(Batches.between(new ReferenceMap(), map));
            String root = HexFormat.of().formatHex(ReferenceTree.root(map));
            assertEquals(root, tree.root(), () -> map.toString());
            states.add(new State(map, root, tree.ref()));
        }
        for (State base : states) {
            for (State target : states) {
                Changes changes = Batches.between(base.map, target.map);
                tree.back(base.ref).apply(changes);
                assertEquals(target.root, tree.root(), () -> "from " + base.map + " to " + target.map);
                assertEquals(target.map.lines(), tree.lines());
                long rows = tree.written().stream()
                        .filter(row -> row.node() != null)
                        .count();
                assertEquals(
                        rows + Batches.trees(changes),
                        tree.hashes(),
                        () -> "hashes from " + base.map + " to " + target.map);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySetOfKeysToEverySetOfKeys(MemoryNodes.Cache cache) {
        List<ReferenceMap> maps = new ArrayList<>();
        for (int chosen = 0; chosen < 1 << KEYS.length; chosen++) {
            ReferenceMap map = new ReferenceMap();
            for (int i = 0; i < KEYS.length; i++) {
                if ((chosen >> i & 1) == 1) {
                    map.put(key(i), ONE);
                }
            }
            maps.add(map);
        }
        checkAllPairs(maps, TestTree.over(cache, 1));
    }

    @ParameterizedTest
    @EnumSource(names = "BY_CHANCE")
    void everyMapOfTwoValuesToEveryOther(MemoryNodes.Cache cache) {
        List<ReferenceMap> maps = new ArrayList<>();
        for (int chosen = 0; chosen < 81; chosen++) {
            ReferenceMap map = new ReferenceMap();
            for (int i = 0, rest = chosen; i < 4; i++, rest /= 3) {
                if (rest % 3 > 0) {
                    map.put(key(i), rest % 3 == 1 ? ONE : TWO);
                }
            }
            maps.add(map);
        }
        checkAllPairs(maps, TestTree.over(cache, 2));
    }

    /** Three keys, each absent, a value, a tree of one key or a tree of two. */
    @ParameterizedTest
    @EnumSource(names = "BY_CHANCE")
    void everyMapWithTreesToEveryOther(MemoryNodes.Cache cache) {
        List<ReferenceMap> maps = new ArrayList<>();
        for (int chosen = 0; chosen < 125; chosen++) {
            ReferenceMap map = new ReferenceMap();
            for (int i = 0, rest = chosen; i < 3; i++, rest /= 5) {
                switch (rest % 5) {
                    case 1 -> map.put(key(2 * i), ONE);
                    case 2 -> map.tree(key(2 * i)).put(key(1), ONE);
                    case 3 -> map.tree(key(2 * i)).put(key(1), ONE).put(key(4), TWO);
                    case 4 -> map.tree(key(2 * i)).tree(key(1)).put(key(3), TWO);
                    default -> {
                        // absent
                    }
                }
            }
            maps.add(map);
        }
        checkAllPairs(maps, TestTree.over(cache, 3));
    }
}
