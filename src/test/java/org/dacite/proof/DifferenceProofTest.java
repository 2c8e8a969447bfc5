package org.dacite.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dacite.proof.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dacite.bits.Bits;
import org.dacite.hashing.Digest;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceProofTest {
    private static final ReferenceMap BEFORE = ReferenceMap.of("a", "1", "ab", "3", "b", "2", "c", "4")
            .put(text("t"), ReferenceMap.of("x", "8", "y", "9"))
            .put(text("u"), ReferenceMap.of("z", "7"));
    private static final ReferenceMap AFTER = ReferenceMap.of("a", "1", "ab", "5", "c", "4", "d", "6")
            .put(text("t"), ReferenceMap.of("x", "8", "y", "0"))
            .put(text("u"), ReferenceMap.of("z", "7"));
    private static final Digest OLD = root(BEFORE);
    private static final Digest NEW = root(AFTER);
    private static final List<List<byte[]>> CHANGED = List.of(path("ab"), path("b"), path("d"), path("t", "y"));

    private static Digest root(ReferenceMap map) {
        return Digest.of(ReferenceTree.root(map));
    }

    private static List<byte[]> path(String... keys) {
        return Arrays.stream(keys).map(Samples::text).toList();
    }

    private static IncompleteTree shown(ReferenceMap map, Asked asked) {
        return IncompleteTree.parse(ReferenceTree.of(map, ReferenceHash.SHA256).proof(asked));
    }

    private static DifferenceProof proof() {
        return DifferenceProof.of(shown(BEFORE, Asked.paths(CHANGED)), shown(AFTER, Asked.paths(CHANGED)));
    }

    private static String line(ProvenChange change) {
        StringBuilder line = new StringBuilder();
        change.trees().forEach(tree -> line.append(name(tree)).append('/'));
        return line.append(name(change.key()))
                .append(": ")
                .append(change.before().map(value -> new String(value, UTF_8)).orElse("-"))
                .append(" → ")
                .append(change.after().map(value -> new String(value, UTF_8)).orElse("-"))
                .toString();
    }

    private static String name(Bits key) {
        byte[] bytes = key.toKey();
        return new String(bytes, 0, bytes.length - 1, UTF_8);
    }

    @Test
    void tellsTheChangesInKeyOrder() {
        assertEquals(
                List.of("ab: 3 → 5", "b: 2 → -", "d: - → 6", "t/y: 9 → 0"),
                proof().verify(OLD, NEW).stream().map(DifferenceProofTest::line).toList());
    }

    @Test
    void travelsAsItsBytes() {
        DifferenceProof proof = proof();
        byte[] bytes = proof.bytes();
        assertEquals(
                HexFormat.of()
                        .formatHex(ReferenceBits.concat(
                                "DACD".getBytes(UTF_8),
                                new byte[] {1},
                                ReferenceBits.varint(proof.before().sizeBytes()),
                                proof.before().bytes(),
                                ReferenceBits.varint(proof.after().sizeBytes()),
                                proof.after().bytes())),
                HexFormat.of().formatHex(bytes));
        DifferenceProof parsed = DifferenceProof.parse(bytes);
        assertEquals(proof, parsed);
        assertEquals(proof.hashCode(), parsed.hashCode());
        assertEquals(bytes.length, parsed.sizeBytes());
        bytes[0] = 0;
        parsed.bytes()[0] = 0;
        assertEquals(proof, parsed);
    }

    @Test
    void ofEqualMapsItIsTwoStubs() {
        IncompleteTree nothing = shown(BEFORE, Asked.paths(List.of()));
        assertEquals(List.of(), DifferenceProof.of(nothing, nothing).verify(OLD, OLD));
    }

    @Test
    void ofEmptyMapsItIsTwoEmptyTrees() {
        ReferenceMap empty = new ReferenceMap();
        IncompleteTree none = shown(empty, Asked.paths(List.of()));
        assertEquals(List.of(), DifferenceProof.of(none, none).verify(root(empty), root(empty)));
    }

    @Test
    void aValueThatGivesWayToATreeGoesFirst() {
        ReferenceMap value = ReferenceMap.of("a", "1", "t", "5");
        ReferenceMap tree = ReferenceMap.of("a", "1").put(text("t"), ReferenceMap.of("x", "1", "y", "2"));
        Asked asked = Asked.paths(List.of(path("t"), path("t", "x"), path("t", "y")));
        assertEquals(
                List.of("t: 5 → -", "t/x: - → 1", "t/y: - → 2"),
                DifferenceProof.of(shown(value, asked), shown(tree, asked)).verify(root(value), root(tree)).stream()
                        .map(DifferenceProofTest::line)
                        .toList());
        assertEquals(
                List.of("t/x: 1 → -", "t/y: 2 → -", "t: - → 5"),
                DifferenceProof.of(shown(tree, asked), shown(value, asked)).verify(root(tree), root(value)).stream()
                        .map(DifferenceProofTest::line)
                        .toList());
    }

    @Test
    void refusesOtherRoots() {
        ProofMismatchException exchanged = assertThrows(ProofMismatchException.class, () -> proof().verify(NEW, OLD));
        assertEquals("expected a proof for root " + NEW + ", got one for root " + OLD, exchanged.getMessage());
        ProofMismatchException second = assertThrows(ProofMismatchException.class, () -> proof().verify(OLD, OLD));
        assertEquals(NEW, second.found());
    }

    /** Each change in turn is hidden: in both trees, in the first alone, in the second alone, where that hides anything. */
    @Test
    void refusesToHideAChange() {
        for (List<byte[]> hidden : CHANGED) {
            List<List<byte[]>> rest =
                    CHANGED.stream().filter(path -> path != hidden).toList();
            IncompleteTree less = shown(BEFORE, Asked.paths(rest));
            IncompleteTree fewer = shown(AFTER, Asked.paths(rest));
            int refused = 0;
            for (DifferenceProof proof : List.of(
                    DifferenceProof.of(less, fewer),
                    DifferenceProof.of(less, proof().after()),
                    DifferenceProof.of(proof().before(), fewer))) {
                if (!proof.equals(proof())) {
                    assertThrows(
                            UnprovenDifferenceException.class,
                            () -> DifferenceProof.parse(proof.bytes()).verify(OLD, NEW));
                    refused++;
                }
            }
            assertTrue(refused > 0, "a change that can be hidden");
        }
    }

    @Test
    void saysWhichPartIsHidden() {
        ReferenceMap one = ReferenceMap.of("a", "1", "b", "2");
        ReferenceMap other = ReferenceMap.of("a", "1", "b", "3");
        Asked nothing = Asked.paths(List.of());
        Asked b = Asked.paths(List.of(path("b")));
        assertEquals(
                "expected both trees to leave out the same, got a part left out of both, and not the same: "
                        + "the keys that begin with the bits 011000",
                unproven(one, nothing, other, nothing).getMessage());
        UnprovenDifferenceException first = unproven(one, nothing, other, b);
        assertEquals(
                "expected both trees to leave out the same, got a part left out of the first alone: "
                        + "the keys that begin with the bits 011000",
                first.getMessage());
        assertEquals(Bits.of("011000"), first.prefix());
        assertEquals(List.of(), first.trees());
        assertTrue(unproven(one, b, other, nothing).getMessage().contains("left out of the second alone: "));
        assertEquals(
                "expected both trees to leave out the same, got a part left out of both, and not the same: "
                        + "the keys that begin with 0x7900 in the tree 0x7400",
                unproven(
                                BEFORE,
                                Asked.paths(List.of(path("ab"), path("b"), path("d"), path("t", "x"))),
                                AFTER,
                                Asked.paths(List.of(path("ab"), path("b"), path("d"), path("t", "x"))))
                        .getMessage());
    }

    private static UnprovenDifferenceException unproven(
            ReferenceMap before, Asked asked, ReferenceMap after, Asked alsoAsked) {
        DifferenceProof proof = DifferenceProof.of(shown(before, asked), shown(after, alsoAsked));
        return assertThrows(UnprovenDifferenceException.class, () -> proof.verify(root(before), root(after)));
    }

    /** A link whose tree is not shown, and the same link left out, hide the same. */
    @Test
    void aLinkIsAsGoodAsItsStub() {
        ReferenceMap before = ReferenceMap.of("a", "1").put(text("t"), ReferenceMap.of("x", "8"));
        ReferenceMap after = before.copy().put(text("a"), "2".getBytes(UTF_8));
        IncompleteTree link = shown(before, Asked.paths(List.of(path("a"), path("t"))));
        IncompleteTree stub = shown(after, Asked.paths(List.of(path("a"))));
        assertEquals(
                1,
                DifferenceProof.of(link, stub).verify(root(before), root(after)).size());
        ReferenceMap other = after.copy().put(text("t"), ReferenceMap.of("x", "9"));
        IncompleteTree otherLink = shown(other, Asked.paths(List.of(path("a"), path("t"))));
        assertThrows(
                UnprovenDifferenceException.class,
                () -> DifferenceProof.of(link, otherLink).verify(root(before), root(other)));
    }

    @Test
    void everyCutAndEveryFlipIsNoticed() {
        byte[] bytes = proof().bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            ProofFormatException refused = assertThrows(ProofFormatException.class, () -> DifferenceProof.parse(cut));
            assertTrue(refused.position() <= length, refused.getMessage());
        }
        for (int at = 0; at < bytes.length; at++) {
            for (int mask : new int[] {0x01, 0x80, 0xff}) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) mask;
                assertFalse(holds(flipped), "byte " + at + " changed by " + mask);
            }
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        ProofFormatException refused = assertThrows(ProofFormatException.class, () -> DifferenceProof.parse(longer));
        assertEquals(
                "at byte " + bytes.length + ": expected the end after two trees, got 1 more bytes",
                refused.getMessage());
    }

    private static boolean holds(byte[] bytes) {
        try {
            DifferenceProof.parse(bytes).verify(OLD, NEW);
            return true;
        } catch (ProofFormatException | ProofMismatchException | UnprovenDifferenceException e) {
            return false;
        }
    }

    /** {@code 444143310100} is the empty tree of sha256. */
    @ParameterizedTest
    @CsvSource({
        "'', 0, 'expected a proof of a difference, which begins with \"DACD\", got the end'",
        "44414331, 3, 'expected a proof of a difference, which begins with \"DACD\", got 31'",
        "44414344, 4, 'expected the version, got the end'",
        "4441434402, 4, 'expected version 01, got 02'",
        "4441434401, 5, 'expected the length of the first tree, got the end'",
        "4441434401 8600 444143310100, 5, "
                + "'expected the length of the first tree as a varint in its shortest form, got a longer one'",
        "4441434401 07 444143310100, 12, 'expected the first tree of 7 bytes from byte 6 on, got an end after 6'",
        "4441434401 09 444143310100, 5, 'expected the length of the first tree of at most 7, got 9'",
        "4441434401 06 444143310100, 12, 'expected the length of the second tree, got the end'",
        "4441434401 06 444143310100 ffffffffff7f, 12, "
                + "'expected the length of the second tree of at most 6, got a longer varint'",
        "4441434401 06 444143310100 06 4441433101, 18, "
                + "'expected the second tree of 6 bytes from byte 13 on, got an end after 5'",
        "4441434401 06 444143310105 00, 11, "
                + "'expected at most 0 tokens in the 0 bytes that follow, got a count of 5'",
        "4441434401 06 444143310100 06 444143310200, 17, 'expected the algorithm of the first tree, sha256, got sha3-256'",
        "4441434401 06 444143310100 06 444143310100 00, 19, 'expected the end after two trees, got 1 more bytes'",
    })
    void refusesAt(String hex, int position, String message) {
        ProofFormatException refused = assertThrows(
                ProofFormatException.class,
                () -> DifferenceProof.parse(HexFormat.of().parseHex(hex.replace(" ", ""))));
        assertEquals("at byte " + position + ": " + message, refused.getMessage());
        assertEquals(position, refused.position());
    }

    @Test
    void twoAlgorithmsMakeNoProof() {
        IncompleteTree one = shown(BEFORE, Asked.paths(CHANGED));
        IncompleteTree other =
                IncompleteTree.parse(ReferenceTree.of(AFTER, ReferenceHash.SHA3).proof(Asked.paths(CHANGED)));
        assertThrows(IllegalArgumentException.class, () -> DifferenceProof.of(one, other));
    }
}
