package org.dacite.proof;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.CanonicalHash;

/** The nodes that tokens in postfix order have pushed and not yet joined: each with its hash and its skip. For one thread. */
final class OpenNodes {
    private final CanonicalHash rule;
    private final List<byte[]> hashes = new ArrayList<>();
    private final List<byte[]> skips = new ArrayList<>();

    OpenNodes(CanonicalHash rule) {
        this.rule = rule;
    }

    void leaf(byte[] skip, byte[] bytes, int from, int length) {
        push(skip, rule.leaf(bytes, from, length));
    }

    void link(byte[] skip, byte[] root) {
        push(skip, rule.link(root));
    }

    void stub(byte[] skip, byte[] hash) {
        push(skip, hash);
    }

    void join(byte[] skip) {
        byte[] rightSkip = last(skips);
        byte[] right = last(hashes);
        byte[] leftSkip = last(skips);
        byte[] left = last(hashes);
        push(skip, rule.vertex(left, leftSkip, right, rightSkip));
    }

    /** Answers the root of the tree that it encloses. */
    byte[] enclose(byte[] skip) {
        byte[] root = rule.root(last(hashes), last(skips));
        link(skip, root);
        return root;
    }

    /** The root of the tree whose top is the one node that is open, of the empty tree where none is. */
    byte[] root() {
        return hashes.isEmpty() ? rule.emptyRoot() : rule.root(hashes.get(0), skips.get(0));
    }

    private void push(byte[] skip, byte[] hash) {
        skips.add(skip);
        hashes.add(hash);
    }

    private static byte[] last(List<byte[]> stack) {
        return stack.remove(stack.size() - 1);
    }
}
