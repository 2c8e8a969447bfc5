package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;
import org.junit.jupiter.api.Test;

class NodeFormTest {
    private static final int FROM = 5;
    private final Random random = new Random(3);

    @Test
    void verticesOfEveryDepthComeBack() {
        for (int depth = 0; depth <= 8199; depth++) {
            Vertex vertex = new Vertex(
                    1L << 50 | depth, bytes(depth / 8 + 1), depth, -random.nextLong(), 7, 1L << 40, bytes(32));
            Vertex read = (Vertex) again(vertex);
            assertEquals(vertex.oid(), read.oid());
            assertArrayEquals(vertex.prefix(), read.prefix());
            assertEquals(depth, read.depth());
            assertEquals(vertex.left(), read.left());
            assertEquals(vertex.right(), read.right());
            assertEquals(vertex.leafCount(), read.leafCount());
            assertArrayEquals(vertex.hash(), read.hash());
        }
    }

    @Test
    void leavesOfEveryKindComeBack() {
        int[] lengths = {0, 1, 32, NodeForm.MAX_VALUE_BYTES, NodeForm.MAX_VALUE_BYTES + 1, 100_000};
        for (int key = 1; key <= 1025; key += 64) {
            for (byte[] userKey : new byte[][] {null, bytes(0), bytes(1024)}) {
                check(new Leaf(9, bytes(key), userKey, null, 0, 1, bytes(32), 4));
                check(new Leaf(9, bytes(key), userKey, bytes(32), -3, 12, bytes(32), 1L << 40));
                for (int length : lengths) {
                    check(new Leaf(9, bytes(key), userKey, bytes(length), 0, 1, bytes(32), 4));
                }
            }
        }
    }

    @Test
    void nonsenseIsNoNode() {
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = bytes(63);
            Node node = NodeForm.read(bytes[0] == 0 ? 1 : -1, bytes, 0, bytes.length, null);
            assertTrue(node == null || node.bits().length <= 63);
        }
    }

    private void check(Leaf leaf) {
        Leaf read = (Leaf) again(leaf);
        assertEquals(leaf.oid(), read.oid());
        assertArrayEquals(leaf.key(), read.key());
        assertArrayEquals(leaf.userKey(), read.userKey());
        assertArrayEquals(leaf.value(), read.value());
        assertEquals(leaf.tree(), read.tree());
        assertEquals(leaf.leafCount(), read.leafCount());
        assertArrayEquals(leaf.hash(), read.hash());
        assertEquals(leaf.revision(), read.revision());
        if (leaf.value() != null && leaf.value().length > NodeForm.MAX_VALUE_BYTES) {
            assertSame(leaf.value(), NodeForm.aside(leaf));
        } else {
            assertNull(NodeForm.aside(leaf));
        }
    }

    private static Node again(Node node) {
        int end = FROM + NodeForm.size(node);
        byte[] room = new byte[end];
        NodeForm.write(node, room, FROM);
        assertNull(NodeForm.read(node.link(), room, FROM, end - 1, NodeForm.aside(node)));
        return NodeForm.read(node.link(), room, FROM, end, NodeForm.aside(node));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
