package org.dacite.proof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * A tree of which parts are left out: the packed form that carries a proof of one key, of many, of a range, of absence,
 * or a whole snapshot (canonical-form.md, "The packed form").
 *
 * <p>Parsed strictly: one map and one choice of shown parts have one form. Reading takes time and memory in proportion
 * to the input, whatever the input claims of itself. Says nothing until {@link #verify} has compared it with a root that
 * the reader trusts. Immutable; any thread.
 */
public final class IncompleteTree {
    private static final int NONE = -1;

    private final byte[] bytes;
    private final HashAlgorithm algorithm;
    private final Tokens tokens;

    private IncompleteTree(byte[] bytes, HashAlgorithm algorithm, Tokens tokens) {
        this.bytes = bytes;
        this.algorithm = algorithm;
        this.tokens = tokens;
    }

    /** The incomplete tree that these bytes are, all of them; a {@link ProofFormatException} when they are none. */
    public static IncompleteTree parse(byte[] packed) {
        byte[] bytes = packed.clone();
        TokenReader in = new TokenReader(bytes);
        HashAlgorithm algorithm = in.header();
        long countAt = in.position();
        int count = (int) in.varint("the number of tokens", Integer.MAX_VALUE);
        if (count > in.remaining() / 2) {
            throw in.refuseAt(
                    countAt,
                    "expected at most " + in.remaining() / 2 + " tokens in the " + in.remaining()
                            + " bytes that follow, got a count of " + count);
        }
        Tokens tokens = new Tokens(count);
        for (int i = 0; i < count; i++) {
            tokens.read(in, i);
        }
        if (count > 0 && tokens.open != 1) {
            throw in.refuse("expected one node after the last token, got " + tokens.open);
        }
        if (in.remaining() > 0) {
            throw in.refuse("expected the end after " + count + " tokens, got " + in.remaining() + " more bytes");
        }
        return new IncompleteTree(bytes, algorithm, tokens);
    }

    /** The packed form, copied. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How long the packed form is. */
    public int sizeBytes() {
        return bytes.length;
    }

    /** The algorithm that its root is made with. */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** The root that it leads to. */
    public Digest root() {
        return tokens.count == 0 ? Digest.of(CanonicalHash.of(algorithm).emptyRoot()) : rootOf(0, tokens.count - 1);
    }

    /** The root of the tree whose tokens are {@code first} to {@code top}, both included. */
    private Digest rootOf(int first, int top) {
        return rootOf(first, top, (link, root) -> {});
    }

    private Digest rootOf(int first, int top, BiConsumer<Integer, Digest> enclosedRoots) {
        OpenNodes open = new OpenNodes(CanonicalHash.of(algorithm));
        for (int i = first; i <= top; i++) {
            switch (tokens.tag[i]) {
                case PackedForm.LEAF -> open.leaf(encodedSkip(i), bytes, tokens.payload[i], tokens.payloadLength[i]);
                case PackedForm.LINK -> open.link(encodedSkip(i), payload(i));
                case PackedForm.STUB -> open.stub(encodedSkip(i), payload(i));
                case PackedForm.JOIN -> open.join(encodedSkip(i));
                default -> enclosedRoots.accept(i, Digest.of(open.enclose(encodedSkip(i))));
            }
        }
        return Digest.of(open.root());
    }

    /** Whether it leads to this root. */
    public boolean holds(Digest root) {
        return root().equals(root);
    }

    /** What it proves under a root that the reader trusts; a {@link ProofMismatchException} when it has another. */
    public VerifiedTree verify(Digest root) {
        Digest found = root();
        if (!found.equals(root)) {
            throw new ProofMismatchException(root, found);
        }
        return new VerifiedTree(this, root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncompleteTree that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Its last token, the top of the outermost tree; −1 of the empty tree. */
    int top() {
        return tokens.count - 1;
    }

    int tag(int node) {
        return tokens.tag[node];
    }

    /** The left child of a join, the top of the tree that an enclosed link shows. */
    int left(int node) {
        return tokens.left[node];
    }

    int right(int node) {
        return tokens.right[node];
    }

    int skipBits(int node) {
        return tokens.skipBits[node];
    }

    /** Bit {@code index} of a node's skip. */
    int skipBit(int node, int index) {
        int from = tokens.skipEnd[node] - (tokens.skipBits[node] / 8 + 1);
        return (bytes[from + (index >>> 3)] >>> (7 - (index & 7))) & 1;
    }

    /** The value of a leaf, the root of a link that is not shown. */
    byte[] payload(int node) {
        return Arrays.copyOfRange(bytes, tokens.payload[node], tokens.payload[node] + tokens.payloadLength[node]);
    }

    /** The root of the tree that an enclosed link shows. */
    Digest enclosedRoot(int link) {
        int first = tokens.left[link];
        while (tokens.left[first] != NONE) {
            first = tokens.left[first];
        }
        return rootOf(first, tokens.left[link]);
    }

    /** The roots of all trees that enclosed links show, by link, in one pass. */
    Map<Integer, Digest> enclosedRoots() {
        Map<Integer, Digest> roots = new HashMap<>();
        rootOf(0, top(), roots::put);
        return roots;
    }

    byte[] encodedSkip(int node) {
        return Arrays.copyOfRange(bytes, tokens.skipStart[node], tokens.skipEnd[node]);
    }

    /** The tokens as parallel arrays: thirty-three bytes for each, and each takes two bytes of input or more. */
    private static final class Tokens {
        private final int count;
        private final byte[] tag;
        private final int[] skipStart;
        private final int[] skipEnd;
        private final int[] skipBits;
        private final int[] payload;
        private final int[] payloadLength;
        private final int[] left;
        private final int[] right;
        private final int[] heightBits;
        private int[] stack = new int[16];
        private int open;

        private Tokens(int count) {
            this.count = count;
            this.tag = new byte[count];
            this.skipStart = new int[count];
            this.skipEnd = new int[count];
            this.skipBits = new int[count];
            this.payload = new int[count];
            this.payloadLength = new int[count];
            this.left = new int[count];
            this.right = new int[count];
            this.heightBits = new int[count];
        }

        private void read(TokenReader in, int i) {
            long start = in.position();
            in.token();
            tag[i] = (byte) in.tag();
            skipStart[i] = in.skipStart();
            skipBits[i] = in.skipBits();
            skipEnd[i] = in.skipEnd();
            payload[i] = in.payloadStart();
            payloadLength[i] = in.payloadLength();
            left[i] = NONE;
            right[i] = NONE;
            heightBits[i] = skipBits[i];
            switch (tag[i]) {
                case PackedForm.LEAF, PackedForm.STUB, PackedForm.LINK -> {}
                case PackedForm.JOIN -> {
                    right[i] = pop(in, start, TokenReader.JOINED);
                    left[i] = pop(in, start, TokenReader.JOINED);
                    heightBits[i] += 1 + Math.max(heightBits[left[i]], heightBits[right[i]]);
                }
                default -> left[i] = pop(in, start, TokenReader.ENCLOSED);
            }
            in.checkHeight(start, heightBits[i]);
            push(i);
        }

        private void push(int node) {
            if (open == stack.length) {
                stack = Arrays.copyOf(stack, open * 2);
            }
            stack[open++] = node;
        }

        private int pop(TokenReader in, long position, String what) {
            if (open == 0) {
                throw in.noNode(position, what);
            }
            return stack[--open];
        }
    }
}
