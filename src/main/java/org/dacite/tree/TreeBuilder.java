package org.dacite.tree;

import java.util.Arrays;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.CanonicalHash;

/**
 * Builds the vertices above nodes that arrive in key order: a stack holds the open path.
 *
 * <pre>
 *   nodes   0010   0111 | 1100 arrives: it parts from 0111 at bit 0,
 *   part at     1       |   so the vertex at depth 1 is complete: hashed once, given an OID, appended.
 * </pre>
 *
 * For one thread.
 */
final class TreeBuilder {
    private final NodeSink sink;
    private final CanonicalHash rule;
    private final OidCounter oids;
    private final NodeSource old;
    private Node[] nodes = new Node[32];
    private int[] parts = new int[32];
    private int size;

    TreeBuilder(NodeSink sink, CanonicalHash rule, OidCounter oids, NodeSource old) {
        this.sink = sink;
        this.rule = rule;
        this.oids = oids;
        this.old = old;
    }

    /** Completes every vertex that a node with these bits, the next in key order, leaves for good. */
    void pass(byte[] bits, int endBit) {
        if (size > 0) {
            Node last = nodes[size - 1];
            int part = PaddedBits.commonPrefixLength(last.bits(), last.endBit(), bits, endBit);
            while (size > 1 && parts[size - 1] > part) {
                join();
            }
        }
    }

    /** Adds the next node. The vertices that it leaves must have been completed by {@link #pass}. */
    void add(Node node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
            parts = Arrays.copyOf(parts, size * 2);
        }
        if (size > 0) {
            Node last = nodes[size - 1];
            int part = PaddedBits.commonPrefixLength(last.bits(), last.endBit(), node.bits(), node.endBit());
            if (part == Math.min(last.endBit(), node.endBit())) {
                throw new PrefixException(someKey(last), someKey(node));
            }
            parts[size] = part;
        }
        nodes[size++] = node;
    }

    /** All below an old vertex has been added: completes it, or keeps it as it was when nothing changed. */
    void close(Vertex vertex) {
        boolean kept = false;
        while (size > 1 && parts[size - 1] >= vertex.depth()) {
            boolean same = parts[size - 1] == vertex.depth()
                    && nodes[size - 2].link() == vertex.left()
                    && nodes[size - 1].link() == vertex.right();
            if (same) {
                size--;
                nodes[size - 1] = vertex;
                kept = true;
            } else {
                join();
            }
        }
        if (!kept) {
            sink.superseded(vertex.link());
        }
    }

    /** Completes the tree and answers its top node, null for the empty tree. */
    Node finish() {
        while (size > 1) {
            join();
        }
        return size == 0 ? null : nodes[0];
    }

    private void join() {
        Node left = nodes[size - 2];
        Node right = nodes[size - 1];
        int depth = parts[size - 1];
        byte[] hash = rule.vertex(
                depth + 1, left.hash(), left.bits(), left.endBit(), right.hash(), right.bits(), right.endBit());
        Vertex vertex = new Vertex(
                oids.next(),
                PaddedBits.prefix(left.bits(), depth),
                depth,
                left.link(),
                right.link(),
                left.leafCount() + right.leafCount(),
                hash);
        sink.vertex(vertex);
        size--;
        nodes[size - 1] = vertex;
    }

    private byte[] someKey(Node node) {
        Node at = node;
        while (old != null && at instanceof Vertex vertex) {
            at = old.nodes(new long[] {vertex.left()}).get(0);
        }
        return at.bits();
    }
}
