package org.dacite.drawing;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.dacite.bits.PaddedBits;
import org.dacite.tree.Node;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Vertex;

/** What a picture of a tree shows, and where it stands. Immutable once made. */
public final class TreePicture {
    /** The most levels of the top of a tree. */
    public static final int MAX_LEVELS = 7;

    /** The most keys whose ways are shown at once. */
    public static final int MAX_KEYS = 16;

    /** Below so many levels the way to a key is cut off. */
    private static final int MAX_DEPTH = 80;

    private final NodeSource source;
    private final long other;
    private final Box top;

    private TreePicture(NodeSource source, long top, long other, List<byte[]> keys, int levels) {
        this.source = source;
        this.other = other;
        this.top = top == 0 ? null : grown(top, keys, levels);
    }

    /**
     * The top of a tree.
     *
     * @param top link to its top node, 0 for the empty tree
     * @param other link to the top of a tree with which it may share parts; 0 for none
     * @param levels how many, 1 to {@link #MAX_LEVELS}
     */
    public static TreePicture ofTop(NodeSource source, long top, long other, int levels) {
        if (levels < 1 || levels > MAX_LEVELS) {
            throw new IllegalArgumentException("expected 1 to " + MAX_LEVELS + " levels, got " + levels);
        }
        return new TreePicture(source, top, other, List.of(), levels);
    }

    /**
     * The way to some canonical keys, there or not, with the hashes beside it that prove them.
     *
     * @param keys 1 to {@link #MAX_KEYS} of them
     */
    public static TreePicture ofKeys(NodeSource source, long top, long other, List<byte[]> keys) {
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("expected 1 to " + MAX_KEYS + " keys, got " + keys.size());
        }
        return new TreePicture(source, top, other, keys, MAX_DEPTH);
    }

    /** The top node; none of the empty tree. */
    Optional<Box> top() {
        return Optional.ofNullable(top);
    }

    private record Growing(Box box, List<byte[]> keys) {}

    private Box grown(long link, List<byte[]> keys, int levels) {
        Box first = box(node(link), 0, 0, keys);
        Deque<Growing> growing = new ArrayDeque<>(List.of(new Growing(first, keys)));
        while (!growing.isEmpty()) {
            Growing each = growing.poll();
            Box box = each.box;
            List<byte[]> through = each.keys.stream()
                    .filter(key -> leadsThrough(key, box.node))
                    .toList();
            if (!(box.node instanceof Vertex vertex) || box.level >= levels || (!keys.isEmpty() && through.isEmpty())) {
                continue;
            }
            List<Node> children = source.nodes(new long[] {vertex.left(), vertex.right()});
            List<byte[]> zeros = through.stream()
                    .filter(key -> PaddedBits.bit(key, vertex.depth()) == 0)
                    .toList();
            List<byte[]> ones = through.stream()
                    .filter(key -> PaddedBits.bit(key, vertex.depth()) == 1)
                    .toList();
            box.left = box(children.get(0), vertex.depth() + 1, box.level + 1, zeros);
            box.right = box(children.get(1), vertex.depth() + 1, box.level + 1, ones);
            growing.add(new Growing(box.left, zeros));
            growing.add(new Growing(box.right, ones));
        }
        return first;
    }

    private Box box(Node node, int skipFrom, int level, List<byte[]> keys) {
        boolean asked = keys.stream()
                .anyMatch(key -> leadsThrough(key, node)
                        || (node.endBit() == key.length * 8 && Arrays.equals(node.bits(), key)));
        return new Box(node, skipFrom, level, asked, isShared(node));
    }

    /** Whether a key is below a vertex, by all the bits of the vertex. */
    private static boolean leadsThrough(byte[] key, Node node) {
        return node.endBit() < key.length * 8 && agree(key, node.bits(), node.endBit());
    }

    private static boolean agree(byte[] one, byte[] two, int bits) {
        for (int i = 0; i < bits; i++) {
            if (PaddedBits.bit(one, i) != PaddedBits.bit(two, i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the other tree has the same at the same place. */
    private boolean isShared(Node node) {
        long link = other;
        while (link != 0) {
            Node there = node(link);
            if (there.endBit() > node.endBit() || !agree(there.bits(), node.bits(), there.endBit())) {
                return false;
            }
            if (there.endBit() == node.endBit()) {
                return Arrays.equals(there.hash(), node.hash());
            }
            if (!(there instanceof Vertex vertex)) {
                return false;
            }
            link = PaddedBits.bit(node.bits(), vertex.depth()) == 0 ? vertex.left() : vertex.right();
        }
        return false;
    }

    private Node node(long link) {
        Node cached = source.cached(link);
        return cached instanceof Vertex
                ? cached
                : source.nodes(new long[] {link}).get(0);
    }
}
