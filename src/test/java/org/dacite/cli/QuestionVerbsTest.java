package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** query and sql. */
class QuestionVerbsTest {
    private static Cli filled(TestStore place) {
        Cli cli = Cli.on(place.url());
        cli.run("put", "a", "1", "b", "2", "-m", "first").done();
        cli.run("put", "a", "3", "-m", "second").done();
        cli.run("put", "--tree", "t", "k", "v").done();
        return cli;
    }

    @Test
    void queriesAreListedWithoutAStore() {
        List<JsonNode> queries = Cli.plain("query", "--json").done().rows();
        List<String> names =
                queries.stream().map(each -> each.get("name").asText()).toList();
        assertTrue(names.containsAll(
                List.of("state", "path", "ancestors", "siblings", "rehash_revision", "history", "changes", "depths")));
        assertEquals(
                "[name, sentence, parameters, columns]",
                WritingVerbsTest.names(queries.get(0)).toString());
        assertTrue(Cli.plain("query").done().lines().get(0).startsWith("name "));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aNamedQueryIsAsked(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            List<JsonNode> history =
                    cli.run("query", "history", "-p", "key=a", "--json").done().rows();
            assertEquals(
                    "[2, 1]",
                    history.stream()
                            .map(each -> each.get("revision").asLong())
                            .toList()
                            .toString());
            assertEquals(
                    1,
                    cli.run("query", "history", "-p", "key=a", "--at", "1", "--json")
                            .done()
                            .rows()
                            .size());
            assertEquals(
                    1,
                    cli.run("query", "history", "-p", "key=a", "-p", "revision=main~2", "--json")
                            .done()
                            .rows()
                            .size());
            assertEquals(
                    "v",
                    cli.run("query", "history", "-p", "key=k", "--tree", "t", "--json")
                            .done()
                            .json()
                            .get("value")
                            .asText());
            assertEquals(3, cli.run("query", "state", "--json").done().rows().size());
            List<String> table =
                    cli.run("query", "state", "--limit", "1").done().lines();
            assertEquals("tree  key  value  key_hex  value_hex  path_hex", table.get(0));
            assertEquals(2, table.size());
            assertTrue(cli.run("query", "stat").refusal(ExitCode.MISUSE).startsWith("expected a query, one of "));
            cli.run("query", "path").refusal(ExitCode.MISUSE);
            cli.run("query", "state", "-p", "colour=red").refusal(ExitCode.MISUSE);
            cli.run("query", "state", "-p", "colour").refusal(ExitCode.MISUSE);
            cli.run("query", "state", "--at", "nothing").refusal(ExitCode.MISUSE);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void sqlReads(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "{\"key\":\"a\",\"value\":\"1\",\"key_2\":\"a\"}\n",
                    cli.run("sql", "select key, value, key from state where key = 'a';", "--at", "1", "--json")
                            .done()
                            .out());
            assertEquals(
                    List.of("revision  gap", "       1", "       2", "       3"),
                    cli.run("sql", "select id as revision, null as gap from revision order by id")
                            .done()
                            .lines());
            assertEquals(
                    "{\"id\":2}\n",
                    cli.run(
                                    "sql",
                                    "select id from revision where id >= :revision order by id",
                                    "--at",
                                    "2",
                                    "--limit",
                                    "1",
                                    "--json")
                            .done()
                            .out());
            assertTrue(cli.run("sql", "select root from revision where id = 1", "--json")
                    .done()
                    .json()
                    .get("root")
                    .asText()
                    .matches("0x[0-9a-f]{64}"));
            assertEquals("no rows\n", cli.run("sql", "select 1 where 1 = 0").err());
            for (String refused : List.of(
                    "delete from leaf",
                    "select 1; select 2",
                    "selec 1",
                    "",
                    "select * from nowhere",
                    "select ?",
                    "drop table leaf")) {
                cli.run("sql", refused).refusal(ExitCode.MISUSE);
            }
            cli.run("sql", "select 1", "--timeout", "0").refusal(ExitCode.MISUSE);
            assertTrue(cli.run(
                            "sql",
                            "with recursive r(n) as (select 1 union all select 1 from r) select count(*) from r",
                            "--timeout",
                            "1")
                    .refusal(ExitCode.FAILED)
                    .startsWith("expected an answer within 1 s"));
            assertEquals(
                    3, cli.run("stats", "--json").done().json().get("revisions").asLong());
        }
    }
}
