package org.dacite.proof;

import static org.dacite.proof.Samples.leaf;
import static org.dacite.proof.Samples.packed;
import static org.dacite.proof.Samples.stub;
import static org.dacite.proof.Samples.token;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read, and what is refused and at which byte. The header takes bytes 0 to 4, a short count byte 5. */
class IncompleteTreeTest {
    private static ProofFormatException refused(byte[] packed) {
        return assertThrows(ProofFormatException.class, () -> IncompleteTree.parse(packed));
    }

    private static void assertRefused(int position, String message, byte[] packed) {
        ProofFormatException refusal = refused(packed);
        assertEquals("at byte " + position + ": " + message, refusal.getMessage());
        assertEquals(position, refusal.position());
    }

    @ParameterizedTest
    @MethodSource("org.dacite.proof.Samples#small")
    void leadsToTheRoot(Samples.Sample sample) {
        IncompleteTree tree = IncompleteTree.parse(sample.packed());
        assertEquals(sample.root(), tree.root());
        assertTrue(tree.holds(sample.root()));
        assertArrayEquals(sample.packed(), tree.bytes());
        assertEquals(sample.packed().length, tree.sizeBytes());
    }

    @ParameterizedTest
    @EnumSource
    void leadsToTheRootWithEachAlgorithm(HashAlgorithm algorithm) {
        ReferenceTree tree = ReferenceTree.of(Samples.nested(), ReferenceHash.labelled(algorithm.label()));
        IncompleteTree whole = IncompleteTree.parse(tree.proof(Asked.range(new byte[0], null)));
        assertEquals(Digest.of(tree.root()), whole.root());
        assertEquals(algorithm, whole.algorithm());
    }

