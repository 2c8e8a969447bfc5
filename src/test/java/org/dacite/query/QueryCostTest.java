package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engines do for a query: look rows up, never read tables through; and no depth is too deep. */
class QueryCostTest {
    private static final int LEAVES = 20_000;
    private static final int LEVELS = 8_192;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aKeysQueriesLookRowsUp(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain()) {
            dacite.branch("main").commit("many", batch -> {
                for (int i = 0; i < LEAVES; i++) {
                    batch.put("key " + i * 7919L % 1_000_003, "value");
                }
            });
            List<String> names = new ArrayList<>(List.of("path", "siblings", "ancestors", "changes", "diff"));
            if (engine == Engine.SQLITE) {
                names.add("history"); // PostgreSQL reads a small leaf table through, and a large one by its index
            }
            for (String name : names) {
                List<String> plan = plan(plain, dacite, Queries.named(name));
                assertTrue(plan.size() > 3, plan::toString);
                for (String line : plan) {
                    boolean through = engine == Engine.SQLITE
                            ? line.matches("SCAN (v|va|vb|sv|l|la|lb|sl|p|vertex|leaf)\\b.*")
                                    || line.contains("AUTOMATIC")
                            : line.matches(".*Seq Scan on (vertex|leaf)\\b.*");
                    boolean trees = line.contains("SEARCH named"); // the names of the trees, few and in memory
                    assertTrue(!through || trees, () -> name + ": " + line + "\n" + String.join("\n", plan));
                }
            }
        }
    }

    private static List<String> plan(Connection plain, Dacite dacite, NamedQuery query) throws SQLException {
        String engine = dacite.store().engine();
        Map<String, Object> given = Map.of(
                "from",
                1L,
                "revision",
                1L,
                "key",
                "key 1\0".getBytes(StandardCharsets.UTF_8),
                "keys",
                "[\"" + HexFormat.of().formatHex("key 1\0".getBytes(StandardCharsets.UTF_8)) + "\"]");
        List<Object> values = new ArrayList<>();
        String bound = SqlText.of(query.text(engine), engine).withoutEnd().bind(given, values);
        List<String> plan = new ArrayList<>();
        boolean sqlite = engine.equals("sqlite");
        try (PreparedStatement statement =
                plain.prepareStatement((sqlite ? "explain query plan " : "explain ") + bound)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.add(rows.getString(sqlite ? 4 : 1));
                }
            }
        }
        return plan;
    }

    /** Key i begins with i zeros and a one: each parts from all longer ones one bit further down. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void noDepthIsTooDeep(Engine engine) {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), settings)) {
            Revision at = dacite.branch("main").commit("deep", batch -> {
                for (int i = 0; i < LEVELS; i++) {
                    byte[] key = new byte[LEVELS / 8];
                    key[i / 8] = (byte) (0x80 >> (i % 8));
                    batch.put(key, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
                }
            });
            String last = "0x" + "00".repeat(LEVELS / 8 - 1) + "01";
            Asked path = Asked.query(dacite, "path", at, List.of(), last);
            assertEquals(LEVELS, path.rows().size());
            assertEquals("8191", path.last().get("value"));
            assertEquals(
                    LEVELS + 1,
                    Asked.query(dacite, "siblings", at, List.of(), last).rows().size());
            assertEquals(
                    LEVELS - 1,
                    Asked.query(dacite, "ancestors", Map.of("revision", "1", "keys", "[\"" + last + "\"]"), List.of())
                            .rows()
                            .size());
            assertEquals(
                    List.of("8191"),
                    Asked.query(dacite, "history", at, List.of(), last).column("value"));
            Asked depths = Asked.query(dacite, "depths", at);
            assertEquals(LEVELS - 1, depths.rows().size());
            assertEquals(2L, depths.last().get("leaves"));
            assertEquals(LEVELS, Asked.query(dacite, "state", at).rows().size());
            Revision less = dacite.branch("main").commit("one less", batch -> batch.delete(dacite.key(last)));
            Map<String, String> given = Map.of("from", "1", "revision", Long.toString(less.id()));
            assertEquals(
                    List.of("8191"),
                    Asked.query(dacite, "diff", given, List.of()).column("before"));
        }
    }
}
