package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of nothing but text is told from one that is not, whoever wrote it. */
class OtherValuesTest {
    private static final int[] TURNS = {
        0x00, 0x01, 0x7f, 0x80, 0x9f, 0xbe, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xef, 0xf0, 0xff
    };

    @TempDir
    private Path folder;

    @Test
    void textIsWhatTheDecoderReadsWithoutNulAndNoncharacters() {
        for (int one : TURNS) {
            check(one);
            for (int two : TURNS) {
                check(one, two);
                for (int three : TURNS) {
                    check(one, two, three);
                }
            }
        }
        byte[] many = "ä".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        assertTrue(OtherValues.isText(many));
        assertFalse(OtherValues.isText(Arrays.copyOf(many, many.length - 1)), "cut off within a character");
        assertTrue(OtherValues.isText("😀".repeat(2_000).getBytes(StandardCharsets.UTF_8)), "halves in two pieces");
    }

    private static void check(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        boolean text;
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            text = decoded.chars().noneMatch(c -> c == 0 || c == 0xfffe || c == 0xffff);
        } catch (CharacterCodingException e) {
            text = false;
        }
        assertEquals(text, OtherValues.isText(value), HexFormat.of().formatHex(value));
    }

    /** Not by one that was undone, nor by a tree, whose value is a hash; and what was text before is so still. */
    @Test
    void isNotedByTheFirstValueThatIsCommitted() throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            try (Dacite dacite = Dacite.open(place.url())) {
                Branch main = dacite.branch(Branch.MAIN);
                main.commit("text", batch -> {
                    batch.put("a", "ä\u0001");
                    batch.tree("t").put("b", "");
                    batch.delete("none");
                });
                assertThrows(
                        IllegalStateException.class,
                        () -> main.commit("undone", batch -> {
                            batch.put("c".getBytes(StandardCharsets.UTF_8), new byte[] {-1});
                            throw new IllegalStateException("undone");
                        }));
                main.commit("text again", batch -> batch.put("d", "text"));
                assertEquals(0, others(place));
                main.commit("bytes", batch -> batch.put("c".getBytes(StandardCharsets.UTF_8), new byte[] {-1}));
                assertEquals(1, others(place));
            }
            try (Dacite dacite = Dacite.open(place.url())) {
                dacite.branch(Branch.MAIN)
                        .commit("more", batch -> batch.put("e".getBytes(StandardCharsets.UTF_8), new byte[] {0}));
                assertEquals(1, others(place));
                assertEquals(
                        "a ä\u0001,b ,c 0xff,d text,e 0x00",
                        text(
                                place,
                                "select group_concat(key || ' ' || value) from (select key, value from state_at"
                                        + " where revision = 4 order by key)"));
            }
        }
    }

    @Test
    void isToldOfAnOlderStoreByTheMigration() throws Exception {
        for (boolean other : new boolean[] {false, true}) {
            try (TestStore place = Engine.SQLITE.fresh()) {
                FirstFormat.place(place, Engine.SQLITE, folder, 8);
                try (Connection plain = place.plain();
                        Statement statement = plain.createStatement()) {
                    statement.execute("update leaf set value = cast('ü' as blob) where kind = 0");
                    statement.execute("update leaf set value = x'ff' where " + other
                            + " and oid = (select max(oid) from leaf where kind = 0)");
                }
                Flyway.configure()
                        .dataSource("jdbc:sqlite:" + place.url(), null, null)
                        .locations("classpath:migrations/sqlite")
                        .load()
                        .migrate();
                assertEquals(other ? 1 : 0, others(place));
            }
        }
    }

    private static int others(TestStore place) throws SQLException {
        return Integer.parseInt(text(place, "select count(*) from other_value"));
    }

    private static String text(TestStore place, String sql) throws SQLException {
        try (Connection plain = place.plain();
                Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }
}
