package org.dacite.cli;

/**
 * Counts the keys that come again. Keeps 64 bits of a hash of each key, not the key, and stops learning new ones when it
 * has very many, so that its memory is bounded: then the count is a lower bound. For one thread.
 */
final class SeenKeys {
    private static final int MAX_KEYS = 1 << 24;

    private long[] slots = new long[1 << 12];
    private int size;
    private long repeated;
    private boolean full;

    /** Looks at a key. */
    void add(byte[] key) {
        long hash = hash(key);
        int at = slot(hash, slots);
        if (slots[at] == hash) {
            repeated++;
        } else if (size >= MAX_KEYS) {
            full = true;
        } else {
            slots[at] = hash;
            size++;
            if (size * 2 > slots.length) {
                grow();
            }
        }
    }

    /** How many of the keys had come before. */
    long repeated() {
        return repeated;
    }

    /** Whether there may have been more. */
    boolean isLowerBound() {
        return full;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != 0) {
                larger[slot(hash, larger)] = hash;
            }
        }
        slots = larger;
    }

    /** Where a hash stands, or would stand. */
    private static int slot(long hash, long[] slots) {
        int at = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[at] != 0 && slots[at] != hash) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    /** FNV-1a, mixed once more; never 0, which marks a free slot. */
    private static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : key) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
