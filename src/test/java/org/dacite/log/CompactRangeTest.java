package org.dacite.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactRangeTest {
    @ParameterizedTest
    @CsvSource({"SHA_256, 512", "SHA3_256, 70", "BLAKE2B_256, 70"})
    void hasTheTreeHashOfEverySize(HashAlgorithm algorithm, int maxSize) {
        ReferenceHash reference = ReferenceHash.labelled(algorithm.label());
        CompactRange range = CompactRange.empty(algorithm);
        List<byte[]> entries = new ArrayList<>();
        for (int size = 0; size <= maxSize; size++) {
            assertEquals(size, range.size());
            assertArrayEquals(reference.log(entries), range.root(), "size " + size);
            byte[] entry = ("entry " + size).getBytes(UTF_8);
            entries.add(entry);
            range.append(entry);
        }
    }

    @Test
    void askingForTheRootChangesNothing() {
        CompactRange asked = CompactRange.empty(HashAlgorithm.SHA_256);
        CompactRange notAsked = CompactRange.empty(HashAlgorithm.SHA_256);
        for (int i = 0; i < 21; i++) {
            asked.append(new byte[] {(byte) i});
            notAsked.append(new byte[] {(byte) i});
            asked.root()[0] ^= 1;
        }
        assertArrayEquals(notAsked.root(), asked.root());
    }

    @Test
    void keepsNoEntryThatItIsGiven() {
        CompactRange range = CompactRange.empty(HashAlgorithm.SHA_256);
        byte[] entry = {1, 2, 3};
        range.append(entry);
        byte[] root = range.root();
        entry[0] = 9;
        assertArrayEquals(root, range.root());
    }
}
