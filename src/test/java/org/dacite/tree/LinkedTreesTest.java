package org.dacite.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dacite.reference.ReferenceBits.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;

/** What a batch may do to values, to linked trees, and to one in the place of the other. */
class LinkedTreesTest {
    private static final ReferenceMap INNER = ReferenceMap.of("x", "1", "y", "2");

    private static TestTree tree() {
        return TestTree.of(map());
    }

    /** A value at {@code a}, a tree at {@code t}. */
    private static ReferenceMap map() {
        return ReferenceMap.of("a", "1").put(text("t"), INNER);
    }

    private static byte[] value(String value) {
        return value.getBytes(UTF_8);
    }

    private static Changes batch(Consumer<Changes> deeds) {
        Changes changes = new Changes();
        deeds.accept(changes);
        return changes;
    }

    private static TreeRef linked(TestTree tree, String key) {
        return Lookup.find(tree.nodes(), tree.top(), text(key)).linked();
    }

    private static void assertHolds(ReferenceMap expected, TestTree tree) {
        assertEquals(expected.lines(), tree.lines());
        assertEquals(HexFormat.of().formatHex(ReferenceTree.root(expected)), tree.root());
    }

    @Test
    void aValueOverATreeIsRefused() {
        KindException refusal =
                tree().refused(KindException.class, batch(changes -> changes.put(text("t"), null, value("1"))));
        assertEquals(
                "expected a value at key 't', got a tree; delete it first, in the same batch if you like",
                refusal.getMessage());
    }

    @Test
    void aTreeOverAValueIsRefused() {
        KindException refusal = tree().refused(
                        KindException.class,
                        batch(changes -> changes.tree(text("a"), null).put(text("x"), null, value("1"))));
        assertEquals(
                "expected a tree at key 'a', got a value; delete it first, in the same batch if you like",
                refusal.getMessage());
    }

    @Test
    void aLinkOverAValueIsRefused() {
        TestTree tree = tree();
        TreeRef inner = linked(tree, "t");
        tree.refused(KindException.class, batch(changes -> changes.link(text("a"), null, inner)));
    }

    @Test
    void aValueAndATreeAtOneNewKeyOfABatchAreRefused() {
        tree().refused(KindException.class, batch(changes -> {
            changes.put(text("n"), null, value("1"));
            changes.tree(text("n"), null).put(text("x"), null, value("1"));
        }));
        tree().refused(KindException.class, batch(changes -> {
            changes.tree(text("n"), null).put(text("x"), null, value("1"));
            changes.put(text("n"), null, value("1"));
        }));
    }

    @Test
    void aValueMayReplaceATreeThatIsDeletedFirst() {
        TestTree tree = tree().apply(batch(changes -> {
            changes.delete(text("t"), null);
            changes.put(text("t"), null, value("9"));
        }));
        assertHolds(ReferenceMap.of("a", "1", "t", "9"), tree);
    }

    @Test
    void aTreeMayReplaceAValueThatIsDeletedFirst() {
        TestTree tree = tree().apply(batch(changes -> {
            changes.delete(text("a"), null);
            changes.tree(text("a"), null).put(text("n"), null, value("9"));
        }));
        assertHolds(map().put(text("a"), ReferenceMap.of("n", "9")), tree);
    }

    @Test
    void aTreeThatIsDeletedFirstBeginsAnew() {
        TestTree tree = tree().apply(batch(changes -> {
            changes.tree(text("t"), null).put(text("lost"), null, value("0"));
            changes.delete(text("t"), null);
            changes.tree(text("t"), null).put(text("n"), null, value("9"));
        }));
        assertHolds(map().put(text("t"), ReferenceMap.of("n", "9")), tree);
    }

    @Test
    void aValueThatIsDeletedForAnEmptyTreeIsGone() {
        TestTree tree = tree().apply(batch(changes -> {
            changes.delete(text("a"), null);
            changes.tree(text("a"), null).delete(text("n"), null);
        }));
        assertHolds(new ReferenceMap().put(text("t"), INNER), tree);
    }

