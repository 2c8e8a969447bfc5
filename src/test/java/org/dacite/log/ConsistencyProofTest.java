package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proofs that a log has only grown, and those that prove nothing. */
class ConsistencyProofTest {
    private static final ReferenceLog LOG = ReferenceLog.numbered(ReferenceHash.SHA256, 512);
    private static final Verification HOLDS = new Verification.Holds();

    private static ConsistencyProof proof(long first, long second, List<Digest> path) {
        return new ConsistencyProof(HashAlgorithm.SHA_256, first, second, path);
    }

    private static Verification.Fails fails(String reason) {
        return new Verification.Fails(reason);
    }

    private static void assertFails(ConsistencyProof proof, Digest firstRoot, Digest secondRoot) {
        assertFalse(proof.verify(firstRoot, secondRoot).holds(), proof::toString);
    }

    @Test
    void failsWithAnyOtherPath() {
        for (int second = 0; second <= 70; second++) {
            for (int first = 0; first <= second; first++) {
                for (List<Digest> path : WrongPaths.of(LOG.consistency(first, second))) {
                    assertFails(proof(first, second, path), LOG.root(first), LOG.root(second));
                }
            }
        }
    }

    /** Of larger logs one wrong path for each pair of sizes, another one each time. */
    @Test
    void failsWithOneOtherPathBetweenAnyTwoSizes() {
        int turn = 0;
        for (int second = 71; second <= 512; second++) {
            for (int first = 1; first <= second; first++, turn++) {
                List<List<Digest>> wrong = WrongPaths.of(LOG.consistency(first, second));
                List<Digest> path = wrong.get(turn % wrong.size());
                assertFails(proof(first, second, path), LOG.root(first), LOG.root(second));
            }
        }
    }

    @Test
    void failsBetweenAnyOtherSizes() {
        for (int second = 1; second <= 70; second++) {
            for (int first = 1; first < second; first++) {
                List<Digest> path = LOG.consistency(first, second);
                for (int other = 0; other <= 70; other++) {
                    if (other != first) {
                        assertFails(proof(other, second, path), LOG.root(other), LOG.root(second));
                        assertFails(proof(first, second, path), LOG.root(other), LOG.root(second));
                    }
                    if (other != second) {
                        assertFails(proof(first, other, path), LOG.root(first), LOG.root(other));
                        assertFails(proof(first, second, path), LOG.root(first), LOG.root(other));
                    }
                }
            }
        }
    }

    /** One entry was replaced before the log grew on: no proof between the two can be made to hold. */
    @Test
    void failsForALogThatWasRewritten() {
        for (int size = 2; size <= 20; size++) {
            for (int replaced = 0; replaced < size; replaced++) {
                List<byte[]> entries = new ArrayList<>(LOG.entries().subList(0, size));
                entries.set(replaced, new byte[] {(byte) replaced});
                ReferenceLog rewritten = new ReferenceLog(ReferenceHash.SHA256, entries);
                for (int first = 1; first <= size; first++) {
                    ConsistencyProof proof = proof(first, size, rewritten.consistency(first, size));
                    Digest root = rewritten.root(size);
                    assertEquals(
                            replaced >= first,
                            proof.verify(LOG.root(first), root).holds());
                }
            }
        }
    }

    @Test
    void saysNothingFromSizeZero() {
        for (int second = 0; second <= 8; second++) {
            assertEquals(HOLDS, proof(0, second, List.of()).verify(LOG.root(0), LOG.root(second)));
        }
        assertTrue(proof(0, 8, List.of()).verify(LOG.root(0), LOG.root(5)).holds());
        assertEquals(
                fails("expected first root " + LOG.root(1) + ", got " + LOG.root(0)),
                proof(0, 8, List.of()).verify(LOG.root(1), LOG.root(8)));
        assertEquals(
                fails("expected second root " + LOG.root(1) + ", got " + LOG.root(0)),
                proof(0, 0, List.of()).verify(LOG.root(0), LOG.root(1)));
    }

    @Test
    void betweenEqualSizesAsksForEqualRoots() {
        assertEquals(HOLDS, proof(6, 6, List.of()).verify(LOG.root(6), LOG.root(6)));
        assertEquals(
                fails("expected second root " + LOG.root(7) + ", got " + LOG.root(6)),
                proof(6, 6, List.of()).verify(LOG.root(6), LOG.root(7)));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 0, 'expected a first size of at most 1, got 2'",
        "9223372036854775807, 1, 3, 'expected a first size of at most 1, got 9223372036854775807'",
        "0, 0, 1, 'expected fewer digests, got 1'",
        "0, 8, 1, 'expected fewer digests, got 1'",
        "8, 8, 1, 'expected fewer digests, got 1'",
        "1, 2, 0, 'expected more digests, got 0'",
        "3, 4, 0, 'expected more digests, got 0'",
        "3, 4, 1, 'expected more digests, got 1'",
        "3, 4, 4, 'expected fewer digests, got 4'",
        "1, 9223372036854775807, 62, 'expected more digests, got 62'",
        "1, 9223372036854775807, 64, 'expected fewer digests, got 64'",
        "9223372036854775806, 9223372036854775807, 62, 'expected more digests, got 62'",
    })
    void saysWhyItFails(long first, long second, int digests, String reason) {
        List<Digest> path = Collections.nCopies(digests, LOG.root(1));
        assertEquals(fails(reason), proof(first, second, path).verify(LOG.root(0), LOG.root(8)));
    }

    @Test
    void saysWhichRootItLeadsTo() {
        List<Digest> path = LOG.consistency(6, 8);
        assertEquals(
                fails("expected first root " + LOG.root(5) + ", got " + LOG.root(6)),
                proof(6, 8, path).verify(LOG.root(5), LOG.root(8)));
        assertEquals(
                fails("expected second root " + LOG.root(7) + ", got " + LOG.root(8)),
                proof(6, 8, path).verify(LOG.root(6), LOG.root(7)));
    }

    @Test
    void refusesWhatIsNoProofAtAll() {
        assertThrows(IllegalArgumentException.class, () -> proof(-1, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> proof(0, -1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> proof(1, 2, Collections.nCopies(129, LOG.root(1))));
    }
}
