package org.dacite.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.dacite.reference.ReferenceBits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No other bytes than a proof's own lead to its root. */
class IncompleteTreePropertyTest {
    /** Whether the bytes are refused, or are of another root. */
    private static boolean failsFor(Samples.Sample sample, byte[] packed) {
        try {
            return !IncompleteTree.parse(packed).holds(sample.root());
        } catch (ProofFormatException refused) {
            assertTrue(refused.position() >= 0 && refused.position() <= packed.length, refused.getMessage());
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("org.dacite.proof.Samples#small")
    void everyTruncationIsRefused(Samples.Sample sample) {
        for (int length = 0; length < sample.packed().length; length++) {
            byte[] cut = Arrays.copyOf(sample.packed(), length);
            assertThrows(ProofFormatException.class, () -> IncompleteTree.parse(cut), "cut to " + length);
        }
    }

    /** All 255 of them in a short proof, every thirteenth in a longer one. */
    @ParameterizedTest
    @MethodSource("org.dacite.proof.Samples#small")
    void otherBytesAtEveryPlaceFail(Samples.Sample sample) {
        for (int at = 0; at < sample.packed().length; at++) {
            for (int difference = 1; difference < 256; difference += sample.packed().length > 120 ? 13 : 1) {
                byte[] packed = sample.packed().clone();
                packed[at] ^= (byte) difference;
                assertTrue(failsFor(sample, packed), "byte " + at + " changed by " + difference);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.dacite.proof.Samples#small")
    void everyByteTooManyIsRefused(Samples.Sample sample) {
        for (int more = 0; more < 256; more++) {
            byte[] longer = ReferenceBits.concat(sample.packed(), new byte[] {(byte) more});
            assertThrows(ProofFormatException.class, () -> IncompleteTree.parse(longer));
        }
    }

    @ParameterizedTest
    @MethodSource("org.dacite.proof.Samples#small")
    void everyByteLeftOutOrDoubledFails(Samples.Sample sample) {
        byte[] all = sample.packed();
        for (int at = 0; at < all.length; at++) {
            byte[] before = Arrays.copyOf(all, at);
            byte[] after = Arrays.copyOfRange(all, at + 1, all.length);
            assertTrue(failsFor(sample, ReferenceBits.concat(before, after)), "byte " + at + " left out");
            byte[] twice = {all[at], all[at]};
            assertTrue(failsFor(sample, ReferenceBits.concat(before, twice, after)), "byte " + at + " doubled");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void randomBytesAreRefusedOrRead(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4_000; round++) {
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextInt(4) == 0 ? noise[i] : (byte) random.nextInt(5);
            }
            byte[] packed = ReferenceBits.concat(Samples.packed(random.nextInt(8)), noise);
            String where = "seed " + seed + ", round " + round;
            try {
                IncompleteTree tree = IncompleteTree.parse(packed);
                assertEquals(tree.root(), IncompleteTree.parse(tree.bytes()).root(), where);
            } catch (ProofFormatException refused) {
                assertFalse(refused.position() > packed.length, where);
            }
        }
    }
}