    @Test
    void aSecondLinkCostsOneLeafAndThePath() {
        TestTree tree = tree();
        TreeRef inner = linked(tree, "t");
        tree.apply(batch(changes -> changes.link(text("u"), null, inner)));
        assertHolds(map().put(text("u"), INNER), tree);
        assertEquals(3, tree.written().size());
        assertEquals(linked(tree, "t").top(), linked(tree, "u").top());
    }

    @Test
    void changingOneOfTwoLinksDoesNotTouchTheOther() {
        TestTree tree = tree();
        TreeRef inner = linked(tree, "t");
        tree.apply(batch(changes -> changes.link(text("u"), null, inner)));
        tree.apply(batch(changes -> changes.tree(text("u"), null).put(text("x"), null, value("9"))));
        ReferenceMap expected = map().put(text("u"), INNER);
        expected.tree(text("u")).put(text("x"), value("9"));
        assertHolds(expected, tree);
    }

    @Test
    void bothOfTwoLinksMayChangeInOneBatch() {
        TestTree tree = tree();
        TreeRef inner = linked(tree, "t");
        tree.apply(batch(changes -> changes.link(text("u"), null, inner)));
        tree.apply(batch(changes -> {
            changes.tree(text("u"), null).put(text("x"), null, value("9"));
            changes.tree(text("t"), null).delete(text("y"), null);
        }));
        ReferenceMap expected = ReferenceMap.of("a", "1")
                .put(text("t"), ReferenceMap.of("x", "1"))
                .put(text("u"), ReferenceMap.of("x", "9", "y", "2"));
        assertHolds(expected, tree);
    }

    @Test
    void aLinkReplacesTheTreeThatWasThere() {
        TestTree tree = TestTree.of(map().put(text("u"), ReferenceMap.of("z", "8")));
        TreeRef inner = linked(tree, "t");
        tree.apply(batch(changes -> changes.link(text("u"), null, inner)));
        assertHolds(map().put(text("u"), INNER), tree);
    }

    @Test
    void linkingWhatIsLinkedAlreadyWritesNothing() {
        TestTree tree = tree();
        TreeRef inner = linked(tree, "t");
        tree.apply(batch(changes -> changes.link(text("t"), null, inner)));
        assertEquals(0, tree.written().size());
    }

    @Test
    void whatIsPutAfterALinkGoesIntoTheLinkedTree() {
        TestTree tree = TestTree.of(map().put(text("u"), ReferenceMap.of("z", "8")));
        TreeRef inner = linked(tree, "t");
        Changes changes = batch(all -> {
            all.link(text("u"), null, inner);
            all.tree(text("u"), null).put(text("n"), null, value("9"));
            all.link(text("v"), null, inner);
            all.tree(text("v"), null).delete(text("x"), null);
        });
        tree.apply(changes);
        ReferenceMap expected = map().put(text("u"), INNER).put(text("v"), INNER);
        expected.tree(text("u")).put(text("n"), value("9"));
        expected.tree(text("v")).delete(text("x"));
        assertHolds(expected, tree);
    }

    @Test
    void whatWasPutBeforeALinkIsReplacedAndWhatIsPutAfterItStays() {
        TestTree tree = tree();
        TreeRef inner = linked(tree, "t");
        tree.apply(batch(changes -> {
            changes.tree(text("u"), null).put(text("lost"), null, value("0"));
            changes.link(text("u"), null, inner);
            changes.tree(text("u"), null).put(text("n"), null, value("9"));
        }));
        ReferenceMap expected = map().put(text("u"), INNER);
        expected.tree(text("u")).put(text("n"), value("9"));
        assertHolds(expected, tree);
    }

    @Test
    void theEmptyTreeIsNotLinked() {
        TreeRef empty = TestTree.empty().ref();
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> new Changes().link(text("u"), null, empty));
        assertEquals("expected a tree with at least one key to link, got the empty tree", refusal.getMessage());
    }
}
