package org.dacite.hashing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import org.dacite.bits.PaddedBits;

/**
 * The rules of the canonical form: what is hashed for a leaf, a link, a vertex, a root and a revision
 * (canonical-form.md, "Nodes" and "Revisions").
 *
 * <p>Holds one message digest and one buffer and reuses them: for one thread. Counts what it hashes, so that tests can
 * show that work is in proportion to change.
 */
public final class CanonicalHash {
    private static final byte LEAF = 0;
    private static final byte VERTEX = 1;
    private static final byte ROOT = 2;
    private static final byte LINK = 3;
    private static final byte REVISION = 4;

    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private byte[] buffer = new byte[256];
    private long hashes;

    private CanonicalHash(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.digest = algorithm.newMessageDigest();
    }

    public static CanonicalHash of(HashAlgorithm algorithm) {
        return new CanonicalHash(algorithm);
    }

    /** The algorithm that it hashes with. */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** How many digests it has made. */
    public long hashes() {
        return hashes;
    }

    /** {@code H(00 ‖ value)}. */
    public byte[] leaf(byte[] value) {
        return leaf(value, 0, value.length);
    }

    /** {@code H(00 ‖ bytes [from, from + length))}. */
    public byte[] leaf(byte[] bytes, int from, int length) {
        hashes++;
        digest.update(LEAF);
        digest.update(bytes, from, length);
        return digest.digest();
    }

    /** {@code H(03 ‖ root of the linked tree)}. */
    public byte[] link(byte[] root) {
        hashes++;
        digest.update(LINK);
        return digest.digest(root);
    }

    /**
     * {@code H(01 ‖ left hash ‖ enc(left skip) ‖ right hash ‖ enc(right skip))}. A child's skip is its bits from
     * {@code skipFromBit}, which is the vertex's depth and one, to the child's own end.
     */
    public byte[] vertex(
            int skipFromBit,
            byte[] leftHash,
            byte[] leftBits,
            int leftEndBit,
            byte[] rightHash,
            byte[] rightBits,
            int rightEndBit) {
        int size = 1
                + 2 * Digest.BYTES
                + PaddedBits.encodedLength(leftEndBit - skipFromBit)
                + PaddedBits.encodedLength(rightEndBit - skipFromBit);
        byte[] out = buffer(size);
        out[0] = VERTEX;
        System.arraycopy(leftHash, 0, out, 1, Digest.BYTES);
        int at = PaddedBits.writeEncoded(leftBits, skipFromBit, leftEndBit, out, 1 + Digest.BYTES);
        System.arraycopy(rightHash, 0, out, at, Digest.BYTES);
        PaddedBits.writeEncoded(rightBits, skipFromBit, rightEndBit, out, at + Digest.BYTES);
        return digest(size);
    }

    /** {@code H(01 ‖ left hash ‖ left skip ‖ right hash ‖ right skip)}, skips in the form {@code enc}. */
    public byte[] vertex(byte[] leftHash, byte[] leftEncodedSkip, byte[] rightHash, byte[] rightEncodedSkip) {
        hashes++;
        digest.update(VERTEX);
        digest.update(leftHash);
        digest.update(leftEncodedSkip);
        digest.update(rightHash);
        digest.update(rightEncodedSkip);
        return digest.digest();
    }

    /** {@code H(02 ‖ top node's hash ‖ enc(top node's skip))}; its skip is its first {@code endBit} bits. */
    public byte[] root(byte[] topHash, byte[] topBits, int endBit) {
        int size = 1 + Digest.BYTES + PaddedBits.encodedLength(endBit);
        byte[] out = buffer(size);
        out[0] = ROOT;
        System.arraycopy(topHash, 0, out, 1, Digest.BYTES);
        PaddedBits.writeEncoded(topBits, 0, endBit, out, 1 + Digest.BYTES);
        return digest(size);
    }

    /** {@code H(02 ‖ top node's hash ‖ skip)}, the skip in the form {@code enc}. */
    public byte[] root(byte[] topHash, byte[] encodedSkip) {
        hashes++;
        digest.update(ROOT);
        digest.update(topHash);
        digest.update(encodedSkip);
        return digest.digest();
    }

    /** The root of the empty tree, {@code H(02)}. */
    public byte[] emptyRoot() {
        hashes++;
        digest.update(ROOT);
        return digest.digest();
    }

    /** {@code H(04 ‖ u64 height ‖ root ‖ history ‖ i64 time ‖ varint ‖ author ‖ varint ‖ message)}. */
    public byte[] revision(long height, byte[] root, byte[] history, long timeMillis, String author, String message) {
        hashes++;
        digest.update(REVISION);
        digest.update(ByteBuffer.allocate(8).putLong(height).array());
        digest.update(root);
        digest.update(history);
        digest.update(ByteBuffer.allocate(8).putLong(timeMillis).array());
        updateText(author);
        updateText(message);
        return digest.digest();
    }

    private void updateText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int rest = bytes.length;
        while (rest >= 128) {
            digest.update((byte) (rest | 0x80));
            rest >>>= 7;
        }
        digest.update((byte) rest);
        digest.update(bytes);
    }

    private byte[] buffer(int size) {
        if (buffer.length < size) {
            buffer = new byte[size * 2];
        }
        return buffer;
    }

    private byte[] digest(int size) {
        hashes++;
        byte[] out = new byte[Digest.BYTES];
        digest.update(buffer, 0, size);
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return out;
    }
}
