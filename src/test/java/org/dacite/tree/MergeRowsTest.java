package org.dacite.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dacite.reference.ReferenceBits.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.api.Test;

/** Which rows a batch writes. */
class MergeRowsTest {
    private static final ReferenceMap THREE = ReferenceMap.of("a", "1", "b", "2", "c", "3");

    /** Rows as text: {@code leaf a}, {@code vertex 3}, {@code deletion b}, with what is replaced behind an arrow. */
    private static List<String> shown(TestTree tree) {
        return tree.written().stream().map(MergeRowsTest::shown).toList();
    }

    private static String shown(MemoryNodes.Row row) {
        if (row.node() instanceof Vertex vertex) {
            return row.oid() + " vertex " + vertex.left() + " " + vertex.right();
        }
        String key = new String(row.key(), 0, row.key().length - 1, UTF_8);
        return row.oid()
                + (row.node() == null ? " deletion " : " leaf ")
                + key
                + (row.previousOid() == 0 ? "" : " over " + row.previousOid());
    }

    /** {@code 61} and {@code 62} part at bit 6, {@code 62} and {@code 63} at bit 7. */
    @Test
    void aFirstBatchWritesTheTreeInPostfixOrder() {
        TestTree tree = TestTree.of(THREE);
        assertEquals(List.of("1 leaf a", "2 leaf b", "3 leaf c", "4 vertex -2 -3", "5 vertex -1 4"), shown(tree));
        assertEquals(5, tree.top());
    }

    @Test
    void aChangeWritesItsLeafAndThePathAboveIt() {
        TestTree tree = TestTree.of(THREE);
        Changes changes = new Changes();
        changes.put(text("b"), null, new byte[] {9});
        tree.apply(changes);
        assertEquals(List.of("6 leaf b over 2", "7 vertex -6 -3", "8 vertex -1 7"), shown(tree));
    }

    @Test
    void aVertexThatTwoChangesShareIsWrittenOnce() {
        TestTree tree = TestTree.of(THREE);
        Changes changes = new Changes();
        changes.put(text("c"), null, new byte[] {9});
        changes.put(text("b"), null, new byte[] {9});
        tree.apply(changes);
        assertEquals(List.of("6 leaf b over 2", "7 leaf c over 3", "8 vertex -6 -7", "9 vertex -1 8"), shown(tree));
        assertEquals(5, tree.hashes());
    }

    @Test
    void aDeletionIsARowThatNoVertexLinksTo() {
        TestTree tree = TestTree.of(THREE);
        Changes changes = new Changes();
        changes.delete(text("b"), null);
        tree.apply(changes);
        assertEquals(List.of("6 deletion b over 2", "7 vertex -1 -3"), shown(tree));
    }

    @Test
    void aSubtreeThatLosesItsSiblingMovesUpAsItIs() {
        TestTree tree = TestTree.of(THREE);
        Changes changes = new Changes();
        changes.delete(text("a"), null);
        tree.apply(changes);
        assertEquals(List.of("6 deletion a over 1"), shown(tree));
        assertEquals(4, tree.top());
        assertEquals(1, tree.hashes());
    }

    @Test
    void deletingEverythingLeavesTheEmptyTree() {
        TestTree tree = TestTree.of(THREE);
        Changes changes = new Changes();
        List.of("a", "b", "c").forEach(key -> changes.delete(text(key), null));
        tree.apply(changes);
        assertEquals(List.of("6 deletion a over 1", "7 deletion b over 2", "8 deletion c over 3"), shown(tree));
        assertEquals(0, tree.top());
        assertEquals(0, tree.ref().leafCount());
    }

    @Test
    void nothingIsWrittenWhenNothingChanges() {
        ReferenceMap map = THREE.copy().put(text("t"), ReferenceMap.of("x", "1", "y", "2"));
        TestTree tree = TestTree.of(map);
        TreeRef before = tree.ref();
        Changes changes = new Changes();
        changes.put(text("a"), null, new byte[] {'1'});
        changes.put(text("c"), null, new byte[] {'3'});
        changes.delete(text("q"), null);
        changes.tree(text("t"), null).put(text("x"), null, new byte[] {'1'});
        changes.tree(text("t"), null).delete(text("q"), null);
        changes.tree(text("u"), null).delete(text("q"), null);
        tree.apply(changes);
        assertEquals(List.of(), shown(tree));
        assertEquals(before.top(), tree.top());
        assertArrayEquals(before.root(), tree.ref().root());
    }

    @Test
    void anEmptyBatchChangesNothing() {
        TestTree tree = TestTree.of(THREE).apply(new Changes());
        assertEquals(List.of(), shown(tree));
        assertEquals(5, tree.top());
        assertEquals(0, TestTree.empty().apply(new Changes()).top());
    }

    @Test
    void aLinkedTreeIsWrittenBeforeItsLink() {
        TestTree tree = TestTree.empty();
        Changes changes = new Changes();
        changes.tree(text("t"), null).put(text("y"), null, new byte[] {2});
        changes.tree(text("t"), null).put(text("x"), null, new byte[] {1});
        changes.put(text("a"), null, new byte[] {3});
        tree.apply(changes);
        assertEquals(
                List.of("1 leaf a", "2 leaf x", "3 leaf y", "4 vertex -2 -3", "5 leaf t", "6 vertex -1 -5"),
                shown(tree));
        assertEquals(
                List.of(0L, 1L, 1L, 0L),
                tree.written().stream()
                        .filter(row -> row.key() != null)
                        .map(MemoryNodes.Row::treeId)
                        .toList());
        assertEquals(3, tree.ref().leafCount());
    }

    @Test
    void aTreeThatBecomesEmptyTakesItsLinkWithItUpToTheRoot() {
        TestTree tree = TestTree.empty();
        Changes changes = new Changes();
        changes.tree(text("t"), null).tree(text("u"), null).put(text("x"), null, new byte[] {1});
        tree.apply(changes);
        Changes undo = new Changes();
        undo.tree(text("t"), null).tree(text("u"), null).delete(text("x"), null);
        tree.apply(undo);
        assertEquals(List.of("4 deletion x over 1", "5 deletion u over 2", "6 deletion t over 3"), shown(tree));
        assertEquals(0, tree.top());
        assertEquals(TestTree.empty().root(), tree.root());
    }

    @Test
    void deletingATreeIsOneRow() {
        TestTree tree = TestTree.of(THREE.copy().put(text("t"), ReferenceMap.of("x", "1", "y", "2")));
        Changes changes = new Changes();
        changes.delete(text("t"), null);
        tree.apply(changes);
        assertEquals(
                1, tree.written().stream().filter(row -> row.node() == null).count());
        assertEquals(THREE.lines(), tree.lines());
    }

    @Test
    void keepsWhatTheUserCalledAKey() {
        TestTree tree = TestTree.empty();
        byte[] name = {'n'};
        Changes changes = new Changes();
        changes.put(text("a"), name, new byte[] {1});
        changes.put(text("b"), null, new byte[] {1});
        tree.apply(changes);
        assertSame(name, ((Leaf) tree.nodes().row(-1)).userKey());
        assertNull(((Leaf) tree.nodes().row(-2)).userKey());
    }
}
