package org.dacite.context;

/**
 * OCaml's seeded hash of a string, by which Tezos spreads the names of a big directory: MurmurHash3 (x86, 32 bits) over
 * little-endian words, the last one padded with zeros, cut to 30 bits.
 */
final class SeededHash {
    private static final int MASK_30_BITS = 0x3fffffff;

    private SeededHash() {}

    /** The hash of the bytes, 0 to 2^30 - 1. */
    static int of(int seed, byte[] bytes) {
        int h = seed;
        for (int i = 0; i < bytes.length; i += 4) {
            int scrambled = Integer.rotateLeft(word(bytes, i) * 0xcc9e2d51, 15) * 0x1b873593;
            h = Integer.rotateLeft(h ^ scrambled, 13) * 5 + 0xe6546b64;
        }
        h ^= bytes.length;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        h ^= h >>> 16;
        return h & MASK_30_BITS;
    }

    private static int word(byte[] bytes, int at) {
        int word = 0;
        for (int i = at; i < Math.min(at + 4, bytes.length); i++) {
            word |= (bytes[i] & 0xff) << (8 * (i - at));
        }
        return word;
    }
}
