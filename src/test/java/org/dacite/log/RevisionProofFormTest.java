package org.dacite.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that are drawn, and what is refused and at which byte. The older header begins at byte 6. */
class RevisionProofFormTest {
    private static final String ROOT = "11".repeat(32);
    private static final String HISTORY = "22".repeat(32);
    private static final String DIGEST = "33".repeat(32);
    private static final String OLDER = "05" + ROOT + HISTORY + "fffffffffffffff6" + "00" + "02" + "c3bc";
    private static final String NEWER = "ac02" + HISTORY + ROOT + "0000018bcfe56800" + "03" + "416461" + "00";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void assertRefused(int position, String message, String hex) {
        LogProofFormatException refusal =
                assertThrows(LogProofFormatException.class, () -> RevisionProof.parse(bytes(hex)));
        assertEquals("at byte " + position + ": " + message, refusal.getMessage());
        assertEquals(position, refusal.position());
    }

    @Test
    void hasTheBytesThatAreDrawn() {
        Digest root = Digest.parse(ROOT);
        Digest history = Digest.parse(HISTORY);
        RevisionProof proof = new RevisionProof(
                HashAlgorithm.SHA3_256,
                new RevisionHeader(5, root, history, -10, "", "ü"),
                new RevisionHeader(300, history, root, 1_700_000_000_000L, "Ada", ""),
                List.of(Digest.parse(DIGEST)),
                List.of(root, history));
        String hex = "44414352" + "01" + "02" + OLDER + NEWER + "01" + DIGEST + "02" + ROOT + HISTORY;
        assertEquals(hex, HexFormat.of().formatHex(proof.bytes()));
        assertEquals(proof, RevisionProof.parse(proof.bytes()));
        assertArrayEquals(bytes(hex), RevisionProof.parse(bytes(hex)).bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 'expected a proof of a revision''s past, which begins with \"DACR\", got the end'",
        "4441434c0101, 3, 'expected a proof of a revision''s past, which begins with \"DACR\", got 4c'",
        "44414352, 4, 'expected the version, 01, got the end'",
        "4441435202, 4, 'expected the version, 01, got 02'",
        "444143520104, 5, 'expected the hash algorithm, 01 to 03, got 04'",
        "444143520101, 6, 'expected the older revision''s height, got the end'",
        "4441435201018500, 6, 'expected the older revision''s height as a varint in its shortest form, got a longer one'",
        "44414352010105ff, 8, 'expected the older revision''s root of 32 bytes from byte 7 on, got an end after 1'",
    })
    void refusesABeginning(String hex, int position, String message) {
        assertRefused(position, message, hex);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, 75, 'expected the older revision''s time of 8 bytes from byte 71 on, got an end after 4'",
        "0000000000000000, 79, 'expected the length of the older revision''s author, got the end'",
        "00000000000000008100, 79, 'expected the length of the older revision''s author as a varint in its shortest form,"
                + " got a longer one'",
        "000000000000000003c3bc, 82, 'expected the older revision''s author of 3 bytes from byte 80 on, got an end after"
                + " 2'",
        "0000000000000000ffffffffffffffff7f41, 89, 'expected the older revision''s author of 9223372036854775807 bytes from"
                + " byte 88 on, got an end after 1'",
        "00000000000000000341ff41, 81, 'expected the older revision''s author in UTF-8, got ff'",
        "00000000000000000341c341, 81, 'expected the older revision''s author in UTF-8, got c3'",
        "00000000000000000241c3, 81, 'expected the older revision''s author in UTF-8, got c3'",
        "000000000000000003eda080, 80, 'expected the older revision''s author in UTF-8, got ed'",
        "000000000000000002c080, 80, 'expected the older revision''s author in UTF-8, got c0'",
        "0000000000000000000141, 82, 'expected the newer revision''s height, got the end'",
    })
    void refusesWhatFollowsTheOlderHistory(String hex, int position, String message) {
        assertRefused(position, message, "444143520101" + "05" + ROOT + HISTORY + hex);
    }

    /** After two headers of 77 and 79 bytes the paths begin at byte 162. */
    @ParameterizedTest
    @CsvSource({
        "'', 162, 'expected the number of digests, got the end'",
        "8101, 162, 'expected the number of digests of at most 128, got 129'",
        "01ffff, 165, 'expected 1 digests of 32 bytes from byte 163 on, got an end after 2'",
        "00, 163, 'expected the number of digests, got the end'",
        "00ffffffffffffffff7f, 163, 'expected the number of digests of at most 128, got 9223372036854775807'",
        "000000, 164, 'expected the end after 0 digests, got 1 more bytes'",
    })
    void refusesWhatFollowsTheHeaders(String hex, int position, String message) {
        assertRefused(position, message, "444143520101" + OLDER + NEWER + hex);
    }
}
