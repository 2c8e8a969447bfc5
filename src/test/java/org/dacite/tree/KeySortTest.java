package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeySortTest {
    private static final int LONGEST = 8;

    @Test
    void agreesWithASortByteByByte() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Change[] changes = new Change[random.nextInt(60)];
            for (int i = 0; i < changes.length; i++) {
                byte[] key = new byte[1 + random.nextInt(LONGEST)];
                for (int at = 0; at < key.length; at++) {
                    key[at] = (byte) (random.nextInt(3) - 1); // 00, 01 and ff: ties in the head, signs, short keys
                }
                changes[i] = new Change(key, null, Change.Action.DELETE, null, null, null, false);
            }
            Change[] expected = changes.clone();
            Arrays.sort(expected, (a, b) -> Arrays.compareUnsigned(a.key(), b.key())); // stable

            KeySort.sort(changes);

            assertArrayEquals(expected, changes, "seed " + seed);
        }
    }
}
