package org.dacite.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The patricia tree of a map, built by splitting its sorted keys where they first differ. */
public final class ReferenceTree {
    private sealed interface Node {
        /** Its bits from the top of its tree. */
        String bits();
    }

    private record Leaf(String bits, byte[] value) implements Node {}

    private record Link(String bits, Node top) implements Node {}

    private record Vertex(String bits, Node left, Node right) implements Node {}

    private final ReferenceHash hash;
    private final Node top;

    private ReferenceTree(ReferenceHash hash, Node top) {
        this.hash = hash;
        this.top = top;
    }

    public static ReferenceTree of(ReferenceMap map, ReferenceHash hash) {
        return new ReferenceTree(hash, build(map, map.keys()));
    }

    /** The root of a map with sha256. */
    public static byte[] root(ReferenceMap map) {
        return of(map, ReferenceHash.SHA256).root();
    }

    /** The root. */
    public byte[] root() {
        return root(top);
    }

    /** How many vertices there are in the outermost tree. */
    public int vertices() {
        return vertices(top);
    }

    /** The smallest proof of what is asked, packed. */
    public byte[] proof(Asked asked) {
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        int count = top == null ? 0 : write(top, 0, asked, tokens);
        return ReferenceBits.concat(
                "DAC1".getBytes(StandardCharsets.US_ASCII),
                new byte[] {(byte) hash.code()},
                ReferenceBits.varint(count),
                tokens.toByteArray());
    }

    private static Node build(ReferenceMap map, List<byte[]> keys) {
        if (keys.isEmpty()) {
            return null;
        }
        String first = ReferenceBits.ofKey(keys.get(0));
        if (keys.size() == 1) {
            byte[] value = map.value(keys.get(0));
            ReferenceMap tree = map.treeOrNull(keys.get(0));
            return value != null ? new Leaf(first, value) : new Link(first, build(tree, tree.keys()));
        }
        int differ = ReferenceBits.agree(first, ReferenceBits.ofKey(keys.get(keys.size() - 1)));
        if (differ == first.length()) {
            throw new IllegalArgumentException("a key is a prefix of another: " + first);
        }
        int split = 0;
        while (ReferenceBits.ofKey(keys.get(split)).charAt(differ) == '0') {
            split++;
        }
        return new Vertex(
                first.substring(0, differ),
                build(map, keys.subList(0, split)),
                build(map, keys.subList(split, keys.size())));
    }

    private byte[] root(Node topOrNull) {
        return topOrNull == null ? hash.emptyRoot() : hash.root(hash(topOrNull), topOrNull.bits());
    }

    private byte[] hash(Node node) {
        if (node instanceof Leaf leaf) {
            return hash.leaf(leaf.value);
        }
        if (node instanceof Link link) {
            return hash.link(root(link.top));
        }
        Vertex vertex = (Vertex) node;
        int skipFrom = vertex.bits.length() + 1;
        return hash.vertex(
                hash(vertex.left),
                vertex.left.bits().substring(skipFrom),
                hash(vertex.right),
                vertex.right.bits().substring(skipFrom));
    }

    private static int vertices(Node node) {
        return node instanceof Vertex vertex ? 1 + vertices(vertex.left) + vertices(vertex.right) : 0;
    }

    /** Writes a node and what is below it; answers how many tokens that took. */
    private int write(Node node, int skipFrom, Asked asked, ByteArrayOutputStream out) {
        byte[] skip = ReferenceBits.enc(node.bits().substring(skipFrom));
        boolean leads = asked.leadsTo(node.bits());
        if (leads && node instanceof Vertex vertex) {
            int below = vertex.bits.length() + 1;
            int tokens = write(vertex.left, below, asked, out) + write(vertex.right, below, asked, out);
            token(out, 2, skip);
            return tokens + 1;
        }
        boolean shown = !(node instanceof Vertex) && asked.holds(node.bits());
        if (shown && node instanceof Leaf leaf) {
            token(out, 0, skip, ReferenceBits.varint(leaf.value.length), leaf.value);
            return 1;
        }
        if (shown && node instanceof Link link) {
            Asked inside = asked.inside(node.bits());
            if (inside == null) {
                token(out, 3, skip, new byte[] {32}, root(link.top));
                return 1;
            }
            int tokens = write(link.top, 0, inside, out);
            token(out, 4, skip);
            return tokens + 1;
        }
        token(out, 1, skip, hash(node));
        return 1;
    }

    private static void token(ByteArrayOutputStream out, int tag, byte[]... parts) {
        out.write(tag);
        out.writeBytes(ReferenceBits.concat(parts));
    }
}
