package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

/** What a person types for a parameter, with each key codec, and what is refused. */
class KeyParameterTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsKeysOfEveryCodec(Engine engine) {
        Map<String, List<String>> keys = Map.of(
                "text", List.of("alice", "größe", "0x61"),
                "bytes", List.of("alice", "0x00ff", "0xff00"),
                "uint", List.of("0", "7", "9223372036854775807"),
                "hashed", List.of("alice", "ali", "0x00"));
        keys.forEach((codec, each) -> {
            try (TestStore place = engine.fresh();
                    Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec(codec))) {
                String tree = each.get(0);
                Revision at = dacite.branch("main").commit("one", batch -> {
                    each.subList(1, 3).forEach(key -> batch.put(key, "at " + key));
                    each.forEach(key -> batch.tree(tree).put(key, "in " + key));
                });
                List<byte[]> trees = List.of(dacite.key(tree));
                for (String key : each) {
                    assertEquals(
                            "in " + key,
                            Asked.query(dacite, "path", at, trees, key).last().get("value"),
                            codec);
                    assertEquals(
                            List.of("in " + key),
                            Asked.query(dacite, "history", at, trees, key).column("value"),
                            codec);
                }
                assertEquals(
                        "at " + each.get(1),
                        Asked.query(dacite, "path", at, List.of(), each.get(1))
                                .last()
                                .get("value"));
                assertEquals(5, Asked.query(dacite, "state", at).rows().size());
                for (Map<String, Object> row : Asked.query(dacite, "state", at).rows()) {
                    String shown = shown(codec, row);
                    assertEquals(shown, row.get("key"), codec);
                }
            }
        });
    }

    /** Text where the codec is one of text; else hexadecimal, which every prompt shows and sorts the same. */
    private static String shown(String codec, Map<String, Object> row) {
        String value = (String) row.get("value");
        String typed = value.substring(3);
        return switch (codec) {
            case "text" -> typed;
            case "hashed" -> typed.startsWith("0x") ? row.get("key").toString() : typed;
            default -> "0x" + row.get("key_hex");
        };
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesParametersOfAnotherKind(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            refused(
                    dacite,
                    "state",
                    Map.of(),
                    "expected the parameters revision (integer) for the query 'state', got no" + " 'revision'");
            refused(
                    dacite,
                    "state",
                    Map.of("revision", "1", "key", "a"),
                    "expected the parameters revision (integer) for the query 'state', got 'key'");
            refused(dacite, "state", Map.of("revision", "main"), "expected a whole number for revision, got 'main'");
            refused(
                    dacite,
                    "state",
                    Map.of("revision", "9"),
                    "expected the id of a revision, got 9, which the store has not; 'dacite log' lists them");
            for (String keys : List.of("a", "{}", "[", "[1.5]", "[[\"a\"]]", "[\"a\"] 1", "[null]", "")) {
                refused(
                        dacite,
                        "ancestors",
                        Map.of("revision", "1", "keys", keys),
                        "expected a JSON array of keys for keys, such as [\"alice\",\"bob\"], got '" + keys + "'");
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Asked.query(dacite, "path", Map.of("revision", "1", "key", ""), List.of()));
            List<byte[]> tree = List.of("t".getBytes(StandardCharsets.UTF_8));
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> Asked.query(dacite, "state", Map.of("revision", "1"), tree));
            assertEquals("expected no tree, since the query 'state' sees the whole map, got one", e.getMessage());
        }
    }

    private static void refused(Dacite dacite, String query, Map<String, String> given, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Asked.query(dacite, query, given, List.of()));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void readsALeafsEndsAndNothings(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("one", batch -> batch.put("a", "").put("b", "2"));
            Revision at = dacite.branch("main").commit("two", batch -> batch.delete("a"));
            assertEquals(
                    List.of(Arrays.asList(2L, null, null), Arrays.asList(1L, "", "")),
                    Asked.query(dacite, "history", at, List.of(), "a").rows().stream()
                            .map(row -> Arrays.asList(row.get("revision"), row.get("value"), row.get("value_hex")))
                            .toList());
            assertEquals(
                    List.of(Arrays.asList("deleted", "", null, "", null)),
                    Asked.query(dacite, "changes", at).rows().stream()
                            .map(row -> Arrays.asList(
                                    row.get("kind"),
                                    row.get("before"),
                                    row.get("after"),
                                    row.get("before_hex"),
                                    row.get("after_hex")))
                            .toList());
            assertEquals(
                    HexFormat.of().formatHex("b\0".getBytes(StandardCharsets.UTF_8)),
                    Asked.query(dacite, "state", at).rows().get(0).get("path_hex"));
        }
    }
}
