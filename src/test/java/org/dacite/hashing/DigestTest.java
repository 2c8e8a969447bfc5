package org.dacite.hashing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String HEX = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @Test
    void readsEitherCaseAndWritesLowerCase() {
        assertEquals(
                HEX,
                Digest.parse("00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddee",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeef",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00",
                "0x112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                "g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                " 0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            })
    void refusesWhatIsNot64Digits(String text) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Digest.parse(text));
        assertEquals("expected a digest of 64 hexadecimal digits, got '" + text + "'", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesAnotherLengthThan32Bytes(int length) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Digest.of(new byte[length]));
        assertEquals("expected a digest of 32 bytes, got " + length, refusal.getMessage());
    }

    @Test
    void isAValue() {
        byte[] bytes = Digest.parse(HEX).bytes();
        Digest digest = Digest.of(bytes);
        bytes[0] = 1;
        digest.bytes()[1] = 1;
        assertEquals(HEX, digest.toString());
        assertEquals(Digest.parse(HEX), digest);
        assertEquals(Digest.parse(HEX).hashCode(), digest.hashCode());
        assertNotEquals(Digest.of(bytes), digest);
    }

    @Test
    void matchesItsBytesAlone() {
        Digest digest = Digest.parse(HEX);
        assertTrue(digest.matches(digest.bytes()));
        assertFalse(digest.matches(new byte[32]));
        assertFalse(digest.matches(new byte[0]));
    }

    @Test
    void sortsAsUnsignedBytes() {
        Digest low = Digest.parse("7f" + "ff".repeat(31));
        Digest high = Digest.parse("80" + "00".repeat(31));
        assertTrue(low.compareTo(high) < 0);
        assertTrue(high.compareTo(low) > 0);
        assertEquals(0, low.compareTo(Digest.of(low.bytes())));
    }
}
