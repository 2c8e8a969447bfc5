package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a proof of a revision's past proves, and that nothing near it does. */
class RevisionProofTest {
    private static final Verification HOLDS = new Verification.Holds();
    private static final KnownLine LINE = KnownLine.of(HashAlgorithm.SHA_256, 24);

    private static void assertFails(String reason, Verification verification) {
        assertEquals(new Verification.Fails(reason), verification);
    }

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void provesEveryRevisionToEveryLaterOne(HashAlgorithm algorithm) {
        KnownLine line = KnownLine.of(algorithm, 70);
        for (int newer = 1; newer < 70; newer++) {
            for (int older = 0; older < newer; older++) {
                String where = "from " + older + " to " + newer;
                RevisionProof proof = line.proof(older, newer);
                assertEquals(HOLDS, proof.verify(line.hash(newer)), where);
                RevisionProof parsed = RevisionProof.parse(proof.bytes());
                assertEquals(proof, parsed, where);
                assertArrayEquals(proof.bytes(), parsed.bytes(), where);
                assertEquals(line.hash(older), parsed.older().hash(algorithm), where);
                assertTrue(
                        proof.inclusionPath().size() <= 7
                                && proof.consistencyPath().size() <= 8,
                        where);
            }
        }
    }

    @Test
    void failsForEveryOtherHash() {
        RevisionProof proof = LINE.proof(5, 20);
        for (int height = 0; height < 24; height++) {
            if (height != 20) {
                assertFails(
                        "expected a newer revision of hash " + LINE.hash(height) + ", got one of hash " + LINE.hash(20),
                        proof.verify(LINE.hash(height)));
            }
        }
    }

    /** The reader trusts the newer hash alone, so whatever else is changed must be noticed. */
    @Test
    void failsForEveryHeaderThatIsNotTheLines() {
        RevisionProof right = LINE.proof(5, 20);
        RevisionHeader five = right.older();
        Digest other = Digest.of(new byte[Digest.BYTES]);
        List<RevisionHeader> wrong = List.of(
                new RevisionHeader(4, five.root(), five.history(), five.timeMillis(), five.author(), five.message()),
                new RevisionHeader(5, other, five.history(), five.timeMillis(), five.author(), five.message()),
                new RevisionHeader(5, five.root(), other, five.timeMillis(), five.author(), five.message()),
                new RevisionHeader(5, five.root(), five.history(), 7, five.author(), five.message()),
                new RevisionHeader(5, five.root(), five.history(), five.timeMillis(), "else", five.message()),
                new RevisionHeader(5, five.root(), five.history(), five.timeMillis(), five.author(), "else"),
                LINE.revision(4),
                LINE.revision(6));
        for (RevisionHeader older : wrong) {
            Verification verification = with(right, older, right.newer()).verify(LINE.hash(20));
            assertFalse(verification.holds(), older::toString);
            RevisionHeader newer = older;
            assertFalse(with(right, five, newer).verify(LINE.hash(20)).holds(), newer::toString);
        }
    }

    private static RevisionProof with(RevisionProof proof, RevisionHeader older, RevisionHeader newer) {
        return new RevisionProof(proof.algorithm(), older, newer, proof.inclusionPath(), proof.consistencyPath());
    }

    @Test
    void failsForEveryOtherPath() {
        RevisionProof right = LINE.proof(5, 20);
        for (List<Digest> wrong : WrongPaths.of(right.inclusionPath())) {
            RevisionProof proof =
                    new RevisionProof(right.algorithm(), right.older(), right.newer(), wrong, right.consistencyPath());
            assertTrue(proof.verify(LINE.hash(20)) instanceof Verification.Fails fails
                    && fails.reason().startsWith("the older revision is not in the history of the newer one: "));
        }
        for (List<Digest> wrong : WrongPaths.of(right.consistencyPath())) {
            RevisionProof proof =
                    new RevisionProof(right.algorithm(), right.older(), right.newer(), right.inclusionPath(), wrong);
            assertTrue(proof.verify(LINE.hash(20)) instanceof Verification.Fails fails
                    && fails.reason()
                            .startsWith(
                                    "the history of the newer revision does not go on from that of the older one: "));
        }
    }

