package org.dacite.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * A map of keys to values and to maps, in key order: the model that a store is held against. A map that is empty is as
 * good as absent.
 */
public final class ReferenceMap {
    private final TreeMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);
    private final TreeMap<byte[], ReferenceMap> trees = new TreeMap<>(Arrays::compareUnsigned);

    /** A map of text keys and text values, which alternate: {@code of("a", "1", "b", "2")}. */
    public static ReferenceMap of(String... keysAndValues) {
        ReferenceMap map = new ReferenceMap();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(ReferenceBits.text(keysAndValues[i]), keysAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return map;
    }

    /** Puts a value, over a tree too. */
    public ReferenceMap put(byte[] key, byte[] value) {
        trees.remove(key);
        values.put(key, value);
        return this;
    }

    /** Puts a copy of a map, over a value too. */
    public ReferenceMap put(byte[] key, ReferenceMap tree) {
        values.remove(key);
        trees.put(key, tree.copy());
        return this;
    }

    public ReferenceMap delete(byte[] key) {
        values.remove(key);
        trees.remove(key);
        return this;
    }

    /** The map at this key, made where there is none. */
    public ReferenceMap tree(byte[] key) {
        values.remove(key);
        return trees.computeIfAbsent(key, absent -> new ReferenceMap());
    }

    /** The value of a key, null when there is none. */
    public byte[] value(byte[] key) {
        return values.get(key);
    }

    /** The map at a key, null when there is none or an empty one. */
    public ReferenceMap treeOrNull(byte[] key) {
        ReferenceMap tree = trees.get(key);
        return tree == null || tree.isEmpty() ? null : tree;
    }

    /** All keys in order, but those of empty maps. */
    public List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>(values.keySet());
        trees.forEach((key, tree) -> {
            if (!tree.isEmpty()) {
                keys.add(key);
            }
        });
        keys.sort(Arrays::compareUnsigned);
        return keys;
    }

    /** Whether there is no value in it at any depth. */
    public boolean isEmpty() {
        return values.isEmpty() && trees.values().stream().allMatch(ReferenceMap::isEmpty);
    }

    /** How many values there are at any depth. */
    public long leafCount() {
        return values.size()
                + trees.values().stream().mapToLong(ReferenceMap::leafCount).sum();
    }

    /** A map of its own with the same content. */
    public ReferenceMap copy() {
        ReferenceMap copy = new ReferenceMap();
        copy.values.putAll(values);
        trees.forEach((key, tree) -> copy.trees.put(key, tree.copy()));
        return copy;
    }

    /** Every value as a line {@code key/key=value} in hexadecimal digits, in key order. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (byte[] key : keys()) {
            String name = HexFormat.of().formatHex(key);
            if (values.containsKey(key)) {
                lines.add(name + "=" + HexFormat.of().formatHex(values.get(key)));
            } else {
                trees.get(key).lines().forEach(line -> lines.add(name + "/" + line));
            }
        }
        return lines;
    }

    @Override
    public String toString() {
        return lines().toString();
    }
}
