package org.dacite.tree;

import java.util.Arrays;
import java.util.HexFormat;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.CanonicalHash;

/**
 * Makes the hash of a node anew from what stands below it, and refuses one that is not what it says: a
 * {@link DamageException} with its link. For one thread.
 */
public final class NodeCheck {
    private final CanonicalHash rule;

    public NodeCheck(CanonicalHash rule) {
        this.rule = rule;
    }

    /** A vertex, from its children. */
    public void vertex(Vertex vertex, Node left, Node right) {
        below(vertex, left, 0);
        below(vertex, right, 1);
        expect(
                vertex,
                "leaf_count",
                Long.toString(left.leafCount() + right.leafCount()),
                Long.toString(vertex.leafCount()));
        byte[] hash = rule.vertex(
                vertex.depth() + 1,
                left.hash(),
                left.bits(),
                left.endBit(),
                right.hash(),
                right.bits(),
                right.endBit());
        expect(vertex, "hash", hash, vertex.hash());
    }

    private static void below(Vertex vertex, Node child, int side) {
        boolean there = child.endBit() > vertex.depth()
                && PaddedBits.bit(child.bits(), vertex.depth()) == side
                && PaddedBits.commonPrefixLength(child.bits(), child.endBit(), vertex.prefix(), vertex.depth())
                        == vertex.depth();
        expect(vertex, "a child below bit " + side + " of its prefix", "there", there ? "there" : "elsewhere");
    }

    /** A leaf that holds a value. */
    public void value(Leaf leaf) {
        expect(leaf, "hash", rule.leaf(leaf.value()), leaf.hash());
    }

    /** A leaf that links to the tree with this top. */
    public void link(Leaf leaf, Node top) {
        expect(leaf, "root of its tree", rule.root(top.hash(), top.bits(), top.endBit()), leaf.value());
        expect(leaf, "hash", rule.link(leaf.value()), leaf.hash());
        expect(leaf, "tree_leaf_count", Long.toString(top.leafCount()), Long.toString(leaf.leafCount()));
    }

    private static void expect(Node node, String what, byte[] expected, byte[] found) {
        if (!Arrays.equals(expected, found)) {
            expect(
                    node,
                    what,
                    HexFormat.of().formatHex(expected),
                    HexFormat.of().formatHex(found));
        }
    }

    private static void expect(Node node, String what, String expected, String found) {
        if (!expected.equals(found)) {
            throw new DamageException(
                    node.link(),
                    "expected " + what + " " + expected + " of "
                            + (node instanceof Leaf ? "leaf " : "vertex ") + Math.abs(node.link()) + ", found "
                            + found);
        }
    }
}
