package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.dacite.bits.Bits;
import org.dacite.bits.PaddedBits;

/** What holds of the rows of every batch, whatever it changes. */
final class RowRules {
    /** Above this a deep tree would take the square of its depth. */
    private static final int MAX_ROWS_FOR_RANGES = 5_000;

    private RowRules() {}

    static void check(MemoryNodes nodes, List<MemoryNodes.Row> rows, long firstOid, long nextOid, long revision) {
        Map<Long, byte[]> lastKeys = new HashMap<>();
        long expected = firstOid;
        for (MemoryNodes.Row row : rows) {
            assertEquals(expected++, row.oid(), "OIDs ascend one by one");
            if (row.node() instanceof Vertex vertex) {
                checkVertex(nodes, vertex);
                if (rows.size() <= MAX_ROWS_FOR_RANGES) {
                    checkRange(nodes, rows, firstOid, vertex);
                }
            } else {
                byte[] last = lastKeys.put(row.treeId(), row.key());
                assertTrue(last == null || Arrays.compareUnsigned(last, row.key()) < 0, "leaves ascend by key");
                assertTrue(row.previousOid() < firstOid, "what is replaced is older");
            }
            if (row.node() instanceof Leaf leaf) {
                assertEquals(revision, leaf.revision());
                assertTrue(leaf.tree() == 0 || oid(leaf.tree()) < leaf.oid(), "a linked tree is older than its link");
            }
        }
        assertEquals(nextOid, expected, "the next OID is the one after the last row");
    }

    private static void checkVertex(MemoryNodes nodes, Vertex vertex) {
        Node left = nodes.row(vertex.left());
        Node right = nodes.row(vertex.right());
        assertTrue(oid(vertex.left()) < vertex.oid() && oid(vertex.right()) < vertex.oid(), "children are older");
        assertEquals(vertex.depth(), PaddedBits.lengthBits(vertex.prefix(), 0, vertex.prefix().length));
        assertEquals(
                vertex.depth(),
                PaddedBits.commonPrefixLength(left.bits(), left.endBit(), right.bits(), right.endBit()));
        assertArrayEquals(vertex.prefix(), PaddedBits.prefix(left.bits(), vertex.depth()));
        assertTrue(Arrays.compareUnsigned(left.bits(), vertex.prefix()) < 0, "left sorts before the prefix");
        assertTrue(Arrays.compareUnsigned(vertex.prefix(), right.bits()) <= 0, "right sorts at or after it");
        assertEquals(left.leafCount() + right.leafCount(), vertex.leafCount());
    }

    /** What the batch wrote below a vertex, linked trees included, is one range of OIDs that ends at the vertex. */
    private static void checkRange(MemoryNodes nodes, List<MemoryNodes.Row> rows, long firstOid, Vertex vertex) {
        TreeSet<Long> below = new TreeSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(vertex.link()));
        while (!open.isEmpty()) {
            long link = open.pop();
            if (link == 0 || oid(link) < firstOid || !below.add(oid(link))) {
                continue;
            }
            Node node = nodes.row(link);
            if (node instanceof Vertex inner) {
                open.push(inner.left());
                open.push(inner.right());
            } else {
                open.push(((Leaf) node).tree());
            }
        }
        long treeId = treeOf(nodes, rows, firstOid, vertex);
        for (long oid = below.first(); oid < vertex.oid(); oid++) {
            MemoryNodes.Row row = rows.get((int) (oid - firstOid));
            if (row.node() == null) {
                assertTrue(
                        row.treeId() != treeId || isBelow(row.key(), vertex), "a deletion stands where its key stood");
            } else {
                assertTrue(below.contains(oid), "OID " + oid + " stands among those below vertex " + vertex.oid());
            }
        }
    }

    private static boolean isBelow(byte[] key, Vertex vertex) {
        return Bits.ofKey(key).commonPrefixLength(Bits.ofPadded(vertex.prefix())) == vertex.depth();
    }

    /** The id of the tree in which the batch wrote a leaf at the bottom of this vertex; −1 when all are older. */
    private static long treeOf(MemoryNodes nodes, List<MemoryNodes.Row> rows, long firstOid, Vertex vertex) {
        Deque<Long> open = new ArrayDeque<>(List.of(vertex.link()));
        while (!open.isEmpty()) {
            long link = open.pop();
            if (oid(link) < firstOid) {
                continue;
            }
            Node node = nodes.row(link);
            if (node instanceof Leaf) {
                assertNotEquals(0, oid(link));
                return rows.get((int) (oid(link) - firstOid)).treeId();
            }
            open.push(((Vertex) node).left());
            open.push(((Vertex) node).right());
        }
        return -1;
    }

    private static long oid(long link) {
        return Math.abs(link);
    }
}
