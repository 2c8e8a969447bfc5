package org.dacite.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference itself against what canonical-form.md says in figures. */
public class ReferenceVectorsTest {
    /** The table at the end of canonical-form.md: a map and its root. */
    public static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(ReferenceMap.of(), "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986"),
                Arguments.of(
                        ReferenceMap.of("a", "1"), "21ba8bb8eb9b646b9a8dc7e017ac03dd8ed19ce84e56feddce87d361990df635"),
                Arguments.of(
                        ReferenceMap.of("a", "1", "b", "2"),
                        "3a36257181dd298547030b80fa06a57dde3bffd459f713eb8e70e9dd8d9373fd"),
                Arguments.of(
                        ReferenceMap.of("a", "1", "ab", "3", "b", "2"),
                        "abfeec6ef3d0b1a55f2f3df4968d2b3fb29304984fde270beba3fa0b0f12394e"),
                Arguments.of(
                        ReferenceMap.of("a", "1").put(ReferenceBits.text("t"), ReferenceMap.of("b", "2")),
                        "f64403912ddee37a0556d16fedd985757ff1a343855489bb7610e95295dad670"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hasTheRootsOfTheCanonicalForm(ReferenceMap map, String root) {
        assertEquals(root, HexFormat.of().formatHex(ReferenceTree.root(map)));
    }

    @Test
    void padsAndEncodesAsTheCanonicalFormSays() {
        HexFormat hex = HexFormat.of();
        assertEquals("80", hex.formatHex(ReferenceBits.padded("")));
        assertEquals("58", hex.formatHex(ReferenceBits.padded("0101")));
        assertEquals("ff80", hex.formatHex(ReferenceBits.padded("11111111")));
        assertEquals("00", hex.formatHex(ReferenceBits.enc("")));
        assertEquals("21" + "ff".repeat(32) + "80", hex.formatHex(ReferenceBits.enc("1".repeat(256))));
    }

    @Test
    void aProofOfOneKeyHoldsTheStubsBesideItsPath() {
        ReferenceMap map = ReferenceMap.of("a", "1", "ab", "3", "b", "2");
        ReferenceTree tree = ReferenceTree.of(map, ReferenceHash.SHA256);
        ReferenceProof proof = ReferenceProof.of(tree.proof(Asked.keys(List.of(ReferenceBits.text("ab")))));
        assertArrayEquals(tree.root(), proof.root());
        assertEquals(5, proof.tokens());
        assertEquals("present 33", proof.find(ReferenceBits.text("ab")));
        assertEquals("unknown", proof.find(ReferenceBits.text("b")));
        assertEquals("absent", proof.find(ReferenceBits.text("c")));
    }
}
