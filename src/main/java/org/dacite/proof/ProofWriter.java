package org.dacite.proof;

import java.io.ByteArrayOutputStream;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * Writes an incomplete tree in postfix order, token by token. A skip is given as the bits
 * {@code [fromBit, toBit)} of an array: a node's own bits below its parent's branch bit. For one thread.
 */
public final class ProofWriter {
    private final HashAlgorithm algorithm;
    private final ByteArrayOutputStream tokens = new ByteArrayOutputStream();
    private byte[] skip = new byte[64];
    private long count;

    private ProofWriter(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    public static ProofWriter of(HashAlgorithm algorithm) {
        return new ProofWriter(algorithm);
    }

    /** Pushes a leaf with its value. */
    public void leaf(byte[] bits, int fromBit, int toBit, byte[] value) {
        token(PackedForm.LEAF, bits, fromBit, toBit);
        PackedForm.writeVarint(tokens, value.length);
        tokens.writeBytes(value);
    }

    /** Pushes a link to a tree that is not shown. */
    public void link(byte[] bits, int fromBit, int toBit, byte[] root) {
        token(PackedForm.LINK, bits, fromBit, toBit);
        PackedForm.writeVarint(tokens, Digest.BYTES);
        tokens.writeBytes(root);
    }

    /** Pushes a stub: a subtree that is left out. */
    public void stub(byte[] bits, int fromBit, int toBit, byte[] hash) {
        token(PackedForm.STUB, bits, fromBit, toBit);
        tokens.writeBytes(hash);
    }

    /** Pops right, pops left, pushes their vertex. */
    public void join(byte[] bits, int fromBit, int toBit) {
        token(PackedForm.JOIN, bits, fromBit, toBit);
    }

    /** Pops the top node of a whole tree, pushes the link to that tree. */
    public void enclose(byte[] bits, int fromBit, int toBit) {
        token(PackedForm.ENCLOSE, bits, fromBit, toBit);
    }

    /** The incomplete tree of the tokens so far, which must leave one node, or be none at all. */
    public IncompleteTree finish() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(tokens.size() + 16);
        out.writeBytes(PackedForm.MAGIC);
        out.write(algorithm.code());
        PackedForm.writeVarint(out, count);
        out.writeBytes(tokens.toByteArray());
        return IncompleteTree.parse(out.toByteArray());
    }

    private void token(int tag, byte[] bits, int fromBit, int toBit) {
        count++;
        tokens.write(tag);
        int size = PaddedBits.encodedLength(Math.max(0, toBit - fromBit));
        if (skip.length < size) {
            skip = new byte[size * 2];
        }
        PaddedBits.writeEncoded(bits, fromBit, toBit, skip, 0);
        tokens.write(skip, 0, size);
    }
}
