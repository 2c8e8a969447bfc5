package org.dacite.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * Writes an incomplete tree in postfix order, token by token. A skip is given as the bits
 * {@code [fromBit, toBit)} of an array: a node's own bits below its parent's branch bit. For one thread.
 */
public final class ProofWriter {
    private final HashAlgorithm algorithm;
    private final OutputStream tokens;
    private byte[] skip = new byte[64];
    private long count;

    private ProofWriter(HashAlgorithm algorithm, OutputStream tokens) {
        this.algorithm = algorithm;
        this.tokens = tokens;
    }

    /** Keeps the tokens in memory, for {@link #finish}. */
    public static ProofWriter of(HashAlgorithm algorithm) {
        return new ProofWriter(algorithm, new ByteArrayOutputStream());
    }

    /**
     * Writes the tokens to a stream, whatever their number; {@link #writeHeader} then writes what stands before them. What
     * the stream throws comes as an {@link UncheckedIOException}.
     */
    public static ProofWriter to(OutputStream tokens, HashAlgorithm algorithm) {
        return new ProofWriter(algorithm, tokens);
    }

    /** Pushes a leaf with its value. */
    public void leaf(byte[] bits, int fromBit, int toBit, byte[] value) {
        token(PackedForm.LEAF, bits, fromBit, toBit);
        PackedForm.writeVarint(tokens, value.length);
        write(value, value.length);
    }

    /** Pushes a link to a tree that is not shown. */
    public void link(byte[] bits, int fromBit, int toBit, byte[] root) {
        token(PackedForm.LINK, bits, fromBit, toBit);
        PackedForm.writeVarint(tokens, Digest.BYTES);
        write(root, root.length);
    }

    /** Pushes a stub: a subtree that is left out. */
    public void stub(byte[] bits, int fromBit, int toBit, byte[] hash) {
        token(PackedForm.STUB, bits, fromBit, toBit);
        write(hash, hash.length);
    }

    /** Pops right, pops left, pushes their vertex. */
    public void join(byte[] bits, int fromBit, int toBit) {
        token(PackedForm.JOIN, bits, fromBit, toBit);
    }

    /** Pops the top node of a whole tree, pushes the link to that tree. */
    public void enclose(byte[] bits, int fromBit, int toBit) {
        token(PackedForm.ENCLOSE, bits, fromBit, toBit);
    }

    /** Writes what stands before the tokens so far. */
    public void writeHeader(OutputStream out) {
        try {
            out.write(PackedForm.MAGIC);
            out.write(algorithm.code());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PackedForm.writeVarint(out, count);
    }

    /** The incomplete tree of the tokens so far, kept in memory, which must leave one node, or be none at all. */
    public IncompleteTree finish() {
        byte[] written = ((ByteArrayOutputStream) tokens).toByteArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream(written.length + 16);
        writeHeader(out);
        out.writeBytes(written);
        return IncompleteTree.parse(out.toByteArray());
    }

    private void token(int tag, byte[] bits, int fromBit, int toBit) {
        count++;
        int size = 1 + PaddedBits.encodedLength(Math.max(0, toBit - fromBit));
        if (skip.length < size) {
            skip = new byte[size * 2];
        }
        skip[0] = (byte) tag;
        PaddedBits.writeEncoded(bits, fromBit, toBit, skip, 1);
        write(skip, size);
    }

    private void write(byte[] bytes, int length) {
        try {
            tokens.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
