package org.dacite.drawing;

import java.util.HexFormat;
import java.util.Locale;
import org.dacite.bits.PaddedBits;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;

/** A node in a picture: a vertex with what is below it, a leaf, or a subtree that is not shown. */
final class Box {
    private static final int SHOWN_BITS = 8;
    private static final int SHOWN_CHARS = 17;
    private static final int SHOWN_DIGITS = 8;

    final Node node;
    final int skipFrom;
    final int level;
    final boolean asked;
    final boolean shared;
    Box left;
    Box right;
    int x;

    Box(Node node, int skipFrom, int level, boolean asked, boolean shared) {
        this.node = node;
        this.skipFrom = skipFrom;
        this.level = level;
        this.asked = asked;
        this.shared = shared;
    }

    boolean isLeaf() {
        return node instanceof Leaf;
    }

    /** A vertex whose children are not shown. */
    boolean isStub() {
        return node instanceof Vertex && left == null;
    }

    String hash() {
        return HexFormat.of().formatHex(node.hash());
    }

    /** The upper line in the box. */
    String first(Labels labels) {
        return node instanceof Leaf leaf ? cut(labels.key(leaf), SHOWN_CHARS) : hash().substring(0, SHOWN_DIGITS);
    }

    /** The lower line. */
    String second(Labels labels) {
        return node instanceof Leaf leaf ? cut(labels.value(leaf), SHOWN_CHARS) : leaves();
    }

    /** All of it, for whoever points at the box. */
    String told(Labels labels) {
        if (node instanceof Leaf leaf) {
            return "leaf " + labels.key(leaf) + " = " + labels.value(leaf) + "\nhash " + hash();
        }
        return (isStub() ? "subtree, not shown, " : "vertex ") + "at bit " + node.endBit() + ", " + leaves() + "\nhash "
                + hash();
    }

    private String leaves() {
        return String.format(Locale.ROOT, "%,d %s", node.leafCount(), node.leafCount() == 1 ? "leaf" : "leaves");
    }

    /** What stands at the edge that leads here: the bit that chose it, and the bits that are passed over. */
    String edge() {
        StringBuilder bits = new StringBuilder();
        if (skipFrom > 0) {
            bits.append(PaddedBits.bit(node.bits(), skipFrom - 1));
        }
        int skipped = node.endBit() - skipFrom;
        if (skipped > 0) {
            bits.append(skipFrom > 0 ? " · " : "");
            for (int i = 0; i < Math.min(skipped, SHOWN_BITS); i++) {
                bits.append(PaddedBits.bit(node.bits(), skipFrom + i));
            }
            bits.append(skipped > SHOWN_BITS ? "… (" + skipped + ")" : "");
        }
        return bits.toString();
    }

    /** So many letters of a text at most. */
    static String cut(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
