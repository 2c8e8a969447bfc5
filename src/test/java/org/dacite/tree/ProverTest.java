package org.dacite.tree;

import static org.dacite.reference.ReferenceBits.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.Verdict;
import org.dacite.proof.VerifiedTree;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.api.Test;

class ProverTest {
    private static final ReferenceMap MAP =
            ReferenceMap.of("a", "1", "ab", "3", "b", "2").put(text("t"), ReferenceMap.of("x", "8", "y", "9"));
    private static final TestTree TREE = TestTree.of(MAP);

    private static VerifiedTree proved(Selection selection) {
        IncompleteTree proof = Prover.prove(TREE.nodes(), TREE.top(), selection, HashAlgorithm.SHA_256);
        return proof.verify(Digest.of(TREE.ref().root()));
    }

    private static List<byte[]> keys(String... keys) {
        return Arrays.stream(keys).map(key -> text(key)).toList();
    }

    private static String word(VerifiedTree tree, String... path) {
        return tree.find(keys(path)).word();
    }

    @Test
    void showsTheKeyAndLeavesTheRestOut() {
        VerifiedTree tree = proved(Selection.ofKeys(List.of(), keys("ab")));
        assertEquals("present", word(tree, "ab"));
        assertEquals("unknown", word(tree, "b"));
        assertEquals("unknown", word(tree, "t"));
    }

    @Test
    void showsThatAKeyIsAbsent() {
        assertEquals("absent", word(proved(Selection.ofKeys(List.of(), keys("aa"))), "aa"));
    }

    @Test
    void showsALinkWithoutItsTree() {
        VerifiedTree tree = proved(Selection.ofKeys(List.of(), keys("t")));
        assertEquals(
                new Verdict.PresentTree(
                        Digest.of(TestTree.of(MAP.treeOrNull(text("t"))).ref().root())),
                tree.find(text("t")));
        assertEquals("unknown", word(tree, "t", "x"));
    }

    @Test
    void showsAKeyOfALinkedTree() {
        VerifiedTree tree = proved(Selection.ofKeys(keys("t"), keys("x")));
        assertEquals("present", word(tree, "t", "x"));
        assertEquals("unknown", word(tree, "t", "y"));
        assertEquals("absent", word(tree, "t", "z"));
    }

    @Test
    void showsThatAPathEndsInAValueOrNowhere() {
        assertEquals("absent", word(proved(Selection.ofKeys(keys("a"), keys("x"))), "a", "x"));
        assertEquals("absent", word(proved(Selection.ofKeys(keys("q"), keys("x"))), "q", "x"));
    }

    @Test
    void showsARange() {
        VerifiedTree tree = proved(Selection.ofRange(List.of(), text("ab"), text("c")));
        assertEquals("present", word(tree, "ab"));
        assertEquals("present", word(tree, "b"));
        assertEquals("absent", word(tree, "ba"));
        assertEquals("unknown", word(tree, "a"));
    }

    @Test
    void showsNothingOfARangeOfNoKeys() {
        VerifiedTree tree = proved(Selection.ofRange(List.of(), text("ab"), text("ab")));
        assertEquals("unknown", word(tree, "ab"));
        assertEquals("unknown", word(proved(Selection.ofRange(List.of(), text("b"), text("a"))), "b"));
    }

    @Test
    void provesTheEmptyTree() {
        IncompleteTree proof =
                Prover.prove(TREE.nodes(), 0, Selection.ofKeys(List.of(), keys("a")), HashAlgorithm.SHA_256);
        assertArrayEquals(TestTree.empty().ref().root(), proof.root().bytes());
    }

    @Test
    void fetchesInOneStatementWhatTheProofHolds() {
        Random random = new Random(5);
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, 5);
        Changes changes = new Changes();
        byte[] key = new byte[16];
        for (int i = 0; i < 4_000; i++) {
            key = new byte[16];
            random.nextBytes(key);
            changes.put(key, null, key);
        }
        tree.apply(changes);
        tree.nodes().forgetCounts();
        IncompleteTree proof = Prover.prove(
                tree.nodes(), tree.top(), Selection.ofKeys(List.of(), List.of(key)), HashAlgorithm.SHA_256);
        assertEquals(1, tree.nodes().statements());
        assertEquals(2 * path(tree, key) - 1, tree.nodes().fetched());
        assertTrue(proof.sizeBytes() < 40 * path(tree, key), "size " + proof.sizeBytes());
    }

    @Test
    void tellsMemoryOfSomeWaysAtOnceAndOfEachOnce() {
        Random random = new Random(7);
        TestTree tree = TestTree.empty();
        Changes changes = new Changes();
        List<byte[]> asked = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            byte[] key = new byte[16];
            random.nextBytes(key);
            changes.put(key, null, key);
            if (i % 10 == 0) {
                asked.add(key);
            }
        }
        tree.apply(changes);
        tree.nodes().forgetCounts();
        Prover.prove(tree.nodes(), tree.top(), Selection.ofKeys(List.of(), asked), HashAlgorithm.SHA_256);
        List<byte[]> told = new ArrayList<>();
        for (MemoryNodes.Told each : tree.nodes().told()) {
            assertTrue(
                    each.keys().size() > 1 && each.keys().size() <= 16,
                    "keys " + each.keys().size());
            for (byte[] key : each.keys()) {
                assertTrue(Arrays.equals(key, tree.nodes().leaf(each.top(), key).key()));
                told.add(key);
            }
        }
        List<byte[]> sorted = new ArrayList<>(told);
        sorted.sort(Arrays::compareUnsigned);
        assertEquals(sorted, told);
        assertEquals(told.size(), Set.copyOf(told).size());
        assertTrue(told.size() > asked.size() * 9 / 10, "told of " + told.size() + " of " + asked.size());
        tree.nodes().forgetCounts();
        Prover.prove(tree.nodes(), tree.top(), Selection.ofKeys(List.of(), asked.subList(0, 1)), HashAlgorithm.SHA_256);
        assertEquals(0, tree.nodes().told().size());
    }

    private static int path(TestTree tree, byte[] key) {
        int path = 1;
        for (Node node = tree.nodes().row(tree.top()); node instanceof Vertex vertex; path++) {
            node = tree.nodes().row(Arrays.compareUnsigned(key, vertex.prefix()) < 0 ? vertex.left() : vertex.right());
        }
        return path;
    }
}
