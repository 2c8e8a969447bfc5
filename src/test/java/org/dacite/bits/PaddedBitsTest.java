package org.dacite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dacite.reference.ReferenceBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bit string of up to nine bits, and those around the second byte of a length. */
class PaddedBitsTest {
    private static final List<String> ALL = upTo(9);

    private static List<String> upTo(int length) {
        List<String> all = new ArrayList<>(List.of(""));
        for (int i = 0; all.get(i).length() < length; i++) {
            all.add(all.get(i) + "0");
            all.add(all.get(i) + "1");
        }
        return all;
    }

    /** The bits, then noise that no method may look at. */
    private static byte[] noisy(String bits) {
        String noise = bits + "1101001110";
        return ReferenceBits.toBytes(noise.substring(0, (bits.length() + 7) / 8 * 8));
    }

    @ParameterizedTest
    @CsvSource({"'', 80", "0101, 58", "11111111, ff80", "0, 40", "1, c0", "1010101, ab", "00000000, 0080"})
    void padsWithAOneAndZeros(String bits, String padded) {
        assertEquals(padded, HexFormat.of().formatHex(PaddedBits.prefix(noisy(bits), bits.length())));
    }

    @Test
    void prefixIsThePaddedForm() {
        for (String bits : ALL) {
            assertArrayEquals(ReferenceBits.padded(bits), PaddedBits.prefix(noisy(bits), bits.length()), bits);
        }
    }

    @Test
    void prefixTakesThePaddedFormToo() {
        for (String bits : ALL) {
            for (int length = 0; length <= bits.length(); length++) {
                assertArrayEquals(
                        ReferenceBits.padded(bits.substring(0, length)),
                        PaddedBits.prefix(ReferenceBits.padded(bits), length),
                        bits + " to " + length);
            }
        }
    }

    @Test
    void bitRunsFromTheMostSignificant() {
        for (String bits : ALL) {
            byte[] bytes = noisy(bits);
            for (int i = 0; i < bits.length(); i++) {
                assertEquals(bits.charAt(i) - '0', PaddedBits.bit(bytes, i), bits + " at " + i);
            }
        }
    }

    @Test
    void sliceIsThePaddedFormOfAPart() {
        for (String bits : ALL) {
            for (int from = 0; from <= bits.length(); from++) {
                for (int to = from; to <= bits.length(); to++) {
                    assertArrayEquals(
                            ReferenceBits.padded(bits.substring(from, to)),
                            PaddedBits.slice(noisy(bits), from, to),
                            bits + " [" + from + ", " + to + ")");
                }
            }
        }
    }

    @Test
    void commonPrefixLengthCountsTheBitsThatAgree() {
        List<String> some = upTo(6);
        for (String a : ALL) {
            for (String b : some) {
                assertEquals(
                        ReferenceBits.agree(a, b),
                        PaddedBits.commonPrefixLength(noisy(a), a.length(), ReferenceBits.padded(b), b.length()),
                        a + " and " + b);
            }
        }
    }

    @Test
    void lengthBitsGoesBackFromThePaddedForm() {
        for (String bits : ALL) {
            byte[] padded = ReferenceBits.padded(bits);
            byte[] within = ReferenceBits.concat(new byte[] {1}, padded, new byte[] {-1});
            assertEquals(bits.length(), PaddedBits.lengthBits(within, 1, 1 + padded.length), bits);
        }
    }

    @Test
    void lengthBitsRefusesWhatIsNotPadded() {
        assertEquals(-1, PaddedBits.lengthBits(new byte[0], 0, 0));
        assertEquals(-1, PaddedBits.lengthBits(new byte[] {0}, 0, 1));
        assertEquals(-1, PaddedBits.lengthBits(new byte[] {(byte) 0xff, 0}, 0, 2));
    }

    @Test
    void writeEncodedWritesWhatIsHashedAndNothingBesideIt() {
        for (String bits : ALL) {
            for (int from = 0; from <= bits.length(); from++) {
                byte[] expected = ReferenceBits.enc(bits.substring(from));
                byte[] out = new byte[expected.length + 2];
                Arrays.fill(out, (byte) 0x55);
                int end = PaddedBits.writeEncoded(noisy(bits), from, bits.length(), out, 1);
                assertEquals(1 + expected.length, end, bits);
                assertEquals(expected.length, PaddedBits.encodedLength(bits.length() - from), bits);
                byte[] beside = {0x55};
                assertArrayEquals(ReferenceBits.concat(beside, expected, beside), out, bits);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256, 1007, 1008, 1015, 1016, 1017, 1024, 2040, 2048, 8192, 8200})
    void encodesLongStringsBehindALengthOfOneOrTwoBytes(int bits) {
        String text = "011".repeat(bits).substring(0, bits + 3);
        byte[] expected = ReferenceBits.enc(text.substring(3));
        byte[] out = new byte[expected.length];
        PaddedBits.writeEncoded(noisy(text), 3, bits + 3, out, 0);
        assertArrayEquals(expected, out);
        assertEquals(expected.length, PaddedBits.encodedLength(bits));
        assertEquals(bits < 1016 ? 1 : 2, expected.length - (bits / 8 + 1));
    }

    /** A vertex of these bits splits all longer bit strings that begin with them; shorter than a byte, or across one. */
    @Test
    void aKeyBeforeAPaddedPrefixIsOneOfItsLeftSide() {
        for (String prefix : ALL) {
            byte[] padded = ReferenceBits.padded(prefix);
            for (String rest : List.of("0", "1", "00", "01", "10", "11", "0111", "1000", "01111111", "10000000")) {
                String key = prefix + rest;
                byte[] bytes = ReferenceBits.toBytes(key + "0".repeat((8 - key.length() % 8) % 8));
                assertEquals(
                        rest.charAt(0) == '0', Arrays.compareUnsigned(bytes, padded) < 0, key + " against " + prefix);
            }
        }
    }

    @Test
    void paddedFormsSortInInfixOrder() {
        for (String a : ALL) {
            for (String b : upTo(5)) {
                int expected = infix(a, b);
                int found = Arrays.compareUnsigned(ReferenceBits.padded(a), ReferenceBits.padded(b));
                assertEquals(expected, Integer.signum(found), a + " against " + b);
            }
        }
    }

    /** Left subtree, vertex, right subtree. */
    private static int infix(String a, String b) {
        int common = ReferenceBits.agree(a, b);
        if (common == a.length() || common == b.length()) {
            return a.length() == b.length() ? 0 : a.length() > b.length() ? side(a, common) : -side(b, common);
        }
        return a.charAt(common) - b.charAt(common);
    }

    private static int side(String longer, int at) {
        return longer.charAt(at) == '0' ? -1 : 1;
    }
}
