package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;

/** Logs of up to 2^62 entries, which can be had because all their entries are the same: so is a whole level then. */
class LargeLogPropertyTest {
    private static final byte[] ENTRY = {7};
    private static final List<Digest> LEVELS = levels();
    private static final Verification HOLDS = new Verification.Holds();

    private static List<Digest> levels() {
        List<Digest> levels = new ArrayList<>();
        byte[] node = ReferenceHash.SHA256.of(new byte[] {0}, ENTRY);
        for (int level = 0; level <= Positions.MAX_LEVEL; level++) {
            levels.add(Digest.of(node));
            node = ReferenceHash.SHA256.of(new byte[] {1}, node, node);
        }
        return levels;
    }

    private static Map<Long, Digest> nodes(long[] positions) {
        Map<Long, Digest> nodes = new HashMap<>();
        Arrays.stream(positions).forEach(position -> nodes.put(position, LEVELS.get(Positions.level(position))));
        return nodes;
    }

    private static long below(Random random, long bound) {
        return (random.nextLong() >>> 1) % bound;
    }

    @Test
    void proveWhatSmallOnesDo() {
        long seed = 6962_9162;
        Random random = new Random(seed);
        StoredLog log = StoredLog.of(HashAlgorithm.SHA_256, Positions.MAX_SIZE, LargeLogPropertyTest::nodes);
        for (int round = 0; round < 2_000; round++) {
            long second = 1 + (random.nextLong() >>> (2 + random.nextInt(60)));
            long first = 1 + below(random, second);
            long index = below(random, second);
            String where = "seed " + seed + ", index " + index + ", from " + first + " to " + second;
            Digest root = log.root(second);
            InclusionProof inclusion = log.inclusion(index, second);
            assertEquals(HOLDS, inclusion.verify(ENTRY, root), where);
            assertFalse(inclusion.verify(new byte[] {8}, root).holds(), where);
            assertEquals(inclusion, LogProof.parse(inclusion.bytes()), where);
            ConsistencyProof consistency = log.consistency(first, second);
            assertEquals(HOLDS, consistency.verify(log.root(first), root), where);
            assertEquals(first == 1, consistency.verify(log.root(1), root).holds(), where);
            assertEquals(consistency, LogProof.parse(consistency.bytes()), where);
        }
    }

    @Test
    void endAtTheLargestSize() {
        StoredLog log = StoredLog.of(HashAlgorithm.SHA_256, Positions.MAX_SIZE, LargeLogPropertyTest::nodes);
        assertEquals(LEVELS.get(Positions.MAX_LEVEL), log.root(Positions.MAX_SIZE));
        InclusionProof last = log.inclusion(Positions.MAX_SIZE - 1, Positions.MAX_SIZE);
        assertEquals(LEVELS.subList(0, Positions.MAX_LEVEL), last.path());
        assertEquals(HOLDS, last.verify(ENTRY, log.root(Positions.MAX_SIZE)));
    }
}
