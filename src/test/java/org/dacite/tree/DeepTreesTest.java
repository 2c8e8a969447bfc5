package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.VerifiedTree;
import org.dacite.reference.ReferenceBits;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;

/** The worst shapes that keys can force: nothing recurses, so nothing overflows. */
class DeepTreesTest {
    private static final int LEVELS = 2000;
    private static final byte[] KEY = {'k'};

    private static Changes nested(byte[] value) {
        Changes outermost = new Changes();
        Changes innermost = outermost;
        for (int level = 0; level < LEVELS; level++) {
            innermost = innermost.tree(KEY, null);
        }
        if (value == null) {
            innermost.delete(KEY, null);
        } else {
            innermost.put(KEY, null, value);
        }
        return outermost;
    }

    private static String nestedRoot(byte[] value) {
        ReferenceHash hash = ReferenceHash.SHA256;
        String skip = ReferenceBits.ofKey(KEY);
        byte[] root = hash.root(hash.leaf(value), skip);
        for (int level = 0; level < LEVELS; level++) {
            root = hash.root(hash.link(root), skip);
        }
        return Digest.of(root).toString();
    }

    @Test
    void treesNestedTwoThousandDeep() {
        TestTree tree = TestTree.over(MemoryNodes.Cache.BY_CHANCE, 1);
        tree.apply(nested(new byte[] {1}));
        assertEquals(nestedRoot(new byte[] {1}), tree.root());
        long before = tree.top();
        tree.apply(nested(new byte[] {2}));
        assertEquals(nestedRoot(new byte[] {2}), tree.root());
        assertEquals(LEVELS + 1, tree.written().size());
        Comparison.Difference difference = Comparison.of(tree.nodes(), before, tree.top(), new byte[0], null)
                .next();
        assertEquals(LEVELS, difference.trees().size());
        tree.apply(nested(null));
        assertEquals(0, tree.top());
    }

    @Test
    void aProofThroughTwoThousandLinks() {
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, 1).apply(nested(new byte[] {1}));
        List<byte[]> path = Collections.nCopies(LEVELS, KEY);
        IncompleteTree proof =
                Prover.prove(tree.nodes(), tree.top(), Selection.ofKeys(path, List.of(KEY)), HashAlgorithm.SHA_256);
        VerifiedTree verified = proof.verify(Digest.of(tree.ref().root()));
        assertEquals(
                "present", verified.find(Collections.nCopies(LEVELS + 1, KEY)).word());
    }

    /** The keys {@code 1000…}, {@code 01000…}, {@code 001000…} as bits, so that each vertex stands just left of the one above. */
    private static List<byte[]> chain() {
        List<byte[]> keys = new ArrayList<>(List.of(new byte[1024]));
        for (int bit = 0; bit < 8 * 1024; bit++) {
            byte[] key = new byte[1024];
            key[bit / 8] = (byte) (0x80 >>> bit % 8);
            keys.add(key);
        }
        return keys;
    }

    /** The root of the chain from the bottom up, each value empty. */
    private static String chainRoot() {
        ReferenceHash hash = ReferenceHash.SHA256;
        byte[] leaf = hash.leaf(new byte[0]);
        byte[] below = leaf;
        for (int depth = 8 * 1024 - 1; depth >= 0; depth--) {
            below = hash.vertex(below, "", leaf, "0".repeat(8 * 1024 - depth - 1));
        }
        return Digest.of(hash.root(below, "")).toString();
    }

    @Test
    void aChainOfKeysThatEachShareMore() {
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, 1);
        Changes changes = new Changes();
        chain().forEach(key -> changes.put(key, null, new byte[0]));
        tree.apply(changes);
        assertEquals(chainRoot(), tree.root());

        byte[] deepest = new byte[1024];
        assertArrayEquals(
                deepest, Lookup.find(tree.nodes(), tree.top(), deepest).key());
        IncompleteTree proof = Prover.prove(
                tree.nodes(), tree.top(), Selection.ofKeys(List.of(), List.of(deepest)), HashAlgorithm.SHA_256);
        assertEquals(
                "present",
                proof.verify(Digest.of(tree.ref().root())).find(deepest).word());
        assertEquals(
                changes.count(),
                DiffLines.of(Comparison.of(tree.nodes(), 0, tree.top(), new byte[0], null))
                        .size());

        Changes one = new Changes();
        one.put(deepest, null, new byte[] {1});
        tree.apply(one);
        assertEquals(8 * 1024 + 1, tree.written().size());
        Changes undo = new Changes();
        undo.put(deepest, null, new byte[0]);
        assertEquals(chainRoot(), tree.apply(undo).root());
    }

    @Test
    void keysThatDifferInTheirLastBitAlone() {
        byte[] even = new byte[1025];
        Arrays.fill(even, (byte) 0xaa);
        byte[] odd = even.clone();
        odd[1024] |= 1;
        Changes changes = new Changes();
        changes.put(even, null, new byte[0]);
        changes.put(odd, null, new byte[0]);
        TestTree tree = TestTree.empty().apply(changes);
        ReferenceHash hash = ReferenceHash.SHA256;
        byte[] leaf = hash.leaf(new byte[0]);
        String skip = ReferenceBits.ofKey(even).substring(0, 8199);
        assertEquals(Digest.of(hash.root(hash.vertex(leaf, "", leaf, ""), skip)).toString(), tree.root());
    }
}
