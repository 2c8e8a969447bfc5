package org.dacite.context;

import java.util.Arrays;

/**
 * An entry of a directory as its Tezos hash sees it. The arrays are kept, not copied, and never change.
 *
 * @param name its name, without separators
 * @param directory whether it is a directory; else a value, which Tezos calls a blob
 * @param hash the Tezos hash of it, 32 bytes
 */
record TezosEntry(byte[] name, boolean directory, byte[] hash) implements Comparable<TezosEntry> {
    /** By name, byte by byte and unsigned. */
    @Override
    public int compareTo(TezosEntry other) {
        return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TezosEntry that
                && Arrays.equals(name, that.name)
                && directory == that.directory
                && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(name);
    }
}
