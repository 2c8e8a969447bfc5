package org.dacite.hashing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule, with each algorithm, against the reference. */
class CanonicalHashTest {
    private static final byte[] LEFT = filled(0x11);
    private static final byte[] RIGHT = filled(0x22);
    private static final List<Integer> SKIPS = List.of(0, 1, 7, 8, 9, 255, 1015, 1016, 8191);

    private static byte[] filled(int octet) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    private static ReferenceHash reference(HashAlgorithm algorithm) {
        return ReferenceHash.labelled(algorithm.label());
    }

    @ParameterizedTest
    @EnumSource
    void leaf(HashAlgorithm algorithm) {
        for (int size : new int[] {0, 1, 31, 32, 64, 5000}) {
            byte[] value = "v".repeat(size).getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(
                    reference(algorithm).leaf(value),
                    CanonicalHash.of(algorithm).leaf(value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leafOfAPartOfAnArray(HashAlgorithm algorithm) {
        byte[] bytes = {9, 9, 1, 2, 3, 9};
        assertArrayEquals(
                reference(algorithm).leaf(new byte[] {1, 2, 3}),
                CanonicalHash.of(algorithm).leaf(bytes, 2, 3));
    }

    @ParameterizedTest
    @EnumSource
    void link(HashAlgorithm algorithm) {
        assertArrayEquals(
                reference(algorithm).link(LEFT), CanonicalHash.of(algorithm).link(LEFT));
    }

    @ParameterizedTest
    @EnumSource
    void vertex(HashAlgorithm algorithm) {
        CanonicalHash rule = CanonicalHash.of(algorithm);
        for (int depth : new int[] {0, 4, 7, 8}) {
            for (int leftSkip : SKIPS) {
                for (int rightSkip : SKIPS) {
                    String above = "0110".repeat(8).substring(0, depth);
                    String left = "100".repeat(leftSkip).substring(0, leftSkip);
                    String right = "011".repeat(rightSkip).substring(0, rightSkip);
                    byte[] expected = reference(algorithm).vertex(LEFT, left, RIGHT, right);
                    byte[] found = rule.vertex(
                            depth + 1,
                            LEFT,
                            ReferenceBits.padded(above + "0" + left),
                            depth + 1 + leftSkip,
                            RIGHT,
                            ReferenceBits.padded(above + "1" + right),
                            depth + 1 + rightSkip);
                    assertArrayEquals(expected, found, depth + ", " + leftSkip + ", " + rightSkip);
                    assertArrayEquals(
                            expected, rule.vertex(LEFT, ReferenceBits.enc(left), RIGHT, ReferenceBits.enc(right)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void root(HashAlgorithm algorithm) {
        CanonicalHash rule = CanonicalHash.of(algorithm);
        for (int bits : SKIPS) {
            String skip = "0111".repeat(bits + 1).substring(0, bits);
            byte[] expected = reference(algorithm).root(LEFT, skip);
            assertArrayEquals(expected, rule.root(LEFT, ReferenceBits.padded(skip + "1011"), bits));
            assertArrayEquals(expected, rule.root(LEFT, ReferenceBits.enc(skip)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void emptyRoot(HashAlgorithm algorithm) {
        assertArrayEquals(
                reference(algorithm).emptyRoot(), CanonicalHash.of(algorithm).emptyRoot());
    }

    @ParameterizedTest
    @EnumSource
    void revision(HashAlgorithm algorithm) {
        CanonicalHash rule = CanonicalHash.of(algorithm);
        for (String text : List.of("", "é", "m".repeat(127), "m".repeat(128), "é".repeat(10_000))) {
            for (long number : new long[] {0, 1, 1_750_000_000_000L, Long.MAX_VALUE, -1}) {
                assertArrayEquals(
                        reference(algorithm).revision(number, LEFT, RIGHT, -number, "ada " + text, text),
                        rule.revision(number, LEFT, RIGHT, -number, "ada " + text, text));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatItHashes(HashAlgorithm algorithm) {
        CanonicalHash rule = CanonicalHash.of(algorithm);
        assertEquals(0, rule.hashes());
        rule.leaf(new byte[0]);
        rule.link(LEFT);
        rule.vertex(1, LEFT, new byte[] {0x40}, 1, RIGHT, new byte[] {(byte) 0xc0}, 1);
        rule.vertex(LEFT, new byte[1], RIGHT, new byte[1]);
        rule.root(LEFT, new byte[1]);
        rule.root(LEFT, new byte[] {(byte) 0x80}, 0);
        rule.emptyRoot();
        rule.revision(0, LEFT, RIGHT, 0, "", "");
        assertEquals(8, rule.hashes());
        assertEquals(algorithm, rule.algorithm());
    }
}
