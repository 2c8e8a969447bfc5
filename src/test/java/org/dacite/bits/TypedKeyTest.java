package org.dacite.bits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, and what they are shown. */
class TypedKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    private static KeyCodec codec(String name) {
        return KeyCodec.named(name, UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "text, alice, 616c696365",
        "text, 0x61, 30783631",
        "bytes, alice, 616c696365",
        "bytes, 0x00ff, 00ff",
        "bytes, 0x00FF, 00ff",
        "hashed, 0x61, 61",
        "uint, 0, 0000000000000000",
        "uint, 258, 0000000000000102",
        "uint, 007, 0000000000000007",
        "uint, 9223372036854775807, 7fffffffffffffff",
    })
    void readsWhatIsTyped(String name, String typed, String user) {
        assertEquals(user, HEX.formatHex(codec(name).parse(typed)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", " 1", "0x10", "9223372036854775808", "99999999999999999999", "١"})
    void refusesWhatIsNoNumber(String typed) {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> KeyCodec.uint().parse(typed));
        assertEquals(
                "expected a whole number from 0 to 9223372036854775807 (2^63-1), got '" + typed + "'",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x0", "0xgg", "0x 00", "0x000"})
    void refusesWhatIsNotHexadecimal(String typed) {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> KeyCodec.bytes().parse(typed));
        assertEquals(
                "expected an even number of hexadecimal digits after 0x, got '" + typed + "'", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> KeyCodec.parseBytes(typed));
    }

    @ParameterizedTest
    @CsvSource({
        "text, 616c696365, alice",
        "bytes, 616c696365, alice",
        "bytes, 00ff, 0x00ff",
        "bytes, c3, 0xc3",
        "hashed, c3a9, é",
        "uint, 0000000000000102, 258",
        "uint, 7fffffffffffffff, 9223372036854775807",
    })
    void showsAKey(String name, String user, String shown) {
        assertEquals(shown, codec(name).show(HEX.parseHex(user)));
    }

    @Test
    void readsAndShowsBytes() {
        assertEquals("é", KeyCodec.showBytes("é".getBytes(UTF_8)));
        assertEquals("0xff", KeyCodec.showBytes(KeyCodec.parseBytes("0xff")));
        assertEquals("", KeyCodec.showBytes(KeyCodec.parseBytes("0x")));
        assertEquals("0X61", KeyCodec.showBytes(KeyCodec.parseBytes("0X61")));
    }
}
