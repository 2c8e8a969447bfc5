package org.dacite.proof;

import java.io.InputStream;
import java.util.Arrays;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * Reads a packed form of any length from a stream, as strictly as {@link IncompleteTree}, and computes the root that it
 * leads to. Memory is in proportion to the depth of the tree, not to the form. For one thread.
 *
 * <p>What it hands over says nothing until {@link #root} has been compared with a root that the reader trusts. Bytes that
 * are no packed form are a {@link ProofFormatException}; what the stream throws comes as an
 * {@link java.io.UncheckedIOException}.
 */
public final class PackedReader {
    /** The longest value that it takes, in bytes: 16 MiB. */
    public static final int MAX_VALUE_BYTES = PackedForm.MAX_VALUE_BYTES;

    private final TokenReader in;
    private final HashAlgorithm algorithm;
    private final long count;
    private final OpenNodes open;
    private int[] heightsBits = new int[64];
    private int size;
    private long read;
    private long hidden;
    private long leaves;

    private PackedReader(TokenReader in) {
        this.in = in;
        this.algorithm = in.header();
        this.count = in.varint("the number of tokens", Long.MAX_VALUE >>> 1);
        this.open = new OpenNodes(CanonicalHash.of(algorithm));
    }

    /** Reads what stands before the tokens. */
    public static PackedReader of(InputStream in) {
        return new PackedReader(new TokenReader(in));
    }

    /** The algorithm that the root is made with. */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** How many tokens it says to have. */
    public long count() {
        return count;
    }

    /** How many of those read so far leave something out: stubs, and links to trees that are not shown. */
    public long hidden() {
        return hidden;
    }

    /** How many of those read so far show a leaf. */
    public long leaves() {
        return leaves;
    }

    /** The bytes of the next token; null after the last one, when the form was whole. */
    public byte[] next() {
        if (read == count) {
            finish();
            return null;
        }
        long start = in.position();
        in.token();
        byte[] skip = Arrays.copyOfRange(in.window(), in.skipStart(), in.skipEnd());
        int height = in.skipBits();
        switch (in.tag()) {
            case PackedForm.LEAF -> open.leaf(skip, in.window(), in.payloadStart(), in.payloadLength());
            case PackedForm.STUB -> open.stub(skip, payload());
            case PackedForm.LINK -> open.link(skip, payload());
            case PackedForm.JOIN -> {
                need(2, start, TokenReader.JOINED);
                height += 1 + Math.max(heightsBits[--size], heightsBits[--size]);
                open.join(skip);
            }
            default -> {
                need(1, start, TokenReader.ENCLOSED);
                size--;
                open.enclose(skip);
            }
        }
        in.checkHeight(start, height);
        push(height);
        leaves += in.tag() == PackedForm.LEAF ? 1 : 0;
        hidden += in.tag() == PackedForm.STUB || in.tag() == PackedForm.LINK ? 1 : 0;
        read++;
        return in.tokenBytes();
    }

    /** The root that the form leads to, once it was read to its end. */
    public Digest root() {
        if (read < count || size > 1) {
            throw new IllegalStateException("expected a form that was read to its end, got one at token " + read);
        }
        return Digest.of(open.root());
    }

    /** Compares that root with one that the reader trusts; a {@link ProofMismatchException} when it is another. */
    public void verify(Digest root) {
        Digest found = root();
        if (!found.equals(root)) {
            throw new ProofMismatchException(root, found);
        }
    }

    private void finish() {
        if (count > 0 && size != 1) {
            throw in.refuse("expected one node after the last token, got " + size);
        }
        if (in.has(1)) {
            throw in.refuse("expected the end after " + count + " tokens, got more bytes");
        }
    }

    private byte[] payload() {
        return Arrays.copyOfRange(in.window(), in.payloadStart(), in.payloadStart() + in.payloadLength());
    }

    private void need(int nodes, long start, String what) {
        if (size < nodes) {
            throw in.noNode(start, what);
        }
    }

    private void push(int height) {
        if (size == heightsBits.length) {
            heightsBits = Arrays.copyOf(heightsBits, size * 2);
        }
        heightsBits[size++] = height;
    }
}
