package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeSource;
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
        Leaf without = leaf(3);
        cache.put(new Leaf(3, without.key(), null, null, 0, 1, without.hash(), 1));
        assertNull(((Leaf) cache.get(-3)).value());
        cache.clear();
        assertNull(cache.get(1));
        assertEquals(0, cache.bytes());
    }

    @Test
    void goesWaysAheadWhateverIsThere() {
        NodeCache cache = new NodeCache(1 << 20);
        byte[][] keys = {{0}, {0, 1}, {(byte) 0xff}};
        cache.expect(9, keys, 3);
        cache.put(new Vertex(9, new byte[] {(byte) 0x80}, 0, 7, -8, 3, new byte[32]));
        cache.put(new Vertex(7, new byte[] {8}, 4, -5, 6, 2, new byte[32]));
        cache.put(new Vertex(6, new byte[] {0, 0, 1}, 23, 7, 9, 2, new byte[32])); // no tree, but it must end
        cache.put(leaf(5));
        cache.expect(9, keys, 3);
        cache.expect(9, keys, 1);
        cache.expect(-5, keys, 2);
        assertEquals(9, cache.get(9).link());
    }

    @Test
    void findsLinksWhereTheyHashTo() {
        int slots = 1 << 16;
        NodeTable table = new NodeTable(slots);
        NodeTable empty = new NodeTable(slots);
        long away = 0;
        int count = 0;
        for (long oid = 1; count < slots / 2; oid++) {
            if (oid % 7 < 4) {
                long link = oid % 3 == 0 ? -oid : oid;
                int slot = table.slotForNew(link, 0);
                table.set(slot, link, 1, null);
                assertEquals(slot, table.find(link));
                away += slot - empty.emptyFor(link);
                count++;
            }
        }
        assertTrue(away < count, "slots away from where they hash to: " + away + " of " + count + " links");
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
    void knowsTheWayPastMoreVerticesThanItHolds() {
        NodeCache cache = new NodeCache(1 << 20);
        for (long oid = 3; oid <= MANY; oid++) {
            cache.put(vertex(MANY + oid));
        }
        int known = 0;
        for (long oid = 3; oid <= MANY; oid++) {
            cache.signpost(oid, 17, -(oid - 1), oid - 2);
            assertTrue(cache.bytes() <= 1 << 20);
        }
        byte[] toRight = new byte[3];
        toRight[2] = 0x40; // bit 17
        for (long oid = 3; oid <= MANY; oid++) {
            long left = cache.child(oid, new byte[3]);
            if (left != NodeSource.UNKNOWN) {
                known++;
                assertEquals(-(oid - 1), left);
                assertEquals(oid - 2, cache.child(oid, toRight));
                assertEquals(0, cache.child(oid, new byte[2]));
            }
            Node node = cache.get(MANY + oid);
            assertTrue(node == null || Arrays.equals(vertex(MANY + oid).hash(), node.hash()));
        }
        assertTrue(known > 35_000, "of 40,000 that take 17 bytes each in five eighths of the room, got " + known);
        cache.clear();
        assertEquals(NodeSource.UNKNOWN, cache.child(MANY, toRight));
        assertEquals(0, cache.bytes());
        cache.put(vertex(5));
        assertNotNull(cache.get(5));
    }

    /** As long as there is room for them beside the signposts, wherever they stood. */
    @Test
    void signpostsTakeNoPlaceFromNodesInUse() {
        int inUse = 12_000;
        NodeCache cache = new NodeCache(4 << 20);
        for (long oid = 3L * MANY + 1; oid <= 5L * MANY; oid++) {
            cache.put(vertex(oid)); // so that none of the room is new any more
            outOfUse(cache, oid);
        }
        for (long oid = 1; oid <= MANY; oid++) {
            cache.put(vertex(oid));
            if (oid % 4 > 0 || oid <= MANY - 2 * inUse) {
                outOfUse(cache, oid);
            }
            if (oid % 4 == 0 && oid > MANY - 2 * inUse) {
                cache.put(leaf(MANY + oid));
            }
        }
        for (long oid = 1; oid <= MANY; oid++) {
            cache.signpost(6 * MANY + oid, 17, 1, 2);
        }
        int kept = 0;
        for (long oid = MANY - 2L * inUse + 1; oid <= MANY; oid++) {
            if (oid % 4 == 0) {
                kept += cache.get(oid) == null ? 0 : 1;
                kept += cache.get(-MANY - oid) == null ? 0 : 1;
            }
        }
        assertEquals(inUse, kept);
    }

    @Test
    void takesAboutWhatNodesSay() {
        NodeCache cache = new NodeCache(64 << 20);
        long said = 0;
        for (long oid = 1; oid <= 2_000; oid += 2) {
            Vertex vertex = new Vertex(oid, new byte[3], 17, 1, 2, 2, hash(oid));
            Leaf leaf = new Leaf(oid + 1, new byte[33], null, new byte[100], 0, 1, hash(oid), 1);
            cache.put(vertex);
            cache.put(leaf);
            said += vertex.sizeBytes() + leaf.sizeBytes();
        }
        assertEquals(1.0, (double) cache.bytes() / said, 0.05);
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
            outOfUse(cache, oid);
        }
        for (long oid = 1; oid <= inUse; oid++) {
            assertNotNull(cache.get(oid), "oid " + oid);
        }
        assertNotNull(cache.get(MANY));
        assertNull(cache.get(inUse + 1L));
    }

    @Test
    void findsRoomForLongNodesAmongShortOnes() {
        NodeCache cache = new NodeCache(1 << 20);
        for (long oid = 1; oid <= MANY; oid++) {
            cache.put(vertex(oid));
        }
        for (long oid = MANY + 1L; oid <= 2L * MANY; oid++) {
            cache.put(leaf(oid, 100 + (int) (oid % 400)));
        }
        int found = 0;
        for (long oid = MANY + 1L; oid <= 2L * MANY; oid++) {
            found += cache.get(-oid) == null ? 0 : 1;
        }
        assertTrue(found > 500, "found " + found);
        assertTrue(cache.bytes() <= 1 << 20);
    }

    @Test
    void whatIsLargerThanAllIsNotKept() {
        NodeCache cache = new NodeCache(1 << 20);
        cache.put(vertex(1));
        cache.put(leaf(2, 2 << 20));
        assertNull(cache.get(-2));
        assertNotNull(cache.get(1));
    }

    @Test
    void readersNeverSeeOneNodeForAnother() throws Exception {
        NodeCache cache = new NodeCache(1 << 20);
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<String> wrong = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            Random random = new Random(7);
            while (!done.get() && wrong.get() == null) {
                long oid = 1L + random.nextInt(MANY);
                Node node = cache.get(oid % 3 == 0 ? -oid : oid);
                if (node != null && (node.hash()[0] != (byte) oid || node.hash()[31] != (byte) (oid >> 8))) {
                    wrong.set("oid " + oid + " has hash " + Arrays.toString(node.hash()));
                }
            }
        });
        reader.start();
        Random random = new Random(8);
        for (int i = 0; i < 400_000; i++) {
            long oid = 1L + random.nextInt(MANY);
            cache.put(oid % 3 == 0 ? leaf(oid, (int) (oid % 700)) : vertex(oid));
            if (i % 100_000 == 0) {
                cache.clear();
            }
        }
        done.set(true);
        reader.join();
        assertNull(wrong.get());
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

    private static void outOfUse(NodeCache cache, long link) {
        LinkQueue links = new LinkQueue();
        links.add(link);
        cache.superseded(links);
    }

    private static Vertex vertex(long oid) {
        return new Vertex(oid, new byte[] {(byte) 0x80}, 0, 1, 2, 2, hash(oid));
    }

    private static Leaf leaf(long oid) {
        return leaf(oid, 10);
    }

    private static Leaf leaf(long oid, int valueBytes) {
        return new Leaf(oid, new byte[] {1}, null, new byte[valueBytes], 0, 1, hash(oid), 1);
    }

    private static byte[] hash(long oid) {
        byte[] hash = new byte[32];
        hash[0] = (byte) oid;
        hash[31] = (byte) (oid >> 8);
        return hash;
    }
}
