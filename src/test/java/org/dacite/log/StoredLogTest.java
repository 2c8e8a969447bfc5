package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roots and proofs at every size, from stored nodes, against the definitions of the RFC. */
class StoredLogTest {
    private static final Verification HOLDS = new Verification.Holds();

    /** A log of "entry 0" and so on, in memory. */
    private static MemoryLog stored(ReferenceLog reference, HashAlgorithm algorithm) {
        MemoryLog nodes = new MemoryLog();
        CompactRange range = CompactRange.empty(algorithm);
        reference.entries().forEach(entry -> range.append(entry, nodes));
        return nodes;
    }

    private static StoredLog small(MemoryLog nodes) {
        return StoredLog.of(HashAlgorithm.SHA_256, 8, nodes);
    }

    private static MemoryLog eight() {
        return stored(ReferenceLog.numbered(ReferenceHash.SHA256, 8), HashAlgorithm.SHA_256);
    }

    private static void assertRefused(String message, Runnable question) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, question::run).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"SHA_256, 512", "SHA3_256, 70", "BLAKE2B_256, 70"})
    void provesEveryEntryAtEverySize(HashAlgorithm algorithm, int maxSize) {
        ReferenceLog reference = ReferenceLog.numbered(ReferenceHash.labelled(algorithm.label()), maxSize);
        StoredLog log = StoredLog.of(algorithm, maxSize, stored(reference, algorithm));
        for (int size = 1; size <= maxSize; size++) {
            Digest root = reference.root(size);
            assertEquals(root, log.root(size), "size " + size);
            for (int index = 0; index < size; index++) {
                String where = "index " + index + ", size " + size;
                InclusionProof proof = log.inclusion(index, size);
                assertEquals(reference.inclusion(index, size), proof.path(), where);
                assertEquals(HOLDS, proof.verify(reference.entry(index), root), where);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SHA_256, 512", "SHA3_256, 70", "BLAKE2B_256, 70"})
    void provesThatItHasOnlyGrownBetweenAnyTwoSizes(HashAlgorithm algorithm, int maxSize) {
        ReferenceLog reference = ReferenceLog.numbered(ReferenceHash.labelled(algorithm.label()), maxSize);
        StoredLog log = StoredLog.of(algorithm, maxSize, stored(reference, algorithm));
        for (int second = 0; second <= maxSize; second++) {
            for (int first = 0; first <= second; first++) {
                String where = "from " + first + " to " + second;
                ConsistencyProof proof = log.consistency(first, second);
                assertEquals(reference.consistency(first, second), proof.path(), where);
                assertEquals(HOLDS, proof.verify(reference.root(first), reference.root(second)), where);
            }
        }
    }

    @Test
    void goesOnFromWhereItStands() {
        ReferenceLog reference = ReferenceLog.numbered(ReferenceHash.SHA256, 9);
        CompactRange range = small(eight()).range();
        range.append(reference.entry(8));
        assertEquals(reference.root(9), Digest.of(range.root()));
    }

    @Test
    void asksOnceForEachAnswer() {
        MemoryLog nodes = eight();
        StoredLog log = small(nodes);
        log.inclusion(2, 7);
        assertEquals(1, nodes.calls());
        log.consistency(3, 7);
        assertEquals(2, nodes.calls());
        log.root(7);
        assertEquals(3, nodes.calls());
    }

    @Test
    void asksForNothingWhereNothingIsNeeded() {
        MemoryLog nodes = eight();
        StoredLog log = small(nodes);
        assertEquals(List.of(), log.inclusion(0, 1).path());
        assertEquals(List.of(), log.consistency(0, 8).path());
        assertEquals(List.of(), log.consistency(5, 5).path());
        assertArrayEquals(ReferenceHash.SHA256.of(), log.root(0).bytes());
        assertEquals(0, nodes.calls());
    }

    @Test
    void refusesWhatItDoesNotHave() {
        StoredLog log = small(eight());
        assertRefused("expected a size from 0 to 8, got 9", () -> log.root(9));
        assertRefused("expected a size from 0 to 8, got -1", () -> log.root(-1));
        assertRefused("expected a size from 1 to 8, got 9", () -> log.inclusion(0, 9));
        assertRefused("expected a size from 1 to 8, got 0", () -> log.inclusion(0, 0));
        assertRefused("expected an index from 0 to 4, got 5", () -> log.inclusion(5, 5));
        assertRefused("expected an index from 0 to 4, got -1", () -> log.inclusion(-1, 5));
        assertRefused("expected a second size from 0 to 8, got 9", () -> log.consistency(1, 9));
        assertRefused("expected a first size from 0 to 5, got 6", () -> log.consistency(6, 5));
        assertRefused("expected a first size from 0 to 5, got -1", () -> log.consistency(-1, 5));
        assertRefused(
                "expected a size from 0 to 4611686018427387904, got -1",
                () -> StoredLog.of(HashAlgorithm.SHA_256, -1, positions -> null));
    }

    @Test
    void saysWhichNodeIsNotThere() {
        MemoryLog nodes = eight();
        nodes.lose(2);
        StoredLog log = small(nodes);
        LogDamageException damage = assertThrows(LogDamageException.class, () -> log.inclusion(2, 8));
        assertEquals("expected a node at position 2 of a log of 8 entries, got none", damage.getMessage());
        assertEquals(2, damage.position());
        assertThrows(LogDamageException.class, () -> log.root(3));
        assertThrows(LogDamageException.class, () -> log.consistency(2, 3).verify(log.root(2), log.root(3)));
    }
}
