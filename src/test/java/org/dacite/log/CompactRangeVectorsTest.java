package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.junit.jupiter.api.Test;

class CompactRangeVectorsTest {
    @Test
    void growsThroughTheKnownRoots() {
        CompactRange range = CompactRange.empty(HashAlgorithm.SHA_256);
        assertEquals(KnownLog.root(0), Digest.of(range.root()));
        for (int i = 0; i < KnownLog.ENTRIES.size(); i++) {
            range.append(KnownLog.entry(i));
            assertEquals(KnownLog.root(i + 1), Digest.of(range.root()), "size " + (i + 1));
        }
    }
}
