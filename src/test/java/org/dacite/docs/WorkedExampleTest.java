package org.dacite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows that docs/how-it-works.md draws are the rows that a store has. */
class WorkedExampleTest {
    private static final String ROWS = """
            select 'vertex' as kind, oid, prefix as bits, depth, left_oid, right_oid, null as value, hash from vertex
            union all
            select 'leaf', oid, key, null, null, null, value, hash from leaf
            order by oid""";

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theTablesDrawnAreTheTablesKept(Engine engine) throws Exception {
        String page = Files.readString(Path.of("docs/how-it-works.md"));
        try (TestStore place = engine.fresh()) {
            try (Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("bytes"))) {
                Revision first = dacite.branch("main").commit("first", batch -> {
                    for (String each : List.of("0x20 one", "0x70 two", "0xc0 three")) {
                        batch.put(each.substring(0, 4), each.substring(5));
                    }
                });
                dacite.branch("main").commit("second", batch -> batch.put("0xc0", "four"));
                assertTrue(page.contains(first.root().toString()));
            }
            List<String> drawn = page.lines()
                    .filter(line -> line.startsWith("| leaf | ") || line.startsWith("| vertex | "))
                    .toList();
            assertEquals(drawn, rows(place));
        }
    }

    private static List<String> rows(TestStore place) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROWS)) {
            while (row.next()) {
                String line = "| " + row.getString(1) + " | " + row.getLong(2) + " | " + hex(row.getBytes(3)) + " |"
                        + number(row.getString(4)) + number(row.getString(5)) + number(row.getString(6))
                        + number(row.getBytes(7) == null ? null : new String(row.getBytes(7), StandardCharsets.UTF_8))
                        + " "
                        + hex(row.getBytes(8)).substring(0, 16) + "… |";
                lines.add(line);
            }
        }
        return lines;
    }

    private static String number(String text) {
        return text == null ? " |" : " " + text + " |";
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
