package org.dacite.tree;

import java.util.Arrays;
import org.dacite.bits.PaddedBits;

/** Canonical keys in ascending order, and the searches that a descent makes in them. Ranges are half-open. */
final class SortedKeys {
    private final byte[][] keys;

    SortedKeys(byte[][] keys) {
        this.keys = keys;
    }

    int size() {
        return keys.length;
    }

    byte[] get(int index) {
        return keys[index];
    }

    /** The first index in {@code [from, to)} whose key is at or after {@code bound}; {@code to} when there is none. */
    int firstAtOrAfter(int from, int to, byte[] bound) {
        int low = from;
        int high = to;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (Arrays.compareUnsigned(keys[mid], bound) < 0) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /** The first index in {@code [from, to)} whose key is not before every key with these bits. */
    int firstNotBefore(int from, int to, byte[] bits, int endBit) {
        return search(from, to, bits, endBit, 0);
    }

    /** The first index in {@code [from, to)} whose key is after every key with these bits. */
    int firstAfter(int from, int to, byte[] bits, int endBit) {
        if (from < to && place(keys[to - 1], bits, endBit) <= 0) {
            return to;
        }
        return search(from, to, bits, endBit, 1);
    }

    private int search(int from, int to, byte[] bits, int endBit, int atLeast) {
        if (from == to || place(keys[from], bits, endBit) >= atLeast) {
            return from;
        }
        int low = from + 1;
        int high = to;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (place(keys[mid], bits, endBit) < atLeast) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /** −1: before every key that begins with these bits; 0: begins with them; 1: after. */
    static int place(byte[] key, byte[] bits, int endBit) {
        int keyBits = key.length * 8;
        int common = PaddedBits.commonPrefixLength(key, keyBits, bits, endBit);
        if (common == endBit) {
            return 0;
        }
        return common == keyBits || PaddedBits.bit(key, common) == 0 ? -1 : 1;
    }
}
