package org.dacite.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.dacite.reference.ReferenceBits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random bit strings against text of zeros and ones. */
class BitsPropertyTest {
    private static final int ROUNDS = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithText(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String where = "seed " + seed + ", round " + round;
            String text = text(random, random.nextInt(2500));
            int from = random.nextInt(text.length() + 1);
            int to = from + random.nextInt(text.length() + 1 - from);
            String other = text.substring(0, from) + text(random, random.nextInt(40));
            Bits bits = Bits.of(text);

            assertEquals(text.substring(from, to), bits.slice(from, to).toString(), where);
            assertArrayEquals(
                    ReferenceBits.enc(text.substring(from, to)),
                    bits.slice(from, to).encoded(),
                    where);
            assertEquals(text + other, bits.then(Bits.of(other)).toString(), where);
            assertEquals(ReferenceBits.agree(text, other), bits.commonPrefixLength(Bits.of(other)), where);
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextBoolean() ? '1' : '0');
        }
        return text.toString();
    }
}
