package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;
import org.junit.jupiter.api.Test;

class NodeCacheTest {
    private static final int MANY = 40_000;

    @Test
    void holdsWhatFits() {
        NodeCache cache = new NodeCache(64 << 20);
        for (long oid = 1; oid <= MANY; oid++) {
            cache.put(oid % 3 == 0 ? leaf(oid) : vertex(oid));
        }
        for (long oid = 1; oid <= MANY; oid++) {
            long link = oid % 3 == 0 ? -oid : oid;
            Node node = cache.get(link);
            assertNotNull(node, "link " + link);
            assertEquals(link, node.link());
            assertNull(cache.get(-link));
        }
        Node other = vertex(1);
        cache.put(other);
        assertSame(other, cache.get(1));
        cache.clear();
        assertNull(cache.get(1));
        assertEquals(0, cache.bytes());
    }

    @Test
    void staysWithinItsBound() {
        NodeCache cache = new NodeCache(1 << 20);
        for (long oid = 1; oid <= MANY; oid++) {
            cache.put(vertex(oid));
            assertTrue(cache.bytes() <= 1 << 20);
        }
    }

    @Test
    void whatIsOutOfUseGoesFirstTheOldestBeforeTheOthers() {
        NodeCache cache = new NodeCache(1 << 20);
        int inUse = 2_000;
        for (long oid = 1; oid <= inUse; oid++) {
            cache.put(vertex(oid));
        }
        for (long oid = inUse + 1L; oid <= MANY; oid++) {
            cache.put(vertex(oid));
            cache.superseded(oid);
        }
        for (long oid = 1; oid <= inUse; oid++) {
            assertNotNull(cache.get(oid), "oid " + oid);
        }
        assertNotNull(cache.get(MANY));
        assertNull(cache.get(inUse + 1L));
    }

    @Test
    void queueIsFirstInFirstOut() {
        Random random = new Random(5);
        Deque<Long> expected = new ArrayDeque<>();
        LinkQueue queue = new LinkQueue();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(5) < 3) {
                expected.add((long) i);
                queue.add(i);
            } else if (!expected.isEmpty()) {
                assertEquals(expected.remove(), queue.remove());
            }
            assertEquals(expected.isEmpty(), queue.isEmpty());
        }
        queue.clear();
        assertTrue(queue.isEmpty());
    }

    private static Vertex vertex(long oid) {
        return new Vertex(oid, new byte[] {(byte) 0x80}, 0, 1, 2, 2, new byte[32]);
    }

    private static Leaf leaf(long oid) {
        return new Leaf(oid, new byte[] {1}, null, new byte[10], 0, 1, new byte[32], 1);
    }
}
