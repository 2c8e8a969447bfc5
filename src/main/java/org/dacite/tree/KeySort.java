package org.dacite.tree;

import java.util.Arrays;

/**
 * Sorts changes by key; those of one key stay in their order.
 *
 * <p>Almost all keys part within their first bytes, so numbers are sorted, each made of the first 40 bits of a key and of
 * its place, and only runs that agree in those bits are compared byte by byte.
 */
final class KeySort {
    private static final int HEAD_BYTES = 5;
    private static final int PLACE_BITS = 24;

    private KeySort() {}

    static void sort(Change[] changes) {
        if (changes.length >= 1 << PLACE_BITS) {
            Arrays.sort(changes, KeySort::compare);
            return;
        }
        long[] heads = new long[changes.length];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = ((head(changes[i].key()) << PLACE_BITS) ^ Long.MIN_VALUE) | i;
        }
        Arrays.sort(heads);
        Change[] unsorted = changes.clone();
        int run = 0;
        for (int i = 0; i < heads.length; i++) {
            changes[i] = unsorted[(int) heads[i] & ((1 << PLACE_BITS) - 1)];
            if (heads[i] >>> PLACE_BITS != heads[run] >>> PLACE_BITS) {
                sortRun(changes, run, i);
                run = i;
            }
        }
        sortRun(changes, run, changes.length);
    }

    private static void sortRun(Change[] changes, int from, int to) {
        if (to - from > 1) {
            Arrays.sort(changes, from, to, KeySort::compare);
        }
    }

    /** The first bytes of a key as a number; where it is shorter, zeros. */
    private static long head(byte[] key) {
        long head = 0;
        for (int i = 0; i < HEAD_BYTES; i++) {
            head = head << 8 | (i < key.length ? key[i] & 0xff : 0);
        }
        return head;
    }

    private static int compare(Change a, Change b) {
        return Arrays.compareUnsigned(a.key(), b.key());
    }
}
