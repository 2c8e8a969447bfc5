package org.dacite.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No key is a prefix of another, and who breaks this is told both. */
class PrefixTest {
    private static byte[] key(String key) {
        return key.getBytes(UTF_8);
    }

    private static TestTree tree(List<String> keys) {
        return TestTree.of(map(keys));
    }

    private static ReferenceMap map(List<String> keys) {
        ReferenceMap map = new ReferenceMap();
        keys.forEach(key -> map.put(key(key), new byte[1]));
        return map;
    }

    private static Changes puts(String... keys) {
        Changes changes = new Changes();
        for (String key : keys) {
            changes.put(key(key), null, new byte[1]);
        }
        return changes;
    }

    @ParameterizedTest
    @CsvSource({
        "'', ab, a, a, ab", // both new, in any order
        "'', a, ab, a, ab",
        "ab, a, a, a, ab", // over one leaf
        "a, ab, ab, a, ab", // below one leaf
        "ab ac, a, a, a, ab", // over a vertex, of which the first key is named
        "ab ac ad x, a, a, a, ab",
        "a b, bc, bc, b, bc",
        "a bx by, b, b, b, bx",
        "abcd abce, abc, ab, ab, abc", // two of the batch before any old one
    })
    void namesBothKeys(String old, String first, String second, String shorter, String longer) {
        TestTree tree = tree(old.isEmpty() ? List.of() : List.of(old.split(" ", -1)));
        PrefixException refusal = tree.refused(PrefixException.class, puts(first, second));
        assertEquals(
                "expected keys of which none is a prefix of another, got '" + shorter + "' and '" + longer
                        + "'; the key codecs 'text', 'uint' and 'hashed' allow any keys",
                refusal.getMessage());
    }

    /** The key that is named is looked for where no change leads. */
    @Test
    void namesBothKeysWhenMemoryHoldsNothing() {
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, 1).apply(puts("ab", "ac", "ad", "x"));
        assertEquals(
                "expected keys of which none is a prefix of another, got 'a' and 'ab'; the key codecs 'text', 'uint'"
                        + " and 'hashed' allow any keys",
                tree.refused(PrefixException.class, puts("a")).getMessage());
    }

    @Test
    void namesTheKeysOfALinkedTree() {
        TestTree tree = TestTree.empty();
        Changes changes = new Changes();
        changes.tree(key("t"), null).put(key("x"), null, new byte[1]);
        tree.apply(changes);
        Changes more = new Changes();
        more.tree(key("t"), null).put(key("xy"), null, new byte[1]);
        assertEquals(
                "expected keys of which none is a prefix of another, got 'x' and 'xy'; the key codecs 'text', 'uint'"
                        + " and 'hashed' allow any keys",
                tree.refused(PrefixException.class, more).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a, ab", "ab, a", "a, abc"})
    void aBatchThatDeletesTheOtherKeyMayPutIt(String old, String put) {
        TestTree tree = tree(List.of(old, "x"));
        Changes changes = puts(put);
        changes.delete(key(old), null);
        tree.apply(changes);
        assertEquals(HexFormat.of().formatHex(ReferenceTree.root(map(List.of(put, "x")))), tree.root());
    }

    @Test
    void aBatchThatDeletesAWholeSubtreeMayPutAKeyAboveIt() {
        TestTree tree = tree(List.of("ab", "ac", "ad", "x"));
        Changes changes = puts("a");
        List.of("ab", "ac", "ad").forEach(old -> changes.delete(key(old), null));
        tree.apply(changes);
        assertEquals(map(List.of("a", "x")).lines(), tree.lines());
    }

    @Test
    void aBatchThatDeletesOnlySomeOfASubtreeMayNot() {
        TestTree tree = tree(List.of("ab", "ac", "ad", "x"));
        Changes changes = puts("a");
        List.of("ab", "ad").forEach(old -> changes.delete(key(old), null));
        tree.refused(PrefixException.class, changes);
    }

    /** Every set of up to three old keys and every put or delete of two of them: refused exactly when it breaks the rule. */
    @Test
    void isRefusedExactlyWhenAKeyOfTheOutcomeIsAPrefixOfAnother() {
        List<String> keys = List.of("00", "0000", "0001", "000180", "0100", "80");
        for (int old = 0; old < 1 << keys.size(); old++) {
            if (!isFree(keys, old)) {
                continue;
            }
            TestTree tree = TestTree.of(hexMap(keys, old));
            TreeRef base = tree.ref();
            for (int target = 0; target < 1 << keys.size(); target++) {
                Changes changes = new Changes();
                for (int i = 0; i < keys.size(); i++) {
                    byte[] key = HexFormat.of().parseHex(keys.get(i));
                    if ((target >> i & 1) == 1) {
                        changes.put(key, null, new byte[1]);
                    } else {
                        changes.delete(key, null);
                    }
                }
                tree.back(base);
                if (isFree(keys, target)) {
                    assertEquals(
                            hexMap(keys, target).lines(), tree.apply(changes).lines());
                } else {
                    tree.refused(PrefixException.class, changes);
                }
            }
        }
    }

    private static ReferenceMap hexMap(List<String> keys, int chosen) {
        ReferenceMap map = new ReferenceMap();
        chosen(keys, chosen).forEach(key -> map.put(HexFormat.of().parseHex(key), new byte[1]));
        return map;
    }

    private static boolean isFree(List<String> keys, int chosen) {
        List<String> those = chosen(keys, chosen);
        return those.stream().noneMatch(a -> those.stream().anyMatch(b -> !a.equals(b) && b.startsWith(a)));
    }

    private static List<String> chosen(List<String> keys, int chosen) {
        List<String> those = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if ((chosen >> i & 1) == 1) {
                those.add(keys.get(i));
            }
        }
        return those;
    }
}
