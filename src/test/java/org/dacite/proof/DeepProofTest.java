package org.dacite.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dacite.reference.ReferenceBits;
import org.junit.jupiter.api.Test;

/** Proofs of the worst shapes: as deep as a key is long, and nested far beyond any use. */
class DeepProofTest {
    /** The key of 1,025 zeros, and a stub beside each bit of it. */
    @Test
    void readsAChainAsDeepAsTheLongestKey() {
        int depth = 8200;
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        tokens.writeBytes(Samples.leaf("", "deep"));
        for (int i = 0; i < depth; i++) {
            tokens.writeBytes(Samples.stub("", i));
            tokens.writeBytes(Samples.token(2, ""));
        }
        IncompleteTree tree = IncompleteTree.parse(Samples.packed(1 + 2 * depth, tokens.toByteArray()));
        VerifiedTree verified = tree.verify(tree.root());
        Verdict.Present present = assertInstanceOf(Verdict.Present.class, verified.find(new byte[1025]));
        assertArrayEquals(Samples.value("deep"), present.value());
        byte[] beside = new byte[1025];
        beside[1024] = 1;
        assertEquals("unknown", verified.find(beside).word());
        List<VerifiedTree.Shown> shown = new ArrayList<>();
        verified.forEach(shown::add);
        assertEquals(1, shown.size());
        assertArrayEquals(new byte[1025], shown.get(0).key().toKey());
    }

    @Test
    void readsTreesNestedTwoThousandDeep() {
        int levels = 2000;
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        String key = ReferenceBits.ofKey(new byte[] {'k', 0});
        tokens.writeBytes(Samples.leaf(key, "deep"));
        for (int i = 0; i < levels; i++) {
            tokens.writeBytes(Samples.token(4, key));
        }
        IncompleteTree tree = IncompleteTree.parse(Samples.packed(1 + levels, tokens.toByteArray()));
        VerifiedTree verified = tree.verify(tree.root());
        List<byte[]> path = Collections.nCopies(levels + 1, new byte[] {'k', 0});
        assertEquals("present", verified.find(path).word());
        assertInstanceOf(Verdict.PresentTree.class, verified.find(path.subList(0, levels)));
        assertEquals(
                "absent",
                verified.find(Collections.nCopies(levels + 2, path.get(0))).word());
        int[] count = {0};
        verified.forEach(shown -> assertEquals(count[0]++, shown.trees().size()));
        assertEquals(levels + 1, count[0]);
    }

    @Test
    void readsAMillionTokens() {
        int leaves = 1 << 19;
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        int count = 0;
        for (int i = 0; i < leaves; i++) {
            tokens.writeBytes(new byte[] {0, 0, 0});
            count++;
            for (int joins = Integer.numberOfTrailingZeros(i + 1); joins > 0; joins--) {
                tokens.writeBytes(new byte[] {2, 0});
                count++;
            }
        }
        IncompleteTree tree = IncompleteTree.parse(Samples.packed(count, tokens.toByteArray()));
        assertEquals(2 * leaves - 1, tree.top() + 1);
        assertEquals(tree.root(), IncompleteTree.parse(tree.bytes()).root());
    }
}
