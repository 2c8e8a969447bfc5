package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which values of the state are text, by a plain driver, beside Java's own decoder: each byte alone, each two and three of those on
 * which UTF-8 turns, and random ones of them among letters.
 */
class StateValueTest {
    private static final int[] TURNS = {
        0x00, 0x01, 0x22, 0x5c, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef,
        0xf0, 0xf4, 0xff
    };

    @ParameterizedTest
    @EnumSource(Engine.class)
    void areTextWhereTheirBytesAre(Engine engine) throws SQLException {
        List<byte[]> values = values();
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain();
                Statement statement = plain.createStatement()) {
            dacite.branch("main").commit("values", batch -> {
                for (int i = 0; i < values.size(); i++) {
                    batch.put("%05d".formatted(i).getBytes(StandardCharsets.US_ASCII), values.get(i));
                }
            });
            int seen = 0;
            try (ResultSet rows = statement.executeQuery(
                    "select value, value_hex, json from state_at where revision = 1 order by key")) {
                while (rows.next()) {
                    byte[] value = values.get(seen++);
                    String hex = HexFormat.of().formatHex(value);
                    assertEquals(hex, rows.getString(2));
                    assertEquals(text(value, hex), rows.getString(1), hex);
                    if (text(value, hex).equals("0x" + hex)) {
                        assertEquals(null, rows.getString(3), hex);
                    }
                }
            }
            assertEquals(values.size(), seen);
        }
    }

    private static List<byte[]> values() {
        List<byte[]> values = new ArrayList<>();
        values.add(new byte[0]);
        for (int one = 0; one < 256; one++) {
            values.add(new byte[] {(byte) one});
        }
        for (int one : TURNS) {
            for (int two : TURNS) {
                values.add(new byte[] {(byte) one, (byte) two});
                for (int three : TURNS) {
                    values.add(new byte[] {(byte) one, (byte) two, (byte) three});
                }
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] value = "what is said in letters, and more of them"
                    .repeat(1 + random.nextInt(3))
                    .getBytes(StandardCharsets.US_ASCII);
            for (int n = random.nextInt(4); n > 0; n--) {
                value[random.nextInt(value.length)] = (byte) TURNS[random.nextInt(TURNS.length)];
            }
            values.add(value);
        }
        return values;
    }

    private static String text(byte[] value, String hex) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return text.indexOf(0) < 0 ? text : "0x" + hex;
        } catch (CharacterCodingException e) {
            return "0x" + hex;
        }
    }
}
