package org.dacite.proof;

import static org.dacite.proof.Samples.leaf;
import static org.dacite.proof.Samples.packed;
import static org.dacite.proof.Samples.stub;
import static org.dacite.proof.Samples.token;
import static org.dacite.proof.Samples.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofWriterTest {
    private final ProofWriter out = ProofWriter.of(HashAlgorithm.SHA_256);

    private static byte[] filled(int octet) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    @Test
    void writesEveryTokenAsTheCanonicalFormSays() {
        out.leaf(ReferenceBits.padded("0011"), 1, 4, value("v"));
        out.stub(ReferenceBits.padded("01"), 2, 2, filled(7));
        out.join(ReferenceBits.padded("0"), 0, 0);
        out.enclose(ReferenceBits.padded("001"), 1, 3);
        out.link(ReferenceBits.padded("0100000000"), 1, 10, filled(8));
        out.join(ReferenceBits.padded(""), 0, 0);
        byte[] expected = packed(
                6,
                leaf("011", "v"),
                stub("", 7),
                token(2, ""),
                token(4, "01"),
                token(3, "100000000", new byte[] {32}, filled(8)),
                token(2, ""));
        assertArrayEquals(expected, out.finish().bytes());
    }

    @Test
    void noTokenIsTheEmptyTree() {
        assertArrayEquals(packed(0), out.finish().bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 127, 128, 16_383, 16_384, 3_000_000})
    void writesValuesOfAnyLength(int length) {
        String text = "v".repeat(length);
        out.leaf(new byte[] {'k', 0}, 0, 16, value(text));
        assertArrayEquals(
                packed(1, leaf(ReferenceBits.ofKey(new byte[] {'k', 0}), text)),
                out.finish().bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {511, 512, 1016, 8200})
    void writesLongSkips(int bits) {
        String skip = "10".repeat(bits).substring(0, bits);
        out.stub(ReferenceBits.padded(skip), 0, bits, filled(1));
        assertArrayEquals(packed(1, stub(skip, 1)), out.finish().bytes());
    }

    @Test
    void refusesToFinishWhatIsNoTree() {
        out.stub(new byte[1], 0, 8, filled(1));
        out.stub(new byte[1], 0, 8, filled(2));
        Exception refusal = assertThrows(ProofFormatException.class, out::finish);
        assertEquals(
                "expected one node after the last token, got 2",
                refusal.getMessage().replaceFirst("at byte \\d+: ", ""));
    }
}
