package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** get, scan, root, log, diff, history, stats, fsck. */
class ReadingVerbsTest {
    /** Revision 1: a→1, b→2. Revision 2: a→0x00ff, t→{x→"y z"}. Revision 3: b deleted. */
    private static Cli filled(TestStore place) {
        Cli cli = Cli.on(place.url());
        cli.run("put", "a", "1", "b", "2", "-m", "first", "--author", "Ada", "--time", "0")
                .done();
        cli.run("put", "a", "0x00ff", "--time", "1000").done();
        cli.run("put", "--tree", "t", "x", "y\nz", "-m", "tree", "--time", "2000")
                .done();
        cli.run("delete", "b", "--time", "3000").done();
        return cli;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void getPrintsAValue(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals("1\n", cli.run("get", "a", "--at", "1").done().out());
            assertEquals("1", cli.run("get", "a", "--at", "1", "--raw").done().out());
            assertArrayEquals(
                    new byte[] {0, -1, '\n'}, cli.run("get", "a").done().bytes());
            assertEquals(
                    "{\"key\":\"a\",\"value\":\"0x00ff\"}\n",
                    cli.run("get", "a", "--json").done().out());
            assertEquals("2\n", cli.run("get", "b", "--at", "~1").done().out());
            Cli.Run absent = cli.run("get", "b", "--json");
            assertEquals("{\"key\":\"b\",\"value\":null}\n", absent.out());
            assertEquals("expected a value at key 'b', found none", absent.refusal(ExitCode.NO));
            String tree = cli.run("get", "t").refusal(ExitCode.NO);
            assertTrue(tree.startsWith("expected a value at key 't', found a tree of 1 leaf;"), tree);
            assertEquals("y\nz\n", cli.run("get", "--tree", "t", "x").done().out());
            cli.run("get", "--tree", "nothing", "x").refusal(ExitCode.NO);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void scanListsKeysInOrder(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "{\"key\":\"a\",\"value\":\"0x00ff\"}\n{\"tree\":\"t\",\"key\":\"x\",\"value\":\"y\\nz\"}\n",
                    cli.run("scan", "--json").done().out());
            assertEquals(
                    List.of("tree  key  value", "      a    0x00ff", "t     x    y\\nz"),
                    cli.run("scan").done().lines());
            assertEquals(
                    List.of("key  value", "a    1", "b    2"),
                    cli.run("scan", "--at", "1").done().lines());
            assertEquals(
                    List.of("key  value", "b    2"),
                    cli.run("scan", "--from", "aa", "--to", "c", "--at", "1")
                            .done()
                            .lines());
            assertEquals(
                    List.of("key  value", "x    y\\nz"),
                    cli.run("scan", "--tree", "t").done().lines());
            assertEquals(
                    1, cli.run("scan", "b", "--at", "1", "--json").done().rows().size());
            assertEquals(
                    1, cli.run("scan", "--limit", "1", "--json").done().rows().size());
            assertEquals(
                    0, cli.run("scan", "--limit", "0", "--json").done().rows().size());
            Cli.Run nothing = cli.run("scan", "nothing");
            assertEquals(ExitCode.DONE, nothing.code());
            assertEquals("", nothing.out());
            assertEquals("no entries\n", nothing.err());
            assertEquals(
                    "expected a tree at 'u', found none",
                    cli.run("scan", "--tree", "u").refusal(ExitCode.NO));
            cli.run("scan", "--from", "a").refusal(ExitCode.MISUSE);
            cli.run("scan", "a", "--from", "a", "--to", "b").refusal(ExitCode.MISUSE);
            cli.run("scan", "--limit", "-1").refusal(ExitCode.MISUSE);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rootAndLogTellRevisions(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            String root = cli.run("root", "--at", "1").done().out().strip();
            assertEquals("3a36257181dd298547030b80fa06a57dde3bffd459f713eb8e70e9dd8d9373fd", root);
            assertEquals(
                    "{\"revision\":1,\"root\":\"" + root + "\"}\n",
                    cli.run("root", "--at", "main~3", "--json").done().out());
            List<JsonNode> log = cli.run("log", "--json").done().rows();
            assertEquals(
                    "[4, 3, 2, 1]",
                    log.stream().map(row -> row.get("id").asLong()).toList().toString());
            assertTrue(log.get(3).get("parent").isNull());
            assertEquals("[]", log.get(3).get("branches").toString());
            assertEquals("[\"main\"]", log.get(0).get("branches").toString());
            assertEquals(
                    2, cli.run("log", "--json", "--limit", "2").done().rows().size());
            String hash = log.get(3).get("hash").asText();
            assertEquals(
                    root,
                    cli.run("root", "--at", hash.substring(0, 8)).done().out().strip());
            List<String> table = cli.run("log", "--at", "1").done().lines();
            assertEquals("id  hash          root          time                  leaves  author  message", table.get(0));
            assertEquals(
                    " 1  " + hash.substring(0, 12) + "  3a36257181dd  1970-01-01T00:00:00Z       2  Ada     first",
                    table.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anEmptyStoreAnswersToo(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("init").done();
            String empty = "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986";
            assertEquals(
                    "{\"revision\":null,\"root\":\"" + empty + "\"}\n",
                    cli.run("root", "--json").done().out());
            assertEquals("no revisions yet\n", cli.run("log").err());
            assertEquals("", cli.run("log", "--json").done().out());
            assertEquals("", cli.run("scan", "--json").done().out());
            assertEquals("", cli.run("history", "a", "--json").done().out());
            cli.run("get", "a").refusal(ExitCode.NO);
            cli.run("get", "a", "--at", "main").refusal(ExitCode.MISUSE);
            assertEquals(
                    0, cli.run("fsck", "--json").done().json().get("revisions").asLong());
            assertTrue(
                    cli.run("stats", "--json").done().json().get("bytes_a_leaf").isNull());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void diffListsChanges(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals("""
                    {"key":"a","before":"1","after":"0x00ff"}
                    {"key":"b","before":"2","after":null}
                    {"tree":"t","key":"x","before":null,"after":"y\\nz"}
                    """, cli.run("diff", "1", "main", "--json").done().out());
            assertEquals(
                    List.of(
                            "tree     key  before  after",
                            "      ~  a    1       0x00ff",
                            "      -  b    2",
                            "t     +  x            y\\nz",
                            "3 differences: 1 added, 1 changed, 1 deleted"),
                    cli.run("diff", "1", "main").done().lines());
            assertEquals(
                    "{\"key\":\"x\",\"before\":\"y\\nz\",\"after\":null}\n",
                    cli.run("diff", "main", "1", "--tree", "t", "--json").done().out());
            assertEquals("no difference\n", cli.run("diff", "3", "3").done().out());
            assertEquals("", cli.run("diff", "3", "3", "--json").done().out());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyTellsALife(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "{\"revision\":4,\"key\":\"b\",\"value\":null}\n{\"revision\":1,\"key\":\"b\",\"value\":\"2\"}\n",
                    cli.run("history", "b", "--json").done().out());
            assertEquals(
                    List.of(
                            "revision  time                           value",
                            "       4  1970-01-01T00:00:03Z  deleted",
                            "       1  1970-01-01T00:00:00Z           2"),
                    cli.run("history", "b").done().lines());
            assertEquals(
                    1,
                    cli.run("history", "a", "--at", "1", "--json").done().rows().size());
            assertEquals(
                    1,
                    cli.run("history", "a", "--limit", "1", "--json")
                            .done()
                            .rows()
                            .size());
            assertEquals(
                    3,
                    cli.run("history", "x", "--tree", "t", "--json")
                            .done()
                            .json()
                            .get("revision")
                            .asLong());
            assertEquals(
                    "key 'never' was never there\n", cli.run("history", "never").err());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyTellsOfTrees(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "k", "1", "--time", "0").done();
            cli.run("delete", "k", "--time", "1000").done();
            cli.run("put", "--tree", "k", "x", "2", "--time", "2000").done();
            String root = cli.run("query", "trees", "--json")
                    .done()
                    .json()
                    .get("root")
                    .asText();
            assertEquals(
                    "{\"revision\":3,\"key\":\"k\",\"value\":null,\"tree_root\":\"" + root + "\"}\n"
                            + "{\"revision\":2,\"key\":\"k\",\"value\":null}\n"
                            + "{\"revision\":1,\"key\":\"k\",\"value\":\"1\"}\n",
                    cli.run("history", "k", "--json").done().out());
            assertEquals(
                    List.of(
                            "revision  time                           value",
                            "       3  1970-01-01T00:00:02Z           (a tree with root " + root + ")",
                            "       2  1970-01-01T00:00:01Z  deleted",
                            "       1  1970-01-01T00:00:00Z           1"),
                    cli.run("history", "k").done().lines());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void statsCountRows(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            JsonNode stats = cli.run("stats", "--json").done().json();
            assertEquals(4, stats.get("revisions").asLong());
            assertEquals(1, stats.get("branches").asLong());
            assertEquals(2, stats.get("leaves_at_head").asLong());
            assertEquals(1, stats.get("deletions").asLong());
            assertEquals(1, stats.get("trees").asLong());
            assertTrue(stats.get("bytes").asLong() > 0);
            assertTrue(cli.run("stats").done().lines().contains("revisions       4"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void fsckFindsWhatSomebodyChanged(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            JsonNode sound = cli.run("fsck", "--json").done().json();
            assertEquals(
                    "[revisions, vertices, leaves, damage]",
                    WritingVerbsTest.names(sound).toString());
            assertEquals(0, sound.get("damage").size());
            assertTrue(cli.run("fsck").done().out().startsWith("no damage in 4 revisions, "));
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                String three = engine == Engine.SQLITE ? "x'33'" : "'\\x33'::bytea";
                statement.execute("update leaf set value = " + three + " where value is not null and length(value) = 1"
                        + " and oid = (select min(oid) from leaf)");
            }
            Cli.Run damaged = cli.run("fsck", "--json");
            assertEquals(ExitCode.NO, damaged.code());
            JsonNode first = damaged.json().get("damage").get(0);
            assertEquals(
                    "[table, oid, revision, expected, found]",
                    WritingVerbsTest.names(first).toString());
            assertEquals("leaf", first.get("table").asText());
            assertEquals(1, first.get("revision").asLong());
            assertEquals(ExitCode.NO, cli.run("fsck", "--at", "1").code());
            assertEquals(ExitCode.DONE, cli.run("fsck", "--at", "main").code());
            assertTrue(cli.run("fsck").out().contains("damaged row"));
            cli.run("fsck", "--at", "1", "--all").refusal(ExitCode.MISUSE);
        }
    }
}
