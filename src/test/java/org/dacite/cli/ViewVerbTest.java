package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views over the fields of values, on both engines. */
class ViewVerbTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void fieldsBecomeColumnsAtAnyRevision(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "alice", "{\"balance\": 10.5, \"nonce\": 1, \"vip\": true}");
            cli.run(
                    "put",
                    "alice",
                    "{\"balance\": \"11.25\", \"nonce\": \"2\", \"name\": \"Al\"}",
                    "bob",
                    "{\"balance\": \"much\", \"nonce\": 1.5, \"vip\": \"no\"}",
                    "carol",
                    "no JSON",
                    "dora",
                    "17",
                    "eve",
                    "{\"nonce\": 99999999999999999999, \"balance\": 3}",
                    "fred",
                    "0xff00");
            assertEquals(
                    0,
                    cli.run(
                                    "view",
                                    "create",
                                    "accounts",
                                    "--fields",
                                    "balance:numeric,nonce:bigint,vip:boolean,name:text")
                            .code());
            String sql = "select key, balance, nonce, name from accounts where revision = :revision order by key";
            assertEquals(
                    "{\"key\":\"alice\",\"balance\":10.5,\"nonce\":1,\"name\":null}",
                    cli.run("sql", sql, "--at", "main~1", "--json").out().strip());
            assertEquals("""
                    {"key":"alice","balance":11.25,"nonce":2,"name":"Al"}
                    {"key":"bob","balance":null,"nonce":null,"name":null}
                    {"key":"carol","balance":null,"nonce":null,"name":null}
                    {"key":"dora","balance":null,"nonce":null,"name":null}
                    {"key":"eve","balance":3,"nonce":null,"name":null}
                    {"key":"fred","balance":null,"nonce":null,"name":null}""", cli.run("sql", sql, "--json").out().strip());
            assertEquals(
                    "{\"view\":\"accounts\",\"fields\":\"balance:numeric,nonce:bigint,vip:boolean,name:text\","
                            + "\"revision\":2,\"keys\":6,\"no_objects\":3,"
                            + "\"not_of_type\":{\"balance\":1,\"nonce\":2,\"vip\":1,\"name\":0}}",
                    cli.run("view", "list", "--json").out().strip());
            refused(cli, "free", "view", "create", "accounts", "--fields", "a:text");
            refused(cli, "free", "view", "create", "leaf", "--fields", "a:text");
            refused(cli, "a lower-case letter", "view", "create", "x\"; drop", "--fields", "a:text");
            refused(cli, "type of field", "view", "create", "x", "--fields", "a:varchar");
            refused(cli, "name:type", "view", "create", "x", "--fields", "a");
            refused(cli, "view create NAME", "view", "create", "x");
            refused(cli, "declared view", "view", "drop", "leaf");
            assertEquals(0, cli.run("view", "drop", "accounts").code());
            refused(cli, "accounts", "sql", "select * from accounts");
        }
    }

    /** What comes of one field {@code f} with one value, as JSON; null where it is not of its type. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachTypeTakesTheSameOnBothEngines(Engine engine) {
        Map<String, String> moments = new LinkedHashMap<>();
        moments.put("\"2026-11-20T02:12:10.123Z\"", "2026-11-20T02:12:10.123Z");
        moments.put("\"2026-11-20T02:12:10.1239999+01:00\"", "2026-11-20T01:12:10.123Z");
        moments.put("\"2026-11-20 02:12:10.5\"", "2026-11-20T02:12:10.500Z");
        moments.put("\"2026-11-20T02:12-14:30\"", "2026-11-20T16:42:00.000Z");
        moments.put("\"2026-11-20\"", "2026-11-20T00:00:00.000Z");
        moments.put("\"2024-02-29T23:59:59.999999999Z\"", "2024-02-29T23:59:59.999Z");
        moments.put("\"9999-12-31T23:59:59Z\"", "9999-12-31T23:59:59.000Z");
        moments.put("1700000000123", "2023-11-14T22:13:20.123Z");
        moments.put("\"1700000000000\"", "2023-11-14T22:13:20.000Z");
        moments.put("-1", "1969-12-31T23:59:59.999Z");
        moments.put("253402300799999", "9999-12-31T23:59:59.999Z");
        for (String ill : List.of(
                "\"\"",
                "\"2023-02-29\"",
                "\"1900-02-29\"",
                "\"2023-02-30\"",
                "\"2023-04-31T00:00Z\"",
                "\"2023-13-01\"",
                "\"2023-00-10\"",
                "\"2023-11-00\"",
                "\"2023-11-14T24:00\"",
                "\"2023-11-14T22:60Z\"",
                "\"2023-11-14T22:13:60Z\"",
                "\"2023-11-14T22:13:20.Z\"",
                "\"2023-11-14T22:13:20.1234567890Z\"",
                "\"2023-11-14T22:13:20.12a\"",
                "\"2023-11-14T22:13:20+15:00\"",
                "\"2023-11-14T22:13:20+1:00\"",
                "\"2023-11-14T22:13:20 Z\"",
                "\"2023-11-14T22Z\"",
                "\"2023-11-14Z\"",
                "\"2023-11-14+01:00\"",
                "\" 2023-11-14\"",
                "\"20231114T221320Z\"",
                "\"0999-12-31\"",
                "\"1000-01-01T00:00+01:00\"",
                "\"9999-12-31T23:59-01:00\"",
                "\"now\"",
                "\"infinity\"",
                "253402300800000",
                "99999999999999999999",
                "1.5",
                "true",
                "[]",
                "{}",
                "null")) {
            moments.put(ill, null);
        }
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<String> forms = List.copyOf(moments.keySet());
            dacite.branch("main").commit("moments", batch -> {
                for (int i = 0; i < forms.size(); i++) {
                    batch.put(Integer.toString(100 + i), "{\"f\": " + forms.get(i) + "}");
                }
                batch.put("200", "{}").put("201", "no JSON");
            });
            Cli cli = Cli.on(place.url());
            cli.run("view", "create", "moments", "--fields", "f:timestamp").done();
            cli.run("view", "create", "days", "--fields", "f:date").done();
            String sql = "select key, f from moments where revision = :revision order by key";
            String days = sql.replace("moments", "days");
            List<JsonNode> rows = cli.run("sql", sql, "--json").done().rows();
            List<JsonNode> dates = cli.run("sql", days, "--json").done().rows();
            for (int i = 0; i < forms.size(); i++) {
                String moment = moments.get(forms.get(i));
                assertEquals(moment, rows.get(i).get("f").textValue(), forms.get(i));
                assertEquals(
                        moment == null ? null : moment.substring(0, 10),
                        dates.get(i).get("f").textValue(),
                        forms.get(i));
            }
            List<JsonNode> counts = cli.run("view", "list", "--json").done().rows();
            for (JsonNode count : counts) {
                assertEquals(33, count.get("not_of_type").get("f").intValue(), "null is of any type");
                assertEquals(1, count.get("no_objects").intValue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void numbersAndJsonAreWhatTheyAre(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run(
                            "put",
                            "a",
                            "{\"d\": 0.1, \"j\": [1,\"x\"], \"n\": \"-0\"}",
                            "b",
                            "{\"d\": \"-1e300\", \"j\": \"text\"}",
                            "c",
                            "{\"d\": 1e999, \"j\": null}",
                            "d",
                            "{\"d\": \"1e-400\", \"j\": 7}",
                            "e",
                            "{\"d\": \"much\"}")
                    .done();
            cli.run("view", "create", "mixed", "--fields", "d:double,j:json,n:bigint")
                    .done();
            List<JsonNode> rows = cli.run(
                            "sql", "select d, j, n from mixed where revision = :revision order by key", "--json")
                    .done()
                    .rows();
            assertEquals(
                    "0.1 -1.0E300 null 0.0 null",
                    rows.stream().map(row -> number(row.get("d"))).collect(Collectors.joining(" ")));
            assertEquals(
                    "[1,\"x\"]|\"text\"||7|",
                    rows.stream()
                            .map(row -> row.get("j").isNull()
                                    ? ""
                                    : row.get("j").asText().replace(" ", ""))
                            .collect(Collectors.joining("|")));
            assertTrue(rows.get(0).get("n").isNull());
            assertEquals(
                    "{\"d\":2,\"j\":0,\"n\":1}",
                    cli.run("view", "list", "--json")
                            .done()
                            .json()
                            .get("not_of_type")
                            .toString());
        }
    }

    private static String number(JsonNode cell) {
        return cell.isNull() ? "null" : Double.toString(cell.doubleValue());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aViewThatWasDroppedByHandCanBeDropped(Engine engine) throws Exception {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "alice", "{\"nonce\": 1}").done();
            cli.run("view", "create", "accounts", "--fields", "nonce:bigint").done();
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop view accounts");
            }
            cli.run("view", "drop", "accounts").done();
            refused(cli, "declared view", "view", "drop", "accounts");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theColumnsThatEachViewHasAreNoFields(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "alice", "{\"time\": 1}").done();
            for (String column : "revision tree key is_object path_hex key_bytes written_in time".split(" ", -1)) {
                refused(cli, "of other names", "view", "create", "accounts", "--fields", column + ":text");
            }
            cli.run("view", "create", "accounts", "--fields", "oid:text").done();
        }
    }

    private static void refused(Cli cli, String reason, String... words) {
        String said = cli.run(words).refusal(2);
        assertTrue(said.contains(reason), said);
    }
}
