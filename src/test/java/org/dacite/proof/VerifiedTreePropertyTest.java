package org.dacite.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.hashing.Digest;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceProof;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proof says of every key of a small universe, against the reference reader and against the map itself. */
class VerifiedTreePropertyTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final List<byte[]> ONE_BYTE =
            universe("00", "01", "02", "03", "40", "7f", "80", "81", "c0", "fe", "ff");
    private static final List<byte[]> TWO_BYTES =
            universe("0000", "0001", "00ff", "0100", "7fff", "8000", "8001", "80ff", "ff00", "ffff");

    private static List<byte[]> universe(String... keys) {
        List<byte[]> universe = new ArrayList<>();
        for (String key : keys) {
            universe.add(HEX.parseHex(key));
        }
        return universe;
    }

    private static String said(Verdict verdict) {
        if (verdict instanceof Verdict.Present present) {
            return "present " + HEX.formatHex(present.value());
        }
        return verdict instanceof Verdict.PresentTree tree ? "tree " + tree.root() : verdict.word();
    }

    private static void check(String where, ReferenceMap map, List<byte[]> asked, List<byte[]> universe) {
        ReferenceTree tree = ReferenceTree.of(map, ReferenceHash.SHA256);
        byte[] packed = tree.proof(Asked.keys(asked));
        ReferenceProof reference = ReferenceProof.of(packed);
        VerifiedTree verified = IncompleteTree.parse(packed).verify(Digest.of(tree.root()));
        for (byte[] key : universe) {
            String found = said(verified.find(key));
            assertEquals(reference.find(key), found, where + ", key " + HEX.formatHex(key) + " of " + map);
            boolean wasAsked =
                    asked.stream().anyMatch(each -> HEX.formatHex(each).equals(HEX.formatHex(key)));
            if (wasAsked || !found.equals("unknown")) {
                byte[] value = map.value(key);
                assertEquals(value == null ? "absent" : "present " + HEX.formatHex(value), found, where);
            }
        }
        List<String> shown = new ArrayList<>();
        verified.forEach(leaf -> shown.add(
                HEX.formatHex(leaf.key().toKey()) + "=" + HEX.formatHex(((Verdict.Present) leaf.verdict()).value())));
        assertEquals(
                map.lines().stream()
                        .filter(line -> asked.stream().anyMatch(key -> line.startsWith(HEX.formatHex(key) + "=")))
                        .toList(),
                shown,
                where);
    }

    /** Every map of up to three keys of a universe of eight, and every single key asked. */
    @Test
    void everySmallMapAndEveryKey() {
        List<byte[]> universe = ONE_BYTE.subList(0, 8);
        for (int chosen = 0; chosen < 1 << universe.size(); chosen++) {
            if (Integer.bitCount(chosen) <= 3) {
                ReferenceMap map = new ReferenceMap();
                for (int i = 0; i < universe.size(); i++) {
                    if ((chosen >> i & 1) == 1) {
                        map.put(universe.get(i), new byte[] {(byte) i});
                    }
                }
                for (byte[] key : universe) {
                    check("map " + chosen, map, List.of(key), universe);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void randomMapsAndRandomKeys(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 1_500; round++) {
            List<byte[]> universe = random.nextBoolean() ? ONE_BYTE : TWO_BYTES;
            ReferenceMap map = Samples.randomMap(random, universe, 5);
            check("seed " + seed + ", round " + round, map, Samples.randomKeys(random, universe, 3), universe);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void pathsThroughRandomTreesInTrees(long seed) {
        Random random = new Random(seed);
        List<byte[]> universe = ONE_BYTE.subList(0, 5);
        for (int round = 0; round < 300; round++) {
            ReferenceMap map = nested(random, universe, 3);
            List<byte[]> links = Samples.randomKeys(random, universe, 3);
            Asked asked = Asked.below(links, Asked.keys(Samples.randomKeys(random, universe, 2)));
            ReferenceTree tree = ReferenceTree.of(map, ReferenceHash.SHA256);
            byte[] packed = tree.proof(asked);
            ReferenceProof reference = ReferenceProof.of(packed);
            VerifiedTree verified = IncompleteTree.parse(packed).verify(Digest.of(tree.root()));
            for (byte[] first : universe) {
                String where = "seed " + seed + ", round " + round + ", " + map + ", key " + HEX.formatHex(first);
                assertEquals(reference.find(first), said(verified.find(first)), where);
                for (byte[] second : universe) {
                    assertEquals(reference.find(first, second), said(verified.find(List.of(first, second))), where);
                    for (byte[] third : universe) {
                        assertEquals(
                                reference.find(first, second, third),
                                said(verified.find(List.of(first, second, third))),
                                where);
                    }
                }
            }
        }
    }

    private static ReferenceMap nested(Random random, List<byte[]> universe, int levels) {
        ReferenceMap map = Samples.randomMap(random, universe, 3);
        for (byte[] key : Samples.randomKeys(random, universe, levels == 0 ? 0 : 3)) {
            map.put(key, nested(random, universe, levels - 1));
        }
        return map;
    }
}
