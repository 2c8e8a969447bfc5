package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read, and what is refused and at which byte. The header takes bytes 0 to 6. */
class LogProofFormTest {
    private static final Digest DIGEST = Digest.of(new byte[Digest.BYTES]);

    private static void assertRefused(int position, String message, byte[] bytes) {
        LogProofFormatException refusal = assertThrows(LogProofFormatException.class, () -> LogProof.parse(bytes));
        assertEquals("at byte " + position + ": " + message, refusal.getMessage());
        assertEquals(position, refusal.position());
    }

    private static void assertKept(LogProof proof) {
        LogProof parsed = LogProof.parse(proof.bytes());
        assertEquals(proof, parsed);
        assertArrayEquals(proof.bytes(), parsed.bytes());
    }

    @Test
    void hasTheBytesThatAreDrawn() {
        String digest = KnownLog.ROOTS.get(1);
        assertEquals(
                "4441434c" + "01" + "01" + "01" + "01" + "02" + "01" + digest,
                HexFormat.of().formatHex(KnownLog.stored().inclusion(1, 2).bytes()));
        assertEquals(
                "4441434c" + "01" + "03" + "02" + "ac02" + "ffffffffffffffff7f" + "00",
                HexFormat.of()
                        .formatHex(new ConsistencyProof(HashAlgorithm.BLAKE2B_256, 300, Long.MAX_VALUE, List.of())
                                .bytes()));
    }

    @Test
    void keepsEveryProof() {
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            for (long number : new long[] {0, 1, 127, 128, 16_383, 16_384, 1L << 62, Long.MAX_VALUE}) {
                for (int digests : new int[] {0, 1, 127, 128}) {
                    List<Digest> path = Collections.nCopies(digests, DIGEST);
                    assertKept(new InclusionProof(algorithm, number, 7, path));
                    assertKept(new ConsistencyProof(algorithm, 7, number, path));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 'expected a proof about a log, which begins with \"DACL\", got the end'",
        "444143, 3, 'expected a proof about a log, which begins with \"DACL\", got the end'",
        "44414331, 3, 'expected a proof about a log, which begins with \"DACL\", got 31'",
        "4441434c, 4, 'expected the version, 01, got the end'",
        "4441434c00, 4, 'expected the version, 01, got 00'",
        "4441434c02, 4, 'expected the version, 01, got 02'",
        "4441434c01, 5, 'expected the hash algorithm, 01 to 03, got the end'",
        "4441434c0100, 5, 'expected the hash algorithm, 01 to 03, got 00'",
        "4441434c0104, 5, 'expected the hash algorithm, 01 to 03, got 04'",
        "4441434c01ff, 5, 'expected the hash algorithm, 01 to 03, got ff'",
        "4441434c0101, 6, 'expected the kind of proof, 01 to 02, got the end'",
        "4441434c010103, 6, 'expected the kind of proof, 01 to 02, got 03'",
    })
    void refusesAHeader(String hex, int position, String message) {
        assertRefused(position, message, HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "01, 7, 'expected the index, got the end'",
        "0105, 8, 'expected the size, got the end'",
        "010580, 9, 'expected the size, got the end'",
        "010508, 9, 'expected the number of digests, got the end'",
        "02, 7, 'expected the first size, got the end'",
        "0205, 8, 'expected the second size, got the end'",
        "018000, 7, 'expected the index as a varint in its shortest form, got a longer one'",
        "02058100, 8, 'expected the second size as a varint in its shortest form, got a longer one'",
        "01050880818000, 9, 'expected the number of digests as a varint in its shortest form, got a longer one'",
        "01ffffffffffffffffff01, 7," + " 'expected the index of at most 9223372036854775807, got a longer varint'",
        "01ffffffffffffffff8000, 7," + " 'expected the index of at most 9223372036854775807, got a longer varint'",
        "0105088101, 9, 'expected the number of digests of at most 128, got 129'",
        "010508ffffffffffffffff7f, 9, 'expected the number of digests of at most 128, got 9223372036854775807'",
        "0105088001, 11, 'expected 128 digests of 32 bytes from byte 11 on, got an end after 0'",
        "01050801ffff, 12, 'expected 1 digests of 32 bytes from byte 10 on, got an end after 2'",
        "01050800ff, 10, 'expected the end after 0 digests, got 1 more bytes'",
        "02050800ffff, 10, 'expected the end after 0 digests, got 2 more bytes'",
    })
    void refusesWhatFollows(String hex, int position, String message) {
        assertRefused(position, message, HexFormat.of().parseHex("4441434c0101" + hex));
    }

    @Test
    void refusesAProofThatEndsTooEarlyAnywhere() {
        byte[] bytes = KnownLog.stored().inclusion(5, 8).bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            LogProofFormatException refusal = assertThrows(LogProofFormatException.class, () -> LogProof.parse(cut));
            assertEquals(length, refusal.position());
        }
    }

    /** Whatever is read has one form; whatever is refused is refused at one of its bytes. */
    @Test
    void readsChangedBytesInOneWayOrRefusesThem() {
        long seed = 9162;
        Random random = new Random(seed);
        byte[] right = KnownLog.stored().consistency(3, 7).bytes();
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = Arrays.copyOf(right, right.length + random.nextInt(3) - 1);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(random.nextBoolean() ? 11 : bytes.length)] = (byte) random.nextInt(256);
            }
            String where = "seed " + seed + ", round " + round;
            try {
                assertArrayEquals(bytes, LogProof.parse(bytes).bytes(), where);
            } catch (LogProofFormatException refused) {
                assertTrue(refused.position() <= bytes.length, where);
            }
        }
    }
}
