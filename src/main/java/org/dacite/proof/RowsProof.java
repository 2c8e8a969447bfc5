package org.dacite.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The proof that the rows of an answer are all that were selected, and hold what they do: which rows, how they are laid out in
 * their file, and one incomplete tree that shows them (canonical-form.md, "The proof of rows").
 *
 * <p>Parsed strictly. Says nothing until {@link #verify} has compared it with a root that the reader trusts; which rows were
 * selected, and with which codec, is what its maker says: the reader decides whether that is what was asked. Immutable; any
 * thread.
 */
public final class RowsProof {
    private static final int VERSION = 1;
    private static final List<String> CODECS = List.of("text", "bytes", "uint", "hashed");
    private static final int KEYS = 1;
    private static final int RANGE = 2;
    private static final int OPEN_RANGE = 3;

    private final byte[] bytes;
    private final RowSelection selection;
    private final String layout;
    private final IncompleteTree tree;

    private RowsProof(byte[] bytes, RowSelection selection, String layout, IncompleteTree tree) {
        this.bytes = bytes;
        this.selection = selection;
        this.layout = layout;
        this.tree = tree;
    }

    /**
     * The proof of a selection by a tree that shows it.
     *
     * @param layout how the rows stand in their file, for whoever writes and reads it
     */
    public static RowsProof of(RowSelection selection, String layout, IncompleteTree tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(tree.sizeBytes() + 256);
        out.writeBytes(PackedForm.ROWS_MAGIC);
        out.write(VERSION);
        out.write(CODECS.indexOf(selection.codec().name()) + 1);
        write(out, layout.getBytes(StandardCharsets.UTF_8));
        write(out, selection.trees());
        Optional<List<byte[]>> keys = selection.keys();
        if (keys.isPresent()) {
            out.write(KEYS);
            write(out, keys.get());
        } else {
            out.write(selection.to().isPresent() ? RANGE : OPEN_RANGE);
            write(out, selection.from());
            selection.to().ifPresent(to -> write(out, to));
        }
        out.writeBytes(tree.bytes());
        return new RowsProof(out.toByteArray(), selection, layout, tree);
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        PackedForm.writeVarint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void write(ByteArrayOutputStream out, List<byte[]> all) {
        PackedForm.writeVarint(out, all.size());
        all.forEach(each -> write(out, each));
    }

    /** The proof that these bytes are, all of them; a {@link ProofFormatException} when they are none. */
    public static RowsProof parse(byte[] packed) {
        byte[] bytes = packed.clone();
        TokenReader in = new TokenReader(bytes);
        in.magic(PackedForm.ROWS_MAGIC, "a proof of rows");
        in.version(VERSION);
        long codecAt = in.position();
        int code = in.octet("the key codec");
        if (code < 1 || code > CODECS.size()) {
            throw in.refuseAt(codecAt, String.format("expected a key codec, 01 to 04, got %02x", code));
        }
        String layout = new String(bytes(in, bytes, "the layout"), StandardCharsets.UTF_8);
        List<byte[]> trees = list(in, bytes, "a tree");
        long kindAt = in.position();
        int kind = in.octet("the kind of selection");
        if (kind < KEYS || kind > OPEN_RANGE) {
            throw in.refuseAt(kindAt, String.format("expected a kind of selection, 01 to 03, got %02x", kind));
        }
        List<byte[]> keys = kind == KEYS ? list(in, bytes, "a key") : null;
        byte[] from = kind == KEYS ? null : bytes(in, bytes, "where the range begins");
        byte[] to = kind == RANGE ? bytes(in, bytes, "where the range ends") : null;
        IncompleteTree tree = tree(in, bytes);
        KeyCodec codec = KeyCodec.named(CODECS.get(code - 1), tree.algorithm()::hash);
        RowSelection selection;
        try {
            trees.forEach(codec::canonical);
            selection = keys == null
                    ? RowSelection.ofRange(codec, trees, from, to)
                    : RowSelection.ofKeys(codec, trees, keys);
        } catch (IllegalArgumentException e) {
            throw in.refuseAt(kindAt, String.valueOf(e.getMessage()));
        }
        RowsProof proof = of(selection, layout, tree);
        if (!Arrays.equals(proof.bytes, bytes)) {
            throw in.refuseAt(kindAt, "expected keys in ascending order and the layout in UTF-8, got others");
        }
        return proof;
    }

    private static byte[] bytes(TokenReader in, byte[] bytes, String what) {
        int length = (int) in.varint("the length of " + what, in.remaining());
        int from = in.take(length, what);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private static List<byte[]> list(TokenReader in, byte[] bytes, String what) {
        int count = (int) in.varint("the number of them", in.remaining());
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(bytes(in, bytes, what));
        }
        return all;
    }

    private static IncompleteTree tree(TokenReader in, byte[] bytes) {
        int from = bytes.length - in.remaining();
        try {
            return IncompleteTree.parse(Arrays.copyOfRange(bytes, from, bytes.length));
        } catch (ProofFormatException e) {
            throw e.movedBy(from);
        }
    }

    /** The bytes that travel, copied. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Which rows. */
    public RowSelection selection() {
        return selection;
    }

    /** How the rows stand in their file, as {@link #of} was told. */
    public String layout() {
        return layout;
    }

    /** The algorithm that the root is made with. */
    public HashAlgorithm algorithm() {
        return tree.algorithm();
    }

    /**
     * The key of a leaf that is left out, and with which the range begins, so that nobody can tell it from a subtree of the
     * range: a proof that shows it as well tells all rows. Empty where this one does.
     */
    public Optional<byte[]> hiddenBefore() {
        return selection.hidden(tree.verify(tree.root())).map(Bits::toKey);
    }

    /**
     * All rows that were selected, in the order of their canonical keys, under a root that the reader trusts. A
     * {@link ProofMismatchException} when the proof has another root; an {@link UnprovenRowsException} where it leaves out
     * what may be a row.
     */
    public List<RowSelection.Row> verify(Digest root) {
        return selection.rows(tree.verify(root));
    }
}
