package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
    @Test
    void countsAsASetOfAllKeysDoes() {
        long seed = 20_261_120;
        Random random = new Random(seed);
        SeenKeys seen = new SeenKeys();
        Set<Integer> all = new HashSet<>();
        long repeated = 0;
        for (int i = 0; i < 200_000; i++) {
            int key = random.nextInt(100_000);
            seen.add(ByteBuffer.allocate(4).putInt(key).array());
            repeated += all.add(key) ? 0 : 1;
        }
        assertEquals(repeated, seen.repeated(), "seed " + seed);
        assertFalse(seen.isLowerBound());
    }
}
