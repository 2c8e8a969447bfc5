package org.dacite.log;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.HashAlgorithm;

/**
 * The roots of the perfect subtrees that cover entries {@code [0, size)} of a log, from which the tree hash of RFC 6962
 * follows: leaf {@code H(00 ‖ entry)}, inner {@code H(01 ‖ left ‖ right)}, empty {@code H("")}.
 *
 * <pre>
 *   size 5:      (0-3)       one digest for each one in binary 101
 *               /     \
 *            (0-1)   (2-3)    (4)
 * </pre>
 *
 * An append costs one digest and, on average, one more; a root as many as there are ones in {@code size}. For one
 * thread.
 */
public final class CompactRange {
    private static final byte LEAF = 0;
    private static final byte INNER = 1;

    private final MessageDigest digest;
    private final List<byte[]> subtrees = new ArrayList<>();
    private long size;

    private CompactRange(MessageDigest digest) {
        this.digest = digest;
    }

    /** The range of no entries. */
    public static CompactRange empty(HashAlgorithm algorithm) {
        return new CompactRange(algorithm.newMessageDigest());
    }

    /** How many entries it covers. */
    public long size() {
        return size;
    }

    /** Appends an entry of any length. */
    public void append(byte[] entry) {
        digest.update(LEAF);
        byte[] hash = digest.digest(entry);
        for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
            hash = inner(subtrees.remove(subtrees.size() - 1), hash);
        }
        subtrees.add(hash);
        size++;
    }

    /** The tree hash over all entries so far. */
    public byte[] root() {
        if (subtrees.isEmpty()) {
            return digest.digest();
        }
        byte[] hash = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            hash = inner(subtrees.get(i), hash);
        }
        return hash.clone();
    }

    private byte[] inner(byte[] left, byte[] right) {
        digest.update(INNER);
        digest.update(left);
        return digest.digest(right);
    }
}
