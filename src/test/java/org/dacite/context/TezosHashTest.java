package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dacite.hashing.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hashed, put together here byte by byte as the rule says. */
class TezosHashTest {
    private static final byte[] A = hash(1);
    private static final byte[] B = hash(2);

    private final TezosHash rule = new TezosHash();

    @Test
    void theEmptyValueAndTheEmptyDirectoryHaveTheSameHash() {
        assertArrayEquals(HashAlgorithm.BLAKE2B_256.hash(new byte[8]), rule.value(new byte[0]));
        assertArrayEquals(rule.value(new byte[0]), rule.flat(List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 255, 256, 1024, 16_383, 16_384})
    void namesOf128BytesAndMoreHaveALongerLength(int length) throws IOException {
        byte[] name = new byte[length];
        Arrays.fill(name, (byte) 'n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(1);
        out.write(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0});
        if (length < 128) {
            out.write(length);
        } else if (length < 16_384) {
            out.write(length % 128 + 128);
            out.write(length / 128);
        } else {
            out.write(length % 128 + 128);
            out.write(length / 128 % 128 + 128);
            out.write(length / 16_384);
        }
        out.write(name);
        out.writeLong(32);
        out.write(A);
        assertArrayEquals(
                HashAlgorithm.BLAKE2B_256.hash(bytes.toByteArray()),
                rule.flat(List.of(new TezosEntry(name, false, A))));
    }

    @Test
    void namesSortAsUnsignedBytes() {
        List<TezosEntry> entries = Arrays.asList(
                new TezosEntry(
                        "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8),
                        false,
                        A), // sorts before U+FFFD as Java's chars do
                new TezosEntry("\uFFFD".getBytes(StandardCharsets.UTF_8), false, A),
                new TezosEntry("é".getBytes(StandardCharsets.UTF_8), false, A),
                new TezosEntry("z".getBytes(StandardCharsets.UTF_8), true, A),
                new TezosEntry("ab".getBytes(StandardCharsets.UTF_8), true, A),
                new TezosEntry("a".getBytes(StandardCharsets.UTF_8), true, A));
        Collections.sort(entries);
        assertEquals(
                List.of("a", "ab", "z", "é", "\uFFFD", "\uD83D\uDE00"),
                entries.stream()
                        .map(each -> new String(each.name(), StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    void aValueAndADirectoryOfTheSameHashDiffer() {
        byte[] name = {'n'};
        assertFalse(Arrays.equals(
                rule.flat(List.of(new TezosEntry(name, false, A))), rule.flat(List.of(new TezosEntry(name, true, A)))));
    }

    @Test
    void parentsAreSortedAndTimesMayBeNegative() throws IOException {
        byte[] high = A.clone();
        high[0] = (byte) 0x80;
        byte[] low = A.clone();
        low[0] = 0x7f;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(32);
        out.write(B);
        out.writeLong(2);
        out.writeLong(32);
        out.write(low);
        out.writeLong(32);
        out.write(high);
        out.writeLong(-1);
        out.writeLong(3);
        out.write("Zoë".substring(0, 2).getBytes(StandardCharsets.UTF_8));
        out.write('e');
        out.writeLong(3);
        out.write("ë!".getBytes(StandardCharsets.UTF_8));
        byte[] expected = HashAlgorithm.BLAKE2B_256.hash(bytes.toByteArray());
        assertArrayEquals(expected, rule.commit(B, List.of(high, low), -1, "Zoe", "ë!"));
        assertArrayEquals(expected, rule.commit(B, List.of(low, high), -1, "Zoe", "ë!"));
    }

    @Test
    void moreEntriesThanAreHashedInOnePieceAreRefused() {
        List<TezosEntry> entries = Collections.nCopies(257, new TezosEntry(new byte[] {'n'}, false, A));
        rule.flat(entries.subList(0, 256));
        assertThrows(IllegalArgumentException.class, () -> rule.flat(entries));
    }

    private static byte[] hash(int seed) {
        byte[] hash = new byte[32];
        new Random(seed).nextBytes(hash);
        return hash;
    }
}
