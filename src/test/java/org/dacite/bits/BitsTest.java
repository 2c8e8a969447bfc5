package org.dacite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.dacite.reference.ReferenceBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
    private static final List<String> ALL = upTo(9);

    private static List<String> upTo(int length) {
        List<String> all = new ArrayList<>(List.of(""));
        for (int i = 0; all.get(i).length() < length; i++) {
            all.add(all.get(i) + "0");
            all.add(all.get(i) + "1");
        }
        return all;
    }

    @Test
    void showsWhatItWasMadeOf() {
        for (String bits : ALL) {
            assertEquals(bits, Bits.of(bits).toString());
            assertEquals(bits.length(), Bits.of(bits).length());
        }
    }

    @Test
    void hasThePaddedAndTheEncodedFormOfTheCanonicalForm() {
        for (String bits : ALL) {
            assertArrayEquals(ReferenceBits.padded(bits), Bits.of(bits).padded(), bits);
            assertArrayEquals(ReferenceBits.enc(bits), Bits.of(bits).encoded(), bits);
        }
    }

    @Test
    void goesThereAndBackThroughThePaddedForm() {
        for (String bits : ALL) {
            assertEquals(Bits.of(bits), Bits.ofPadded(ReferenceBits.padded(bits)));
        }
    }

    @Test
    void goesThereAndBackThroughAKey() {
        for (String bits : List.of("", "00000000", "11111111", "1010010111000011")) {
            byte[] key = ReferenceBits.toBytes(bits);
            assertEquals(Bits.of(bits), Bits.ofKey(key));
            assertArrayEquals(key, Bits.ofKey(key).toKey());
        }
    }

    @Test
    void slicesAndJoins() {
        for (String bits : ALL) {
            for (int at = 0; at <= bits.length(); at++) {
                Bits before = Bits.of(bits).slice(0, at);
                Bits after = Bits.of(bits).slice(at, bits.length());
                assertEquals(bits.substring(0, at), before.toString());
                assertEquals(bits.substring(at), after.toString());
                assertEquals(Bits.of(bits), before.then(after));
            }
        }
    }

    @Test
    void joinsAnyTwo() {
        for (String a : ALL) {
            for (String b : upTo(7)) {
                assertEquals(a + b, Bits.of(a).then(Bits.of(b)).toString());
            }
        }
    }

    @Test
    void addsOneBit() {
        for (String bits : ALL) {
            assertEquals(bits + "0", Bits.of(bits).with(0).toString());
            assertEquals(bits + "1", Bits.of(bits).with(1).toString());
        }
    }

    @Test
    void comparesAndAgreesAsTextOfZerosAndOnesDoes() {
        for (String a : ALL) {
            for (String b : upTo(6)) {
                assertEquals(ReferenceBits.agree(a, b), Bits.of(a).commonPrefixLength(Bits.of(b)), a + " and " + b);
                assertEquals(a.equals(b), Bits.of(a).equals(Bits.of(b)), a + " and " + b);
                assertEquals(a.equals(b), Bits.of(a).compareTo(Bits.of(b)) == 0, a + " and " + b);
            }
        }
    }

    @Test
    void sortsAVertexBetweenItsChildren() {
        List<Bits> sorted = List.of("11", "0", "", "01", "1", "10", "00").stream()
                .map(Bits::of)
                .sorted()
                .toList();
        assertEquals("[00, 0, 01, , 10, 1, 11]", sorted.toString());
    }

    @Test
    void readsItsBits() {
        Bits bits = Bits.of("0101100111");
        for (int i = 0; i < bits.length(); i++) {
            assertEquals(bits.toString().charAt(i) - '0', bits.bit(i));
        }
    }

    @Test
    void isAValue() {
        Bits bits = Bits.of("0101");
        bits.padded()[0] = 0;
        byte[] padded = bits.padded();
        Bits same = Bits.ofPadded(padded);
        padded[0] = 1;
        assertEquals("0101", bits.toString());
        assertEquals(bits, same);
        assertEquals(bits.hashCode(), same.hashCode());
        assertNotEquals(bits, Bits.of("01010"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 5})
    void refusesABitThatItDoesNotHave(int index) {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> Bits.of("0101").bit(index));
        assertEquals("expected a bit index below 4, got " + index, refusal.getMessage());
    }

    @Test
    void refusesARangeThatIsNotWithinIt() {
        Bits bits = Bits.of("0101");
        assertThrows(IllegalArgumentException.class, () -> bits.slice(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> bits.slice(3, 2));
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> bits.slice(0, 5));
        assertEquals("expected a range within [0, 4), got [0, 5)", refusal.getMessage());
    }

    @Test
    void refusesWhatIsNotZerosAndOnes() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Bits.of("01x1"));
        assertEquals("expected zeros and ones, got 'x' at 2", refusal.getMessage());
    }

    @Test
    void refusesWhatIsNotPadded() {
        assertThrows(IllegalArgumentException.class, () -> Bits.ofPadded(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Bits.ofPadded(new byte[] {1, 0}));
    }

    @Test
    void refusesToMakeAKeyOfBrokenBytes() {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> Bits.of("0101").toKey());
        assertEquals("expected whole bytes, got 4 bits", refusal.getMessage());
    }
}
