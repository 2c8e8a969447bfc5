package org.dacite.reference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/** A packed form, read trustingly into a tree of objects: its root and what it says of a key. */
public final class ReferenceProof {
    private record Node(int tag, String skip, byte[] payload, Node left, Node right) {}

    private final ReferenceHash hash;
    private final Node top;
    private final int tokens;

    private ReferenceProof(ReferenceHash hash, Node top, int tokens) {
        this.hash = hash;
        this.top = top;
        this.tokens = tokens;
    }

    public static ReferenceProof of(byte[] packed) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        if (!new String(bytes(in, 4), StandardCharsets.US_ASCII).equals("DAC1")) {
            throw new IllegalArgumentException("no packed form");
        }
        ReferenceHash hash = ReferenceHash.coded(in.get());
        int tokens = varint(in);
        Deque<Node> stack = new ArrayDeque<>();
        for (int i = 0; i < tokens; i++) {
            int tag = in.get();
            String skip = skip(in);
            byte[] payload = switch (tag) {
                case 0, 3 -> bytes(in, varint(in));
                case 1 -> bytes(in, 32);
                default -> null;
            };
            Node right = tag == 2 ? stack.pop() : null;
            Node left = tag == 2 || tag == 4 ? stack.pop() : null;
            stack.push(new Node(tag, skip, payload, left, right));
        }
        return new ReferenceProof(hash, stack.poll(), tokens);
    }

    public int tokens() {
        return tokens;
    }

    public byte[] root() {
        return top == null ? hash.emptyRoot() : hash.root(hash(top), top.skip);
    }

    /** {@code absent}, {@code unknown}, {@code present} and the value, or {@code tree} and its root, in hexadecimal. */
    public String find(byte[]... path) {
        Node at = top;
        for (int i = 0; ; i++) {
            Node found = at == null ? null : descend(at, ReferenceBits.ofKey(path[i]));
            if (found == null) {
                return "absent";
            }
            boolean last = i == path.length - 1;
            switch (found.tag) {
                case 0 -> {
                    return last ? "present " + HexFormat.of().formatHex(found.payload) : "absent";
                }
                case 1 -> {
                    return "unknown";
                }
                case 3 -> {
                    return last ? "tree " + HexFormat.of().formatHex(found.payload) : "unknown";
                }
                default -> {
                    if (last) {
                        return "tree " + HexFormat.of().formatHex(hash.root(hash(found.left), found.left.skip));
                    }
                    at = found.left;
                }
            }
        }
    }

    /** The leaf, the link or the stub that a key leads to; null when it parts from the known nodes. */
    private static Node descend(Node node, String key) {
        if (!key.startsWith(node.skip)) {
            return null;
        }
        String rest = key.substring(node.skip.length());
        if (node.tag == 1) {
            return node;
        }
        if (node.tag != 2) {
            return rest.isEmpty() ? node : null;
        }
        if (rest.isEmpty()) {
            return null;
        }
        return descend(rest.charAt(0) == '0' ? node.left : node.right, rest.substring(1));
    }

    private byte[] hash(Node node) {
        return switch (node.tag) {
            case 0 -> hash.leaf(node.payload);
            case 1 -> node.payload;
            case 2 -> hash.vertex(hash(node.left), node.left.skip, hash(node.right), node.right.skip);
            case 3 -> hash.link(node.payload);
            default -> hash.link(hash.root(hash(node.left), node.left.skip));
        };
    }

    private static String skip(ByteBuffer in) {
        String bits = ReferenceBits.ofKey(bytes(in, varint(in)));
        return bits.isEmpty() ? "" : bits.substring(0, bits.lastIndexOf('1'));
    }

    private static int varint(ByteBuffer in) {
        int octet = in.get() & 0xff;
        return octet < 128 ? octet : octet - 128 + 128 * varint(in);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
