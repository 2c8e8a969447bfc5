package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
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
                            + "\"revision\":2,\"keys\":6,\"no_objects\":3}",
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
