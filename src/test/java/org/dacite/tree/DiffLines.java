package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dacite.proof.ProvenChange;
import org.dacite.reference.ReferenceMap;

/** Differences as lines {@code key/key: before → after} in hexadecimal digits, a dash for absent. */
final class DiffLines {
    private DiffLines() {}

    /** What a walk hands out. */
    static List<String> of(Comparison walk) {
        List<String> lines = new ArrayList<>();
        while (walk.hasNext()) {
            Comparison.Difference difference = walk.next();
            StringBuilder line = new StringBuilder();
            difference.trees().forEach(link -> line.append(hex(link.key())).append('/'));
            line.append(line(difference.leaf().key(), value(difference.before()), value(difference.after())));
            lines.add(line.toString());
        }
        return lines;
    }

    /** What a proof shows. */
    static List<String> of(List<ProvenChange> changes) {
        return changes.stream()
                .map(change -> {
                    StringBuilder line = new StringBuilder();
                    change.trees()
                            .forEach(tree -> line.append(hex(tree.toKey())).append('/'));
                    return line.append(line(
                                    change.key().toKey(),
                                    change.before().orElse(null),
                                    change.after().orElse(null)))
                            .toString();
                })
                .toList();
    }

    private static byte[] value(Leaf leaf) {
        return leaf == null ? null : leaf.value();
    }

    /** What a walk from one map to another should hand out: key by key, the kind that went before the one that came. */
    static List<String> between(ReferenceMap before, ReferenceMap after, byte[] from, byte[] to) {
        List<byte[]> keys = new ArrayList<>(before.keys());
        keys.addAll(after.keys());
        keys.sort(Arrays::compareUnsigned);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] key = keys.get(i);
            boolean twice = i > 0 && Arrays.equals(keys.get(i - 1), key);
            boolean within =
                    Arrays.compareUnsigned(key, from) >= 0 && (to == null || Arrays.compareUnsigned(key, to) < 0);
            if (within && !twice) {
                lines.addAll(ofKey(before, after, key));
            }
        }
        return lines;
    }

    private static List<String> ofKey(ReferenceMap before, ReferenceMap after, byte[] key) {
        byte[] old = before.value(key);
        byte[] now = after.value(key);
        ReferenceMap oldTree = treeOrEmpty(before, key);
        ReferenceMap newTree = treeOrEmpty(after, key);
        List<String> ofValues = Arrays.equals(old, now) ? List.of() : List.of(line(key, old, now));
        List<String> ofTrees = between(oldTree, newTree, new byte[0], null).stream()
                .map(line -> hex(key) + "/" + line)
                .toList();
        List<String> lines = new ArrayList<>(old == null ? ofTrees : ofValues);
        lines.addAll(old == null ? ofValues : ofTrees);
        return lines;
    }

    private static ReferenceMap treeOrEmpty(ReferenceMap map, byte[] key) {
        ReferenceMap tree = map.treeOrNull(key);
        return tree == null ? new ReferenceMap() : tree;
    }

    private static String line(byte[] key, byte[] before, byte[] after) {
        return hex(key) + ": " + (before == null ? "-" : hex(before)) + " → " + (after == null ? "-" : hex(after));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
