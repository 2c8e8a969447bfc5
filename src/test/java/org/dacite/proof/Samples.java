package org.dacite.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dacite.hashing.Digest;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;

/** Proofs of the reference for tests to read. */
final class Samples {
    private Samples() {}

    /** A proof and the root that it is of. */
    record Sample(String name, byte[] packed, Digest root) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A map with values and, at {@code t}, a tree of two keys, one of which is a tree itself. */
    static ReferenceMap nested() {
        ReferenceMap inner = ReferenceMap.of("b", "2").put(text("u"), ReferenceMap.of("x", "8", "y", "9"));
        return ReferenceMap.of("a", "1", "ab", "3", "s", "").put(text("t"), inner);
    }

    /** Small proofs of every kind. */
    static Stream<Sample> small() {
        ReferenceMap flat = ReferenceMap.of("a", "1", "ab", "3", "b", "2", "c", "44");
        ReferenceMap nested = nested();
        return Stream.of(
                sample("the empty map", new ReferenceMap(), keys("a")),
                sample("a map of one", ReferenceMap.of("a", "1"), keys("a")),
                sample("a key that is present", flat, keys("ab")),
                sample("a key that is absent", flat, keys("aa")),
                sample("two keys", flat, keys("a", "c")),
                sample("nothing asked", flat, keys()),
                sample("a range", flat, Asked.range(text("ab"), text("c"))),
                sample("the whole map", flat, Asked.range(new byte[0], null)),
                sample("a link that is not shown", nested, keys("t")),
                sample("a key below a link", nested, Asked.below(List.of(text("t")), keys("b"))),
                sample("a key below two links", nested, Asked.below(List.of(text("t"), text("u")), keys("y"))),
                sample("a key below a link that is absent", nested, Asked.below(List.of(text("q")), keys("b"))),
                sample("a key below a value", nested, Asked.below(List.of(text("a")), keys("b"))));
    }

    static Sample sample(String name, ReferenceMap map, Asked asked) {
        ReferenceTree tree = ReferenceTree.of(map, ReferenceHash.SHA256);
        return new Sample(name, tree.proof(asked), Digest.of(tree.root()));
    }

    static Asked keys(String... keys) {
        return Asked.keys(Arrays.stream(keys).map(Samples::text).toList());
    }

    static byte[] text(String key) {
        return ReferenceBits.text(key);
    }

    static byte[] value(String value) {
        return value.getBytes(UTF_8);
    }

    /** A packed form of these tokens, each given as its bytes. */
    static byte[] packed(int count, byte[]... tokens) {
        return ReferenceBits.concat(
                "DAC1".getBytes(UTF_8), new byte[] {1}, ReferenceBits.varint(count), ReferenceBits.concat(tokens));
    }

    static byte[] token(int tag, String skip, byte[]... rest) {
        return ReferenceBits.concat(new byte[] {(byte) tag}, ReferenceBits.enc(skip), ReferenceBits.concat(rest));
    }

    static byte[] leaf(String skip, String value) {
        return token(0, skip, ReferenceBits.varint(value(value).length), value(value));
    }

    static byte[] stub(String skip, int octet) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) octet);
        return token(1, skip, hash);
    }

    /** Up to four keys of one byte each, with short values. */
    static ReferenceMap randomMap(Random random, List<byte[]> universe, int maxKeys) {
        ReferenceMap map = new ReferenceMap();
        int keys = random.nextInt(maxKeys + 1);
        for (int i = 0; i < keys; i++) {
            byte[] key = universe.get(random.nextInt(universe.size()));
            map.put(key, new byte[] {(byte) random.nextInt(3)});
        }
        return map;
    }

    /** A few keys of a universe. */
    static List<byte[]> randomKeys(Random random, List<byte[]> universe, int maxKeys) {
        List<byte[]> keys = new ArrayList<>();
        int count = random.nextInt(maxKeys + 1);
        for (int i = 0; i < count; i++) {
            keys.add(universe.get(random.nextInt(universe.size())));
        }
        return keys;
    }
}
