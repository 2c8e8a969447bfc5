package org.dacite.context;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dacite.hashing.HashAlgorithm;

/** The rules of Tezos hashes as they are written down, with no thought of what they cost. */
final class SlowTezos {
    private SlowTezos() {}

    /** Of a value, given as text, or of a directory, given as a map from names. */
    @SuppressWarnings("unchecked")
    static byte[] hash(Object what) {
        if (what instanceof Map<?, ?> directory) {
            return directory((Map<String, Object>) directory);
        }
        byte[] value = ((String) what).getBytes(StandardCharsets.UTF_8);
        return HashAlgorithm.BLAKE2B_256.hash(
                new TezosBytes().u64(value.length).bytes(value).toByteArray());
    }

    private static byte[] directory(Map<String, Object> directory) {
        List<TezosEntry> entries = new ArrayList<>();
        directory.forEach((name, what) ->
                entries.add(new TezosEntry(name.getBytes(StandardCharsets.UTF_8), what instanceof Map, hash(what))));
        entries.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
        if (entries.size() > 256) {
            return partition(0, entries);
        }
        TezosBytes out = new TezosBytes().u64(entries.size());
        for (TezosEntry each : entries) {
            out.u64(each.directory() ? 0 : 0xff00000000000000L)
                    .leb(each.name().length)
                    .bytes(each.name())
                    .u64(32)
                    .bytes(each.hash());
        }
        return HashAlgorithm.BLAKE2B_256.hash(out.toByteArray());
    }

    /** The hash of the inode of some entries, sorted by name. */
    static byte[] partition(int depth, List<TezosEntry> entries) {
        TezosBytes out = new TezosBytes();
        if (entries.size() <= 32) {
            out.u8(0).leb(entries.size());
            for (TezosEntry each : entries) {
                out.leb(each.name().length)
                        .bytes(each.name())
                        .u8(each.directory() ? 0 : 1)
                        .bytes(each.hash());
            }
            return HashAlgorithm.BLAKE2B_256.hash(out.toByteArray());
        }
        TreeMap<Integer, List<TezosEntry>> buckets = new TreeMap<>();
        for (TezosEntry each : entries) {
            buckets.computeIfAbsent(SeededHash.of(depth, each.name()) % 32, j -> new ArrayList<>())
                    .add(each);
        }
        out.u8(1).leb(depth).leb(entries.size()).leb(buckets.size());
        buckets.forEach((j, part) -> out.leb(j).bytes(partition(depth + 1, part)));
        return HashAlgorithm.BLAKE2B_256.hash(out.toByteArray());
    }
}
