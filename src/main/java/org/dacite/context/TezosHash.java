package org.dacite.context;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The hashes of the Tezos context: of a value, of a directory of up to {@link #FLAT_ENTRIES} entries, of an inode of a bigger
 * one, of a commit. {@code H} is BLAKE2b with a digest of 32 bytes, whatever the store's own algorithm.
 *
 * <p>Holds a message digest and counts what it hashes: for one thread.
 */
final class TezosHash {
    /** The most entries that a directory may have to be hashed in one piece. */
    static final int FLAT_ENTRIES = 256;

    private static final byte[] VALUE_KIND = {(byte) 0xff, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] DIRECTORY_KIND = new byte[8];

    private final MessageDigest digest = HashAlgorithm.BLAKE2B_256.newMessageDigest();
    private final TezosBytes buffer = new TezosBytes();
    private long values;
    private long directories;
    private long inodes;

    /** How many values it has hashed. */
    long values() {
        return values;
    }

    /** How many flat directories it has hashed. */
    long directories() {
        return directories;
    }

    /** How many inodes of big directories it has hashed. */
    long inodes() {
        return inodes;
    }

    /** {@code H(u64(length) ‖ value)}. */
    byte[] value(byte[] value) {
        values++;
        buffer.clear().u64(value.length);
        digest.update(buffer.array(), 0, buffer.size());
        return digest.digest(value);
    }

    /** The hash of a directory of at most {@link #FLAT_ENTRIES} entries, sorted by name; of none, that of the empty value. */
    byte[] flat(List<TezosEntry> sorted) {
        if (sorted.size() > FLAT_ENTRIES) {
            throw new IllegalArgumentException(
                    "expected at most " + FLAT_ENTRIES + " entries to hash in one piece, got " + sorted.size());
        }
        directories++;
        buffer.clear().u64(sorted.size());
        for (TezosEntry each : sorted) {
            buffer.bytes(each.directory() ? DIRECTORY_KIND : VALUE_KIND)
                    .leb(each.name().length)
                    .bytes(each.name())
                    .digest(each.hash());
        }
        return digest();
    }

    /** The hash of an inode, given the bytes of it. */
    byte[] inode(byte[] content) {
        inodes++;
        return digest.digest(content);
    }

    /**
     * The hash of a commit.
     *
     * @param root the hash of its outermost directory
     * @param parents the hashes of its parents, in any order
     * @param seconds its time in s since 1970 UTC, before that negative
     */
    byte[] commit(byte[] root, List<byte[]> parents, long seconds, String author, String message) {
        buffer.clear().digest(root).u64(parents.size());
        parents.stream().sorted(Arrays::compareUnsigned).forEach(buffer::digest);
        buffer.u64(seconds);
        text(author);
        text(message);
        return digest();
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.u64(bytes.length).bytes(bytes);
    }

    private byte[] digest() {
        byte[] out = new byte[Digest.BYTES];
        digest.update(buffer.array(), 0, buffer.size());
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return out;
    }
}
