package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final int MAX_SIZE = 1 << 12;

    /** The picture on the door of {@link Positions}. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 1", "1, 0, 2", "0, 2, 3", "0, 3, 4", "1, 1, 5", "2, 0, 6", "0, 4, 7"})
    void areThoseOfThePicture(int level, long index, long position) {
        assertEquals(position, Positions.of(level, index));
        assertEquals(level, Positions.level(position));
        assertEquals(index, Positions.index(position));
    }

    /** Each entry writes itself and every node of which it is the last entry, from the bottom up, without a gap. */
    @Test
    void growWithoutGapsAndNeverMove() {
        long next = 0;
        for (int size = 0; size < MAX_SIZE; size++) {
            assertEquals(next, Positions.count(size), "size " + size);
            for (int level = 0; (size + 1) % (1 << level) == 0; level++) {
                int index = size / (1 << level);
                assertEquals(next, Positions.of(level, index), "level " + level + ", index " + index);
                assertEquals(level, Positions.level(next), "position " + next);
                assertEquals(index, Positions.index(next), "position " + next);
                next++;
            }
        }
        assertEquals(next, Positions.count(MAX_SIZE));
    }

    @Test
    void leadToTheChildren() {
        for (int level = 1; level <= 12; level++) {
            for (int index = 0; index < MAX_SIZE >> level; index++) {
                long position = Positions.of(level, index);
                assertEquals(position - (1L << level), Positions.of(level - 1, 2L * index));
                assertEquals(position - 1, Positions.of(level - 1, 2L * index + 1));
            }
        }
    }

    @Test
    void coverEveryEntryOnce() {
        for (int size = 0; size <= MAX_SIZE; size++) {
            long entries = 0;
            for (long position : Positions.covering(size)) {
                int level = Positions.level(position);
                assertEquals(entries, Positions.index(position) << level, "size " + size);
                entries += 1L << level;
            }
            assertEquals(size, entries);
            assertEquals(Integer.bitCount(size), Positions.covering(size).length);
        }
    }

    @Test
    void haveAnInverseAtAnySize() {
        long seed = 20260;
        Random random = new Random(seed);
        for (int round = 0; round < 100_000; round++) {
            int level = random.nextInt(Positions.MAX_LEVEL + 1);
            long nodes = Positions.MAX_SIZE >>> level;
            long index = (random.nextLong() >>> (2 + random.nextInt(60))) % nodes;
            long position = Positions.of(level, index);
            String where = "seed " + seed + ", level " + level + ", index " + index;
            assertEquals(level, Positions.level(position), where);
            assertEquals(index, Positions.index(position), where);
        }
    }

    @Test
    void goUpToTwoToThePowerOf62Entries() {
        long last = Positions.of(62, 0);
        assertEquals(Long.MAX_VALUE - 1, last);
        assertEquals(Long.MAX_VALUE, Positions.count(Positions.MAX_SIZE));
        assertEquals(62, Positions.level(last));
        assertArrayEquals(new long[] {last}, Positions.covering(Positions.MAX_SIZE));
        assertEquals(62, Positions.covering(Positions.MAX_SIZE - 1).length);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 'expected a level from 0 to 62, got -1'",
        "63, 0, 'expected a level from 0 to 62, got 63'",
        "0, -1, 'expected an index from 0 to 4611686018427387903 on level 0, got -1'",
        "62, 1, 'expected an index from 0 to 0 on level 62, got 1'",
    })
    void refuseWhatIsNoNode(int level, long index, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Positions.of(level, index))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, (1L << 62) + 1, Long.MAX_VALUE})
    void refuseWhatIsNoSize(long size) {
        String message = "expected a size from 0 to 2^62, got " + size;
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Positions.count(size))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Positions.covering(size))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE})
    void refuseWhatIsNoPosition(long position) {
        assertEquals(
                "expected a position from 0 to 9223372036854775806, got " + position,
                assertThrows(IllegalArgumentException.class, () -> Positions.level(position))
                        .getMessage());
    }
}
