package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class NodeMapTest {
    private static Vertex vertex(long oid) {
        return new Vertex(oid, new byte[] {(byte) 0x80}, 0, -1, -2, 2, new byte[32]);
    }

    private static Leaf leaf(long oid) {
        return new Leaf(oid, new byte[] {1}, null, null, 0, 1, new byte[32], 1);
    }

    @Test
    void tellsAVertexFromALeafOfTheSameOid() {
        NodeMap map = new NodeMap();
        map.put(vertex(7));
        assertNull(map.get(-7));
        Leaf leaf = leaf(7);
        map.put(leaf);
        assertSame(leaf, map.get(-7));
        assertEquals(2, map.size());
    }

    @Test
    void replacesTheNodeOfALink() {
        NodeMap map = new NodeMap();
        map.put(leaf(7));
        Leaf again = leaf(7);
        map.put(again);
        assertSame(again, map.get(-7));
        assertEquals(1, map.size());
    }

    @Test
    void growsAsItIsFilled() {
        NodeMap map = new NodeMap();
        for (long oid = 1; oid <= 100_000; oid++) {
            map.put(oid % 3 == 0 ? vertex(oid) : leaf(oid));
        }
        assertEquals(100_000, map.size());
        for (long oid = 1; oid <= 100_000; oid++) {
            long link = oid % 3 == 0 ? oid : -oid;
            assertEquals(link, map.get(link).link());
            assertNull(map.get(-link));
        }
    }
}
