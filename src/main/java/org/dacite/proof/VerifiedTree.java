package org.dacite.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dacite.bits.Bits;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;

/** An incomplete tree whose root is the one that the reader trusts: what it says of a key holds. Immutable. */
public final class VerifiedTree {
    private final IncompleteTree tree;
    private final Digest root;

    VerifiedTree(IncompleteTree tree, Digest root) {
        this.tree = tree;
        this.root = root;
    }

    /** The trusted root. */
    public Digest root() {
        return root;
    }

    /** What it says of a canonical key of the top tree. */
    public Verdict find(byte[] key) {
        return find(List.of(key));
    }

    /**
     * What it says of a path of canonical keys: all but the last name trees, each in the one before. A path through a
     * value, or through an absent key, is absent.
     */
    public Verdict find(List<byte[]> path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("expected a path of at least one key, got none");
        }
        int top = tree.top();
        for (int i = 0; ; i++) {
            boolean last = i == path.size() - 1;
            int node = descend(top, path.get(i));
            if (node == ABSENT) {
                return new Verdict.Absent();
            }
            switch (node == UNKNOWN ? PackedForm.STUB : tree.tag(node)) {
                case PackedForm.STUB -> {
                    return new Verdict.Unknown();
                }
                case PackedForm.LEAF -> {
                    return last ? new Verdict.Present(tree.payload(node)) : new Verdict.Absent();
                }
                case PackedForm.LINK -> {
                    return last ? new Verdict.PresentTree(Digest.of(tree.payload(node))) : new Verdict.Unknown();
                }
                default -> {
                    if (last) {
                        return new Verdict.PresentTree(tree.enclosedRoot(node));
                    }
                    top = tree.left(node);
                }
            }
        }
    }

    /**
     * A key that the proof shows.
     *
     * @param trees the names of its tree from the top
     * @param key its key as bits
     * @param verdict what it holds: {@link Verdict.Present} or {@link Verdict.PresentTree}
     */
    public record Shown(List<Bits> trees, Bits key, Verdict verdict) {}

    /** Hands over every key that it shows, in key order, the keys of a linked tree behind the key that holds it. */
    public void forEach(Consumer<Shown> action) {
        walk(action, part -> {});
    }

    /** Every key that it shows with a value, in that order. */
    List<Shown> shown() {
        List<Shown> all = new ArrayList<>();
        walk(all::add, part -> {});
        all.removeIf(shown -> !(shown.verdict() instanceof Verdict.Present));
        return all;
    }

    /** A part that the proof leaves out: the names of its tree, the bits of its top node, the hash of that node. */
    record Hidden(List<Bits> trees, Bits prefix, Digest hash) {}

    /** Every part that it leaves out, a link whose tree is not shown among them, in the same order. */
    List<Hidden> hidden() {
        List<Hidden> all = new ArrayList<>();
        walk(leaf -> {}, all::add);
        return all;
    }

    private void walk(Consumer<Shown> ofShown, Consumer<Hidden> ofHidden) {
        if (tree.top() < 0) {
            return;
        }
        Map<Integer, Digest> enclosed = tree.enclosedRoots();
        CanonicalHash rule = CanonicalHash.of(tree.algorithm());
        Deque<Visit> open = new ArrayDeque<>();
        open.push(new Visit(tree.top(), Bits.EMPTY, List.of()));
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            Bits prefix = extended(visit.before, visit.node);
            switch (tree.tag(visit.node)) {
                case PackedForm.LEAF -> {
                    Verdict value = new Verdict.Present(tree.payload(visit.node));
                    ofShown.accept(new Shown(visit.trees, prefix, value));
                }
                case PackedForm.LINK -> {
                    Digest root = Digest.of(tree.payload(visit.node));
                    ofShown.accept(new Shown(visit.trees, prefix, new Verdict.PresentTree(root)));
                    ofHidden.accept(new Hidden(visit.trees, prefix, Digest.of(rule.link(root.bytes()))));
                }
                case PackedForm.JOIN -> {
                    open.push(new Visit(tree.right(visit.node), prefix.with(1), visit.trees));
                    open.push(new Visit(tree.left(visit.node), prefix.with(0), visit.trees));
                }
                case PackedForm.ENCLOSE -> {
                    Verdict linked = new Verdict.PresentTree(enclosed.get(visit.node));
                    ofShown.accept(new Shown(visit.trees, prefix, linked));
                    List<Bits> trees = new ArrayList<>(visit.trees);
                    trees.add(prefix);
                    open.push(new Visit(tree.left(visit.node), Bits.EMPTY, List.copyOf(trees)));
                }
                default -> ofHidden.accept(new Hidden(visit.trees, prefix, Digest.of(tree.payload(visit.node))));
            }
        }
    }

    private record Visit(int node, Bits before, List<Bits> trees) {}

    private static final int ABSENT = -1;
    private static final int UNKNOWN = -2;

    /** The leaf or link with exactly this key below a top node; {@link #ABSENT} or {@link #UNKNOWN}. */
    private int descend(int top, byte[] key) {
        if (top < 0) {
            return ABSENT;
        }
        int keyBits = key.length * 8;
        int at = 0;
        int node = top;
        while (true) {
            int skipBits = tree.skipBits(node);
            if (at + skipBits > keyBits) {
                return ABSENT;
            }
            for (int i = 0; i < skipBits; i++) {
                if (tree.skipBit(node, i) != PaddedBits.bit(key, at + i)) {
                    return ABSENT;
                }
            }
            at += skipBits;
            int tag = tree.tag(node);
            if (tag == PackedForm.STUB) {
                return UNKNOWN;
            }
            if (tag != PackedForm.JOIN) {
                return at == keyBits ? node : ABSENT;
            }
            if (at == keyBits) {
                return ABSENT;
            }
            node = PaddedBits.bit(key, at) == 0 ? tree.left(node) : tree.right(node);
            at++;
        }
    }

    private Bits extended(Bits before, int node) {
        byte[] encoded = tree.encodedSkip(node);
        return tree.skipBits(node) == 0
                ? before
                : before.then(Bits.ofPadded(
                        Arrays.copyOfRange(encoded, encoded.length - (tree.skipBits(node) / 8 + 1), encoded.length)));
    }
}