    /**
     * A revision that lies about its own past can be committed to by a later one; its hash is then in the log, and only the
     * consistency proof tells.
     */
    @Test
    void aRevisionWithAForgedPastIsNotBelieved() {
        Digest forgedHistory = LINE.hash(0);
        RevisionHeader liar = new RevisionHeader(2, LINE.hash(1), forgedHistory, 0, "", "trust me");
        MemoryLog nodes = new MemoryLog();
        CompactRange range = CompactRange.empty(HashAlgorithm.SHA_256);
        for (Digest hash : List.of(LINE.hash(0), LINE.hash(1), liar.hash(HashAlgorithm.SHA_256), LINE.hash(3))) {
            range.append(hash.bytes(), nodes);
        }
        RevisionHeader newer = new RevisionHeader(4, LINE.hash(1), Digest.of(range.root()), 0, "", "");
        RevisionProof proof =
                RevisionProof.of(HashAlgorithm.SHA_256, liar, newer, StoredLog.of(HashAlgorithm.SHA_256, 4, nodes));
        assertEquals(
                HOLDS, proof.inclusion().verify(liar.hash(HashAlgorithm.SHA_256).bytes(), newer.history()));
        assertTrue(proof.verify(newer.hash(HashAlgorithm.SHA_256)) instanceof Verification.Fails fails
                && fails.reason().startsWith("the history of the newer revision does not go on"));
    }

    @Test
    void olderIsLower() {
        RevisionProof right = LINE.proof(5, 20);
        assertFails(
                "expected an older revision of a height below 20, which the newer one has, got 20",
                with(right, right.newer(), right.newer()).verify(LINE.hash(20)));
        assertFails(
                "expected an older revision of a height below 5, which the newer one has, got 20",
                with(right, right.newer(), right.older()).verify(LINE.hash(5)));
        assertThrows(IllegalArgumentException.class, () -> LINE.proof(20, 20));
        assertThrows(IllegalArgumentException.class, () -> LINE.proof(20, 5));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] right = LINE.proof(5, 20).bytes();
        for (int at = 0; at < right.length; at++) {
            for (int mask = 1; mask < 256; mask++) {
                byte[] flipped = right.clone();
                flipped[at] ^= (byte) mask;
                String where = "byte " + at + " xor " + mask;
                try {
                    RevisionProof parsed = RevisionProof.parse(flipped);
                    assertArrayEquals(flipped, parsed.bytes(), where);
                    assertFalse(parsed.verify(LINE.hash(20)).holds(), where);
                } catch (LogProofFormatException refused) {
                    assertTrue(refused.position() <= flipped.length, where);
                }
            }
        }
    }

    @Test
    void everyCutIsRefusedWhereTheBytesEnd() {
        byte[] right = LINE.proof(5, 20).bytes();
        for (int length = 0; length < right.length; length++) {
            byte[] cut = Arrays.copyOf(right, length);
            assertEquals(
                    length,
                    assertThrows(LogProofFormatException.class, () -> RevisionProof.parse(cut))
                            .position());
        }
    }

    @Test
    void takesNoMoreDigestsThanAProofMayHave() {
        List<Digest> many = Collections.nCopies(129, LINE.hash(0));
        RevisionProof right = LINE.proof(5, 20);
        assertThrows(
                IllegalArgumentException.class,
                () -> new RevisionProof(right.algorithm(), right.older(), right.newer(), many, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RevisionProof(right.algorithm(), right.older(), right.newer(), List.of(), many));
    }

    @Test
    void aHeaderIsWhatCanBeHashed() {
        Digest digest = LINE.hash(0);
        assertEquals(
                "expected a height of at least 0, got -1",
                assertThrows(IllegalArgumentException.class, () -> new RevisionHeader(-1, digest, digest, 0, "", ""))
                        .getMessage());
        assertEquals(
                "expected message of whole Unicode characters, got half of one",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RevisionHeader(0, digest, digest, 0, "", "\ud800"))
                        .getMessage());
    }
}
