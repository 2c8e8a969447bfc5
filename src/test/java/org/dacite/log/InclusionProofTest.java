package org.dacite.log;

import static java.nio.charset.StandardCharsets.UTF_8;
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

/** Proofs that an entry stands in a log, and those that prove nothing. */
class InclusionProofTest {
    private static final ReferenceLog LOG = ReferenceLog.numbered(ReferenceHash.SHA256, 512);

    private static InclusionProof proof(long index, long size, List<Digest> path) {
        return new InclusionProof(HashAlgorithm.SHA_256, index, size, path);
    }

    private static Verification.Fails fails(String reason) {
        return new Verification.Fails(reason);
    }

    private static void assertFails(InclusionProof proof, byte[] entry, Digest root) {
        assertFalse(proof.verify(entry, root).holds(), proof::toString);
    }

    @Test
    void failsWithAnyOtherPath() {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                for (List<Digest> path : WrongPaths.of(LOG.inclusion(index, size))) {
                    assertFails(proof(index, size, path), LOG.entry(index), LOG.root(size));
                }
            }
        }
    }

    /** Of larger logs one wrong path for each entry, another one each time. */
    @Test
    void failsWithOneOtherPathAtEverySize() {
        int turn = 0;
        for (int size = 71; size <= 512; size++) {
            for (int index = 0; index < size; index++, turn++) {
                List<List<Digest>> wrong = WrongPaths.of(LOG.inclusion(index, size));
                List<Digest> path = wrong.get(turn % wrong.size());
                assertFails(proof(index, size, path), LOG.entry(index), LOG.root(size));
            }
        }
    }

    @Test
    void failsAtAnyOtherIndexAndSize() {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                List<Digest> path = LOG.inclusion(index, size);
                for (int other = 0; other <= 70; other++) {
                    if (other != index) {
                        assertFails(proof(other, size, path), LOG.entry(index), LOG.root(size));
                    }
                    if (other != size) {
                        assertFails(proof(index, other, path), LOG.entry(index), LOG.root(other));
                    }
                }
            }
        }
    }

    @Test
    void failsForAnotherEntryOrRoot() {
        InclusionProof proof = proof(3, 7, LOG.inclusion(3, 7));
        assertTrue(proof.verify(LOG.entry(3), LOG.root(7)).holds());
        assertFails(proof, LOG.entry(2), LOG.root(7));
        assertFails(proof, LOG.entry(3), LOG.root(6));
        assertFails(proof, LOG.root(7).bytes(), LOG.root(7));
    }

    /** No entry can pass for an inner node, nor an inner node for an entry: the first byte parts them. */
    @Test
    void failsForAnInnerNodeGivenAsAnEntry() {
        byte[] children = new byte[2 * Digest.BYTES];
        List<Digest> leaves = LOG.inclusion(0, 2);
        System.arraycopy(LOG.root(1).bytes(), 0, children, 0, Digest.BYTES);
        System.arraycopy(leaves.get(0).bytes(), 0, children, Digest.BYTES, Digest.BYTES);
        assertFails(proof(0, 1, List.of()), children, LOG.root(2));
    }

    @Test
    void failsWithAnotherAlgorithm() {
        List<Digest> path = LOG.inclusion(3, 7);
        for (HashAlgorithm other : List.of(HashAlgorithm.SHA3_256, HashAlgorithm.BLAKE2B_256)) {
            assertFails(new InclusionProof(other, 3, 7, path), LOG.entry(3), LOG.root(7));
        }
    }

    /** A path tells two sizes apart only by its turns; which of them it is, the root's keeper has to say. */
    @Test
    void doesNotProveTheSizeWhereTheTurnsAreTheSame() {
        List<Digest> path = LOG.inclusion(0, 3);
        assertTrue(proof(0, 4, path).verify(LOG.entry(0), LOG.root(3)).holds());
        assertFalse(proof(0, 2, path).verify(LOG.entry(0), LOG.root(3)).holds());
        assertFalse(proof(0, 5, path).verify(LOG.entry(0), LOG.root(3)).holds());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 'expected an index below the size 0, got 0'",
        "1, 1, 0, 'expected an index below the size 1, got 1'",
        "9, 8, 3, 'expected an index below the size 8, got 9'",
        "9223372036854775807, 9223372036854775807, 3,"
                + " 'expected an index below the size 9223372036854775807, got 9223372036854775807'",
        "0, 1, 1, 'expected fewer digests, got 1'",
        "0, 8, 4, 'expected fewer digests, got 4'",
        "0, 8, 2, 'expected more digests, got 2'",
        "0, 2, 0, 'expected more digests, got 0'",
        "4, 5, 2, 'expected fewer digests, got 2'",
        "0, 9223372036854775807, 62, 'expected more digests, got 62'",
        "0, 9223372036854775807, 64, 'expected fewer digests, got 64'",
    })
    void saysWhyItFails(long index, long size, int digests, String reason) {
        List<Digest> path = Collections.nCopies(digests, LOG.root(1));
        assertEquals(fails(reason), proof(index, size, path).verify(LOG.entry(0), LOG.root(8)));
    }

    @Test
    void saysWhichRootItLeadsTo() {
        assertEquals(
                fails("expected root " + LOG.root(2) + ", got " + LOG.root(1)),
                proof(0, 1, List.of()).verify(LOG.entry(0), LOG.root(2)));
    }

    @Test
    void keepsNoListThatItIsGiven() {
        List<Digest> path = new ArrayList<>(LOG.inclusion(3, 7));
        InclusionProof proof = proof(3, 7, path);
        path.clear();
        assertEquals(LOG.inclusion(3, 7), proof.path());
    }

    @Test
    void refusesWhatIsNoProofAtAll() {
        Digest digest = LOG.root(1);
        assertThrows(IllegalArgumentException.class, () -> proof(-1, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> proof(0, -1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> proof(0, 1, Collections.nCopies(129, digest)));
        assertEquals(
                fails("expected fewer digests, got 128"),
                proof(0, 1, Collections.nCopies(128, digest)).verify("".getBytes(UTF_8), digest));
    }
}
