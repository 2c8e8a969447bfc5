package org.dacite.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The nodes that appends hand out, and the range that is made of them again. */
class CompactRangeNodesTest {
    private static final int MAX_SIZE = 1 << 12;

    private static byte[] entry(int index) {
        return ("entry " + index).getBytes(UTF_8);
    }

    private static List<Digest> covering(MemoryLog log, long size) {
        return Arrays.stream(Positions.covering(size)).mapToObj(log::node).toList();
    }

    /** The sink itself holds every append to the next position. */
    @Test
    void areWrittenWithoutGaps() {
        MemoryLog log = new MemoryLog();
        CompactRange range = CompactRange.empty(HashAlgorithm.SHA_256);
        for (int size = 0; size < MAX_SIZE; size++) {
            range.append(entry(size), log);
            assertEquals(Positions.count(size + 1), log.size(), "size " + (size + 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void areTheHashesOfTheirEntries(HashAlgorithm algorithm) {
        ReferenceHash reference = ReferenceHash.labelled(algorithm.label());
        MemoryLog log = new MemoryLog();
        CompactRange range = CompactRange.empty(algorithm);
        List<byte[]> entries =
                IntStream.range(0, 40).mapToObj(CompactRangeNodesTest::entry).toList();
        entries.forEach(entry -> range.append(entry, log));
        for (int position = 0; position < log.size(); position++) {
            int level = Positions.level(position);
            int first = (int) Positions.index(position) << level;
            assertEquals(
                    Digest.of(reference.log(entries.subList(first, first + (1 << level)))),
                    log.node(position),
                    "position " + position);
        }
    }

    @Test
    void makeTheRangeOfAnySizeAgain() {
        MemoryLog log = new MemoryLog();
        CompactRange grown = CompactRange.empty(HashAlgorithm.SHA_256);
        for (int size = 0; size < 300; size++) {
            CompactRange again = CompactRange.of(HashAlgorithm.SHA_256, size, covering(log, size));
            assertEquals(size, again.size());
            assertArrayEquals(grown.root(), again.root(), "size " + size);
            again.append(entry(size));
            grown.append(entry(size), log);
            assertArrayEquals(grown.root(), again.root(), "size " + size + " and one");
        }
    }

    @Test
    void stayWhatTheyWereWhenTheSinkThrows() {
        for (int failing = 0; failing < 4; failing++) {
            CompactRange range = CompactRange.empty(HashAlgorithm.SHA_256);
            CompactRange other = CompactRange.empty(HashAlgorithm.SHA_256);
            for (int i = 0; i < 7; i++) {
                range.append(entry(i));
                other.append(entry(i));
            }
            long failingPosition = Positions.count(7) + failing;
            assertThrows(
                    IllegalStateException.class,
                    () -> range.append(entry(7), (position, digest) -> {
                        if (position == failingPosition) {
                            throw new IllegalStateException("no room");
                        }
                    }));
            assertEquals(7, range.size());
            assertArrayEquals(other.root(), range.root());
            range.append(entry(7));
            other.append(entry(7));
            assertArrayEquals(other.root(), range.root());
        }
    }

    @Test
    void refuseToBeTooFewOrTooMany() {
        Digest digest = Digest.of(new byte[Digest.BYTES]);
        assertEquals(
                "expected 2 subtrees for size 5, got 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CompactRange.of(HashAlgorithm.SHA_256, 5, List.of(digest)))
                        .getMessage());
        assertEquals(
                "expected 0 subtrees for size 0, got 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CompactRange.of(HashAlgorithm.SHA_256, 0, List.of(digest)))
                        .getMessage());
    }
}
