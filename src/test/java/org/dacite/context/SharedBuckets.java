package org.dacite.context;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Names that share a bucket at every depth. In MurmurHash3 a change of bit 18 of a mixed word becomes one of bit 31 of the state,
 * whatever that was, and a change of bit 31 of the next mixed word takes it back; so two words have a twin that no seed tells
 * apart from them, and n such pairs in a row make 2^n names.
 */
final class SharedBuckets {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private SharedBuckets() {}

    /** So many different names in UTF-8 without slashes, sorted. */
    static List<byte[]> names(int count) {
        int pairs = 32 - Integer.numberOfLeadingZeros(count - 1);
        List<byte[][]> words = new ArrayList<>();
        Random random = new Random(18);
        for (int i = 0; i < pairs; i++) {
            byte[][] first = twins(random, 1 << 18);
            byte[][] second = twins(random, 1 << 31);
            words.add(new byte[][] {join(first[0], second[0]), join(first[1], second[1])});
        }
        List<byte[]> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] name = {};
            for (int bit = 0; bit < pairs; bit++) {
                name = join(name, words.get(bit)[i >> bit & 1]);
            }
            names.add(name);
        }
        names.sort(Arrays::compareUnsigned);
        return names;
    }

    /** Two words of a name whose mixed forms differ by these bits. */
    private static byte[][] twins(Random random, int bits) {
        while (true) {
            byte[] word = new byte[4];
            random.nextBytes(word);
            byte[] twin = bytes(unmixed(mixed(word(word)) ^ bits));
            if (isName(word) && isName(twin)) {
                return new byte[][] {word, twin};
            }
        }
    }

    private static boolean isName(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
                && text.chars().allMatch(each -> each >= ' ' && each != '/');
    }

    private static int mixed(int word) {
        return Integer.rotateLeft(word * C1, 15) * C2;
    }

    private static int unmixed(int mixed) {
        return Integer.rotateRight(mixed * inverse(C2), 15) * inverse(C1);
    }

    /** Of an odd number, modulo 2^32. */
    private static int inverse(int number) {
        int inverse = number;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - number * inverse;
        }
        return inverse;
    }

    private static int word(byte[] bytes) {
        return (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 24;
    }

    private static byte[] bytes(int word) {
        return new byte[] {(byte) word, (byte) (word >>> 8), (byte) (word >>> 16), (byte) (word >>> 24)};
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
