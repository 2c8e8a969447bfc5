package org.dacite.proof;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The proof that two maps differ in some keys and in no others: one incomplete tree of each, both showing those keys
 * (canonical-form.md, "The proof of a difference").
 *
 * <p>What the trees leave out must be the same in both: then all that is hidden is equal, and what is shown tells the
 * difference. Parsed strictly, in time and memory in proportion to the input. Says nothing until {@link #verify} has
 * compared both with roots that the reader trusts. Immutable; any thread.
 */
public final class DifferenceProof {
    private static final int VERSION = 1;
    private static final int ALGORITHM_AT = PackedForm.MAGIC.length;

    private final byte[] bytes;
    private final IncompleteTree before;
    private final IncompleteTree after;

    private DifferenceProof(byte[] bytes, IncompleteTree before, IncompleteTree after) {
        this.bytes = bytes;
        this.before = before;
        this.after = after;
    }

    /** The proof that these two make, of one algorithm. */
    public static DifferenceProof of(IncompleteTree before, IncompleteTree after) {
        if (before.algorithm() != after.algorithm()) {
            throw new IllegalArgumentException("expected two trees of one algorithm, got "
                    + before.algorithm().label() + " and " + after.algorithm().label());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(before.sizeBytes() + after.sizeBytes() + 16);
        out.writeBytes(PackedForm.DIFFERENCE_MAGIC);
        out.write(VERSION);
        for (IncompleteTree tree : List.of(before, after)) {
            PackedForm.writeVarint(out, tree.sizeBytes());
            out.writeBytes(tree.bytes());
        }
        return new DifferenceProof(out.toByteArray(), before, after);
    }

    /** The proof that these bytes are, all of them; a {@link ProofFormatException} when they are none. */
    public static DifferenceProof parse(byte[] packed) {
        byte[] bytes = packed.clone();
        TokenReader in = new TokenReader(bytes);
        in.magic(PackedForm.DIFFERENCE_MAGIC, "a proof of a difference");
        in.version(VERSION);
        IncompleteTree before = tree(in, bytes, "the first tree");
        IncompleteTree after = tree(in, bytes, "the second tree");
        if (after.algorithm() != before.algorithm()) {
            throw in.refuseAt(
                    in.position() - after.sizeBytes() + ALGORITHM_AT,
                    "expected the algorithm of the first tree, "
                            + before.algorithm().label() + ", got "
                            + after.algorithm().label());
        }
        if (in.remaining() > 0) {
            throw in.refuse("expected the end after two trees, got " + in.remaining() + " more bytes");
        }
        return new DifferenceProof(bytes, before, after);
    }

    private static IncompleteTree tree(TokenReader in, byte[] bytes, String what) {
        int length = (int) in.varint("the length of " + what, in.remaining());
        int from = in.take(length, what);
        try {
            return IncompleteTree.parse(Arrays.copyOfRange(bytes, from, from + length));
        } catch (ProofFormatException e) {
            throw e.movedBy(from);
        }
    }

    /** The bytes that travel, copied. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes travel. */
    public int sizeBytes() {
        return bytes.length;
    }

    /** The algorithm that both roots are made with. */
    public HashAlgorithm algorithm() {
        return before.algorithm();
    }

    /** What it shows of the first map. */
    public IncompleteTree before() {
        return before;
    }

    /** What it shows of the second map. */
    public IncompleteTree after() {
        return after;
    }

    /**
     * The changes that lead from the map of one trusted root to that of another, all of them, in key order, those of a
     * linked tree at the place of its link.
     *
     * <p>A {@link ProofMismatchException} when a tree has another root; an {@link UnprovenDifferenceException} when the
     * two leave out different parts.
     */
    public List<ProvenChange> verify(Digest rootBefore, Digest rootAfter) {
        VerifiedTree first = before.verify(rootBefore);
        VerifiedTree second = after.verify(rootAfter);
        compareHidden(first.hidden(), second.hidden());
        return changes(first, second);
    }

    /** Both are in key order, and no part of one tree holds another, so the same parts stand at the same index. */
    private static void compareHidden(List<VerifiedTree.Hidden> first, List<VerifiedTree.Hidden> second) {
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            VerifiedTree.Hidden one = i < first.size() ? first.get(i) : null;
            VerifiedTree.Hidden other = i < second.size() ? second.get(i) : null;
            if (one == null || !one.equals(other)) {
                throw UnprovenDifferenceException.between(one, other);
            }
        }
    }

    private static List<ProvenChange> changes(VerifiedTree first, VerifiedTree second) {
        List<VerifiedTree.Shown> old = first.shown();
        List<VerifiedTree.Shown> now = second.shown();
        List<ProvenChange> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int order = i == old.size() ? 1 : j == now.size() ? -1 : KeyOrder.compare(old.get(i), now.get(j));
            Optional<byte[]> gone = order <= 0 ? Optional.of(value(old.get(i))) : Optional.empty();
            Optional<byte[]> came = order >= 0 ? Optional.of(value(now.get(j))) : Optional.empty();
            VerifiedTree.Shown key = order <= 0 ? old.get(i) : now.get(j);
            if (order != 0 || !Arrays.equals(gone.get(), came.get())) {
                changes.add(new ProvenChange(key.trees(), key.key(), gone, came));
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return List.copyOf(changes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DifferenceProof that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static byte[] value(VerifiedTree.Shown shown) {
        return ((Verdict.Present) shown.verdict()).value();
    }
}
