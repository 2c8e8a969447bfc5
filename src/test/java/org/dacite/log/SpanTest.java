package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which nodes a proof needs, from numbers alone. */
class SpanTest {
    private static String written(List<Span> spans) {
        return spans.stream().map(span -> span.from() + "-" + span.to()).collect(Collectors.joining(" "));
    }

    private static String positions(List<Span> spans) {
        return Arrays.stream(Span.positions(spans)).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    /** Of the trees that RFC 9162, 2.1.5, draws: seven entries, and what they were at three, four and six. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, '', ''",
        "0, 7, 1-2 2-4 4-7, 1 5 9 10",
        "3, 7, 2-3 0-2 4-7, 2 3 9 10",
        "4, 7, 5-6 6-7 0-4, 6 8 10",
        "6, 7, 4-6 0-4, 6 9",
        "2, 5, 3-4 0-2 4-5, 2 4 7",
    })
    void ofAnInclusion(long index, long size, String spans, String positions) {
        assertEquals(spans, written(Span.ofInclusion(index, size)));
        assertEquals(positions, positions(Span.ofInclusion(index, size)));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 7, 2-3 3-4 0-2 4-7, 2 3 4 9 10",
        "4, 7, 4-7, 9 10",
        "6, 7, 4-6 6-7 0-4, 6 9 10",
        "7, 7, '', ''",
        "1, 2, 1-2, 1",
        "3, 5, 2-3 3-4 0-2 4-5, 2 3 4 7",
    })
    void ofAConsistency(long first, long second, String spans, String positions) {
        assertEquals(spans, written(Span.ofConsistency(first, second)));
        assertEquals(positions, positions(Span.ofConsistency(first, second)));
    }

    @Test
    void areFewAndAllStoredAtAnySize() {
        long seed = 6962;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            long second = 1 + (random.nextLong() >>> (2 + random.nextInt(60)));
            long first = 1 + (random.nextLong() >>> 1) % second;
            String where = "seed " + seed + ", from " + first + " to " + second;
            assertStored(Span.ofInclusion(first - 1, second), second, where);
            assertStored(Span.ofConsistency(first, second), second, where);
        }
    }

    private static void assertStored(List<Span> spans, long size, String where) {
        assertTrue(spans.size() <= 63, where);
        long[] positions = Span.positions(spans);
        assertTrue(positions.length <= 124, where);
        for (int i = 0; i < positions.length; i++) {
            assertTrue(i == 0 || positions[i - 1] < positions[i], where);
            assertTrue(positions[i] < Positions.count(size), where);
        }
    }
}