    @Test
    void refusesAnotherRoot() {
        IncompleteTree tree = IncompleteTree.parse(packed(0));
        Digest other = Digest.of(new byte[32]);
        ProofMismatchException refusal = assertThrows(ProofMismatchException.class, () -> tree.verify(other));
        assertEquals("expected a proof for root " + other + ", got one for root " + tree.root(), refusal.getMessage());
        assertEquals(other, refusal.expected());
        assertEquals(tree.root(), refusal.found());
        assertFalse(tree.holds(other));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 'expected a packed form, which begins with \"DAC1\", got the end'",
        "44, 1, 'expected a packed form, which begins with \"DAC1\", got the end'",
        "44414332, 3, 'expected a packed form, which begins with \"DAC1\", got 32'",
        "44414331, 4, 'expected the hash algorithm, got the end'",
        "4441433100, 4, 'expected a hash algorithm, 01 to 03, got 00'",
        "4441433104, 4, 'expected a hash algorithm, 01 to 03, got 04'",
        "4441433101, 5, 'expected the number of tokens, got the end'",
        "444143310180, 6, 'expected the number of tokens, got the end'",
        "44414331018000, 5, 'expected the number of tokens as a varint in its shortest form, got a longer one'",
        "444143310100ff, 6, 'expected the end after 0 tokens, got 1 more bytes'",
        "444143310101, 5, 'expected at most 0 tokens in the 0 bytes that follow, got a count of 1'",
        "44414331010105ff, 6, 'expected a token, 00 to 04, got 05'",
        "444143310101ff00, 6, 'expected a token, 00 to 04, got ff'",
        "4441433101010000, 8, 'expected the length of a value, got the end'",
        "444143310101000000ff, 9, 'expected the end after 1 tokens, got 1 more bytes'",
    })
    void refusesAt(String hex, int position, String message) {
        assertRefused(position, message, HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "0180, 'expected a skip in its shortest form, got padding alone'",
        "020100, 'expected a skip in its shortest form, got a last byte of zero'",
        "818001, 'expected a skip of at most 5, got 16385'",
        "ffffffffff, 'expected a skip of at most 7, got a longer varint'",
        "8100c0, 'expected a skip as a varint in its shortest form, got a longer one'",
    })
    void refusesASkipThatIsNotInItsShortestForm(String skip, String message) {
        byte[] packed = packed(1, new byte[1], HexFormat.of().parseHex(skip), new byte[2]);
        assertRefused(7, message, packed);
    }

    @Test
    void refusesAValueThatIsLongerThanTheInput() {
        byte[] packed = packed(1, new byte[] {0, 0}, ReferenceBits.varint(3), new byte[2]);
        assertRefused(11, "expected a value of 3 bytes from byte 9 on, got an end after 2", packed);
    }

    @Test
    void refusesALinkWhoseRootIsNotOf32Bytes() {
        byte[] packed = packed(1, token(3, "0", ReferenceBits.varint(31), new byte[31]));
        assertRefused(9, "expected a root of 32 bytes, got 31", packed);
    }

    @Test
    void refusesAJoinOfOneNode() {
        byte[] packed = packed(2, leaf("0", ""), token(2, ""));
        assertRefused(10, "expected a join of two nodes, got no node before it", packed);
    }

    @Test
    void refusesToEncloseNothing() {
        assertRefused(6, "expected a tree to enclose, got no node before it", packed(1, token(4, "")));
    }

    @Test
    void refusesTwoTops() {
        byte[] packed = packed(2, leaf("0", ""), leaf("1", ""));
        assertRefused(packed.length, "expected one node after the last token, got 2", packed);
    }

    @Test
    void refusesACountThatStopsEarly() {
        byte[] packed = packed(2, leaf("", "l"), stub("", 7), token(2, ""));
        assertEquals(packed.length - 2, refused(packed).position());
    }

    @Test
    void refusesKeysThatAreTooLong() {
        assertEquals(
                1, IncompleteTree.parse(packed(1, leaf("0".repeat(8200), ""))).top() + 1);
        assertRefused(6, "expected keys of at most 1025 bytes, got 8201 bits", packed(1, leaf("0".repeat(8201), "")));
        byte[] joined = packed(3, leaf("0".repeat(8000), ""), stub("", 1), token(2, "1".repeat(200)));
        assertEquals("expected keys of at most 1025 bytes, got 8201 bits", messageOf(joined));
    }

    @Test
    void refusesASkipOfMoreBytesThanAnyKeyTakes() {
        assertRefused(7, "expected a skip of at most 1026, got 1027", packed(1, leaf("0".repeat(8208), "")));
    }

    private static String messageOf(byte[] packed) {
        return refused(packed).getMessage().replaceFirst("at byte \\d+: ", "");
    }

    @Test
    void anEnclosedTreeCountsItsKeysFromItsOwnTop() {
        byte[] packed = packed(2, leaf("0".repeat(8200), ""), token(4, "1".repeat(8200)));
        assertEquals(1, IncompleteTree.parse(packed).top());
    }

    @Test
    void failsFastOnClaimsThatTheInputCannotKeep() {
        byte[] filling = new byte[90];
        for (long claim : new long[] {46, 1000, 1 << 30, Integer.MAX_VALUE, 1L << 31, 1L << 34, 1L << 62, -1}) {
            byte[] number = claim < 0 ? HexFormat.of().parseHex("ffffffffffffffffff7f") : ReferenceBits.varint(claim);
            byte[] header = Arrays.copyOf(packed(0), 5);
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                refused(ReferenceBits.concat(header, number, filling));
                refused(packed(1, new byte[] {0}, number, filling));
                refused(packed(1, new byte[] {0, 0}, number, new byte[45]));
                refused(packed(1, new byte[] {3, 0}, number, filling));
            });
        }
    }

    @Test
    void isAValue() {
        byte[] packed = ReferenceTree.of(ReferenceMap.of("a", "1"), ReferenceHash.SHA256)
                .proof(Samples.keys("a"));
        IncompleteTree tree = IncompleteTree.parse(packed);
        IncompleteTree same = IncompleteTree.parse(packed);
        packed[packed.length - 1] ^= 1;
        tree.bytes()[0] = 0;
        assertEquals(same, tree);
        assertEquals(same.hashCode(), tree.hashCode());
        assertFalse(tree.equals(IncompleteTree.parse(packed)));
    }
}
