package org.dacite.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.dacite.proof.Samples.keys;
import static org.dacite.proof.Samples.text;
import static org.dacite.proof.Samples.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.dacite.bits.Bits;
import org.dacite.hashing.Digest;
import org.dacite.reference.Asked;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;

class VerifiedTreeTest {
    private static final ReferenceMap FLAT = ReferenceMap.of("a", "1", "ab", "3", "b", "2");

    private static VerifiedTree verified(ReferenceMap map, Asked asked) {
        Samples.Sample sample = Samples.sample("", map, asked);
        VerifiedTree tree = IncompleteTree.parse(sample.packed()).verify(sample.root());
        assertEquals(sample.root(), tree.root());
        return tree;
    }

    private static String word(VerifiedTree tree, String... path) {
        List<byte[]> keys = new ArrayList<>();
        for (String key : path) {
            keys.add(text(key));
        }
        return tree.find(keys).word();
    }

    @Test
    void aKeyThatIsShownIsPresent() {
        Verdict verdict = verified(FLAT, keys("ab")).find(text("ab"));
        assertArrayEquals(
                value("3"), assertInstanceOf(Verdict.Present.class, verdict).value());
        assertEquals("present", verdict.word());
    }

    @Test
    void aKeyThatPartsFromTheKnownNodesIsAbsent() {
        VerifiedTree tree = verified(FLAT, keys("ab"));
        assertEquals(new Verdict.Absent(), tree.find(text("zz")));
        assertEquals("absent", word(tree, "zz"));
    }

    @Test
    void aKeyThatLeadsIntoAStubIsUnknown() {
        VerifiedTree tree = verified(FLAT, keys("ab"));
        assertEquals(new Verdict.Unknown(), tree.find(text("b")));
        assertEquals("unknown", word(tree, "a"));
    }

    @Test
    void aKeyThatPartsWithinTheSkipOfAStubIsAbsent() {
        assertEquals("absent", word(verified(FLAT, keys("ab")), "ba"));
    }

    @Test
    void partsOfAKeyAndLongerKeysAreAbsent() {
        VerifiedTree tree = verified(FLAT, keys("ab"));
        assertEquals("absent", tree.find(new byte[0]).word());
        assertEquals("absent", tree.find(value("a")).word());
        assertEquals("absent", tree.find(value("ab")).word());
        assertEquals("absent", tree.find(value("ab\0\0")).word());
    }

    @Test
    void everyKeyIsAbsentFromTheEmptyMap() {
        VerifiedTree tree = verified(new ReferenceMap(), keys("a"));
        assertEquals("absent", word(tree, "a"));
        assertEquals("absent", tree.find(new byte[0]).word());
        tree.forEach(shown -> assertEquals("nothing", shown.toString()));
    }

    @Test
    void aLinkThatIsNotShownIsPresentAndWhatIsBelowItUnknown() {
        VerifiedTree tree = verified(Samples.nested(), keys("t"));
        ReferenceMap linked = Samples.nested().treeOrNull(text("t"));
        assertEquals(new Verdict.PresentTree(Digest.of(ReferenceTree.root(linked))), tree.find(text("t")));
        assertEquals("unknown", word(tree, "t", "b"));
        assertEquals("unknown", word(tree, "t", "q", "r"));
    }

    @Test
    void aLinkThatIsShownIsPresentAndWhatIsBelowItKnown() {
        VerifiedTree tree = verified(Samples.nested(), Asked.below(List.of(text("t"), text("u")), keys("y")));
        ReferenceMap linked = Samples.nested().treeOrNull(text("t"));
        assertEquals(new Verdict.PresentTree(Digest.of(ReferenceTree.root(linked))), tree.find(text("t")));
        assertEquals("present", word(tree, "t", "u"));
        assertEquals("present", word(tree, "t", "u", "y"));
        assertEquals("unknown", word(tree, "t", "u", "x"));
        assertEquals("unknown", word(tree, "t", "b"));
        assertEquals("absent", word(tree, "t", "u", "q"));
        assertEquals("absent", word(tree, "t", "q"));
    }

    @Test
    void aPathThroughAValueIsAbsent() {
        VerifiedTree tree = verified(Samples.nested(), Asked.below(List.of(text("a")), keys("b")));
        assertEquals("absent", word(tree, "a", "b"));
        assertEquals("present", word(tree, "a"));
    }

    @Test
    void aPathThroughAnAbsentKeyIsAbsent() {
        assertEquals("absent", word(verified(Samples.nested(), keys("zz")), "zz", "b"));
    }

    @Test
    void refusesAPathOfNoKeys() {
        VerifiedTree tree = verified(FLAT, keys("a"));
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> tree.find(List.of()));
        assertEquals("expected a path of at least one key, got none", refusal.getMessage());
    }

    @Test
    void handsOverWhatItShowsInKeyOrderAndTreesAtTheirLink() {
        VerifiedTree tree = verified(Samples.nested(), Asked.below(List.of(text("t")), Asked.range(new byte[0], null)));
        List<String> lines = new ArrayList<>();
        tree.forEach(shown -> lines.add(names(shown.trees()) + name(shown.key()) + "=" + held(shown.verdict())));
        Digest t = Digest.of(ReferenceTree.root(Samples.nested().treeOrNull(text("t"))));
        Digest u = Digest.of(
                ReferenceTree.root(Samples.nested().treeOrNull(text("t")).treeOrNull(text("u"))));
        assertEquals(List.of("t=tree " + t, "t/b=2", "t/u=tree " + u), lines);
    }

    private static String held(Verdict verdict) {
        return verdict instanceof Verdict.Present present
                ? new String(present.value(), UTF_8)
                : "tree " + ((Verdict.PresentTree) verdict).root();
    }

    @Test
    void handsOverAllOfASnapshot() {
        ReferenceMap map = new ReferenceMap();
        for (String key : List.of("a", "b", "ba", "c", "z")) {
            map.put(text(key), value(key));
        }
        List<String> lines = new ArrayList<>();
        verified(map, Asked.range(new byte[0], null)).forEach(shown -> lines.add(name(shown.key())));
        assertEquals(List.of("a", "b", "ba", "c", "z"), lines);
    }

    private static String name(Bits key) {
        byte[] bytes = key.toKey();
        return new String(bytes, 0, bytes.length - 1, UTF_8);
    }

    private static String names(List<Bits> trees) {
        StringBuilder names = new StringBuilder();
        trees.forEach(tree -> names.append(name(tree)).append('/'));
        return names.toString();
    }

    @Test
    void aVerdictIsAValue() {
        VerifiedTree tree = verified(FLAT, keys("a", "ab"));
        Verdict.Present a = assertInstanceOf(Verdict.Present.class, tree.find(text("a")));
        a.value()[0] = 0;
        assertEquals(tree.find(text("a")), a);
        assertEquals(tree.find(text("a")).hashCode(), a.hashCode());
        assertNotEquals(tree.find(text("ab")), a);
        assertEquals("present, 1 bytes", a.toString());
    }
}
