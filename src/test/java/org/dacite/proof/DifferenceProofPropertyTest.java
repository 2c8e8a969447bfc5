package org.dacite.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dacite.hashing.Digest;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;

/** Whatever two trees show, together they tell all of the difference, or nothing: every choice of a small world. */
class DifferenceProofPropertyTest {
    private static final HexFormat HEX = HexFormat.of();

    /** A map, its root, and what it shows for each choice of paths. */
    private record World(ReferenceMap map, Digest root, List<IncompleteTree> shown) {}

    private static World world(ReferenceMap map, List<List<byte[]>> paths) {
        ReferenceTree tree = ReferenceTree.of(map, ReferenceHash.SHA256);
        List<IncompleteTree> shown = new ArrayList<>();
        for (int choice = 0; choice < 1 << paths.size(); choice++) {
            List<List<byte[]>> chosen = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                if ((choice >> i & 1) == 1) {
                    chosen.add(paths.get(i));
                }
            }
            shown.add(IncompleteTree.parse(tree.proof(Asked.paths(chosen))));
        }
        return new World(map, Digest.of(tree.root()), shown);
    }

    /** What one map has and the other has not, as lines {@code -key=value} and {@code +key=value}. */
    private static Set<String> expected(ReferenceMap before, ReferenceMap after) {
        Set<String> lines = new TreeSet<>();
        before.lines().stream().filter(line -> !after.lines().contains(line)).forEach(line -> lines.add("-" + line));
        after.lines().stream().filter(line -> !before.lines().contains(line)).forEach(line -> lines.add("+" + line));
        return lines;
    }

    private static Set<String> lines(List<ProvenChange> changes) {
        Set<String> lines = new TreeSet<>();
        for (ProvenChange change : changes) {
            StringBuilder path = new StringBuilder();
            change.trees()
                    .forEach(tree -> path.append(HEX.formatHex(tree.toKey())).append('/'));
            path.append(HEX.formatHex(change.key().toKey())).append('=');
            change.before().ifPresent(value -> lines.add("-" + path + HEX.formatHex(value)));
            change.after().ifPresent(value -> lines.add("+" + path + HEX.formatHex(value)));
        }
        return lines;
    }

    private static void checkAll(List<World> worlds) {
        for (World before : worlds) {
            for (World after : worlds) {
                Set<String> expected = expected(before.map, after.map);
                int held = 0;
                for (IncompleteTree first : before.shown) {
                    for (IncompleteTree second : after.shown) {
                        try {
                            List<ProvenChange> changes =
                                    DifferenceProof.of(first, second).verify(before.root, after.root);
                            assertEquals(expected, lines(changes), () -> before.map + " to " + after.map);
                            held++;
                        } catch (UnprovenDifferenceException e) {
                            // says nothing, which is never wrong
                        }
                    }
                }
                assertTrue(held > 0, () -> "some choice proves it: " + before.map + " to " + after.map);
            }
        }
    }

    @Test
    void everyChoiceOfKeysOfEveryPairOfMaps() {
        List<ReferenceMap> maps = new ArrayList<>(List.of(new ReferenceMap()));
        List<List<byte[]>> paths = new ArrayList<>();
        for (String key : List.of("00", "40", "41", "80")) {
            paths.add(List.of(HEX.parseHex(key)));
            for (ReferenceMap map : List.copyOf(maps)) {
                maps.add(map.copy().put(HEX.parseHex(key), new byte[] {0}));
                if (key.equals("40")) {
                    maps.add(map.copy().put(HEX.parseHex(key), new byte[] {1}));
                }
            }
        }
        checkAll(maps.stream().map(map -> world(map, paths)).toList());
    }

    @Test
    void everyChoiceOfPathsOfEveryPairOfMapsWithATree() {
        byte[] a = {0x10};
        byte[] t = {0x11};
        byte[] x = {0x20};
        byte[] y = {0x21};
        List<List<byte[]>> paths = List.of(List.of(a), List.of(t), List.of(t, x), List.of(t, y));
        List<ReferenceMap> maps = new ArrayList<>();
        for (int number = 0; number < 2 * 10; number++) {
            ReferenceMap map = new ReferenceMap();
            if (number % 2 == 1) {
                map.put(a, new byte[] {0});
            }
            int rest = number / 2;
            if (rest == 9) {
                map.put(t, new byte[] {0});
            } else {
                put(map.tree(t), x, rest % 3);
                put(map.tree(t), y, rest / 3);
            }
            maps.add(map);
        }
        checkAll(maps.stream().map(map -> world(map, paths)).toList());
    }

    private static void put(ReferenceMap map, byte[] key, int state) {
        if (state > 0) {
            map.put(key, new byte[] {(byte) state});
        }
    }
}
