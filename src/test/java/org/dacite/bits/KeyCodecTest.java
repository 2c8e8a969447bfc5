package org.dacite.bits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {
    private static final HexFormat HEX = HexFormat.of();

    private static KeyCodec codec(String name) {
        return KeyCodec.named(name, ReferenceHash.SHA256::of);
    }

    @ParameterizedTest
    @CsvSource({
        "text, 61, 6100",
        "text, c3a4, c3a400",
        "text, f09f8cb3, f09f8cb300",
        "bytes, 61, 61",
        "bytes, 00, 00",
        "bytes, ff00fe, ff00fe",
        "uint, 0000000000000000, 0000000000000000",
        "uint, 7fffffffffffffff, 7fffffffffffffff",
        "hashed, 61, ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "hashed, 00, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    })
    void makesTheCanonicalKey(String name, String user, String canonical) {
        assertEquals(canonical, HEX.formatHex(codec(name).canonical(HEX.parseHex(user))));
    }

    @ParameterizedTest
    @CsvSource({"text, 61", "text, c3a4", "bytes, 00ff", "uint, 0000000000000007"})
    void goesBackToTheUserKey(String name, String user) {
        byte[] canonical = codec(name).canonical(HEX.parseHex(user));
        assertEquals(user, HEX.formatHex(codec(name).user(canonical)));
        assertFalse(codec(name).losesUserKey());
    }

    @ParameterizedTest
    @CsvSource({
        "text, 6100",
        "text, c3a400",
        "bytes, 61",
        "bytes, 00ff",
        "uint, 0000000000000007",
        "uint, 7fffffffffffffff",
        "hashed, ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    })
    void knowsAKeyThatItCanMake(String name, String canonical) {
        assertTrue(codec(name).canMake(HEX.parseHex(canonical)));
    }

    @ParameterizedTest
    @CsvSource({
        "text, ''",
        "text, 00",
        "text, 61",
        "text, 610000",
        "text, 61006200",
        "text, c300",
        "bytes, ''",
        "uint, 8000000000000000",
        "uint, 00000000000007",
        "uint, 000000000000000007",
        "hashed, ca978112"
    })
    void knowsAKeyThatItCannotMake(String name, String canonical) {
        assertFalse(codec(name).canMake(HEX.parseHex(canonical)));
    }

    @Test
    void noCodecMakesAKeyThatIsTooLong() {
        byte[] text = new byte[KeyCodec.MAX_CANONICAL_BYTES];
        Arrays.fill(text, 0, KeyCodec.MAX_KEY_BYTES, (byte) 'a');
        assertTrue(codec("text").canMake(text));
        assertFalse(codec("bytes").canMake(text));
        byte[] longer = new byte[KeyCodec.MAX_CANONICAL_BYTES + 1];
        Arrays.fill(longer, 0, KeyCodec.MAX_CANONICAL_BYTES, (byte) 'a');
        assertFalse(codec("text").canMake(longer));
    }

    @Test
    void aHashDoesNotGoBack() {
        byte[] canonical = codec("hashed").canonical("a".getBytes(UTF_8));
        assertArrayEquals(canonical, codec("hashed").user(canonical));
        assertTrue(codec("hashed").losesUserKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytes", "hashed"})
    void takesKeysOfUpTo1024Bytes(String name) {
        byte[] longest = "k".repeat(1024).getBytes(UTF_8);
        byte[] canonical = codec(name).canonical(longest);
        assertTrue(canonical.length <= KeyCodec.MAX_CANONICAL_BYTES);
        byte[] tooLong = "k".repeat(1025).getBytes(UTF_8);
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> codec(name).canonical(tooLong));
        assertEquals(
                "expected a key of 1 to 1024 bytes, got 1025 bytes, beginning 0x" + "6b".repeat(24) + "…",
                refusal.getMessage());
    }

    @Test
    void theLongestCanonicalKeyIsATextOf1024Bytes() {
        assertEquals(
                KeyCodec.MAX_CANONICAL_BYTES,
                KeyCodec.text().canonical("k".repeat(1024).getBytes(UTF_8)).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytes", "uint", "hashed"})
    void refusesAnEmptyKey(String name) {
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> codec(name).canonical(new byte[0]));
        assertEquals("expected a key of 1 to 1024 bytes, got an empty key", refusal.getMessage());
    }

    @Test
    void refusesATextKeyWithNul() {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> KeyCodec.text().canonical(HEX.parseHex("610062")));
        assertEquals(
                "expected a text key without NUL, got one at byte 1 of 0x610062;"
                        + " use the key codec 'bytes' or 'hashed' for such keys",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a byte that only continues
                "c3", // cut short
                "c0af", // longer than needed
                "e08080", // longer than needed
                "eda080", // half of a surrogate pair
                "f4908080", // past U+10FFFF
                "ff",
                "61ff",
                "f09f8c",
            })
    void refusesATextKeyThatIsNotUtf8(String user) {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> KeyCodec.text().canonical(HEX.parseHex(user)));
        assertEquals(
                "expected a text key in UTF-8, got 0x" + user + "; use the key codec 'bytes' or 'hashed' for such keys",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"07", "00000000000007", "000000000000000007", "8000000000000000", "ffffffffffffffff"})
    void refusesANumberThatIsNone(String user) {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> KeyCodec.uint().canonical(HEX.parseHex(user)));
        assertEquals("expected a number from 0 to 2^63-1 as 8 bytes big-endian, got 0x" + user, refusal.getMessage());
    }

    @Test
    void refusesACodecThatIsNone() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> codec("utf8"));
        assertEquals("expected a key codec, one of text, bytes, uint, hashed, got 'utf8'", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytes", "uint", "hashed"})
    void isCalledWhatItWasNamed(String name) {
        assertEquals(name, codec(name).name());
    }

    @Test
    void keepsTheOrderOfText() {
        List<String> sorted = List.of("!", "A", "a", "a!", "aa", "ab", "b", "z", "é", "中", "中国", "🌳");
        List<byte[]> canonical = sorted.stream()
                .map(key -> KeyCodec.text().canonical(key.getBytes(UTF_8)))
                .sorted(Arrays::compareUnsigned)
                .toList();
        assertEquals(
                sorted,
                canonical.stream()
                        .map(key -> new String(KeyCodec.text().user(key), UTF_8))
                        .toList());
        assertTrue(KeyCodec.text().keepsOrder());
    }

    @Test
    void keepsTheOrderOfNumbers() {
        long[] sorted = {0, 1, 9, 10, 255, 256, 65_535, 1L << 31, 1L << 32, Long.MAX_VALUE};
        for (int i = 1; i < sorted.length; i++) {
            byte[] before = KeyCodec.uint().canonical(KeyCodec.uint().parse(Long.toString(sorted[i - 1])));
            byte[] after = KeyCodec.uint().canonical(KeyCodec.uint().parse(Long.toString(sorted[i])));
            assertTrue(Arrays.compareUnsigned(before, after) < 0, sorted[i - 1] + " before " + sorted[i]);
        }
        assertTrue(KeyCodec.uint().keepsOrder());
        assertTrue(KeyCodec.bytes().keepsOrder());
        assertFalse(codec("hashed").keepsOrder());
    }

    @Test
    void noTextKeyIsAPrefixOfAnother() {
        byte[] a = KeyCodec.text().canonical("a".getBytes(UTF_8));
        byte[] ab = KeyCodec.text().canonical("ab".getBytes(UTF_8));
        assertTrue(Bits.ofKey(a).commonPrefixLength(Bits.ofKey(ab)) < a.length * 8);
    }

    @Test
    void aPrefixOfTextIsTheBytesThatItsKeysShare() {
        assertArrayEquals("ab".getBytes(UTF_8), KeyCodec.text().canonicalPrefix("ab".getBytes(UTF_8)));
        assertArrayEquals(new byte[0], KeyCodec.bytes().canonicalPrefix(new byte[0]));
    }

    @Test
    void hashedKeysHaveNoPrefixes() {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> codec("hashed").canonicalPrefix(new byte[1]));
        assertEquals(
                "expected a store whose keys keep their order, got key codec 'hashed': a prefix says nothing about"
                        + " hashed keys",
                refusal.getMessage());
    }

    @Test
    void copiesWhatItIsGiven() {
        byte[] key = {1, 2};
        assertNotSame(key, KeyCodec.bytes().canonical(key));
        assertNotSame(key, KeyCodec.bytes().user(key));
        assertNotSame(key, KeyCodec.bytes().canonicalPrefix(key));
    }
}
