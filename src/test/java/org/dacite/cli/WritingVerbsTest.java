package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** init, put, delete, link, index. */
class WritingVerbsTest {
    private static final String EMPTY = "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986";
    private static final String ONE = "21ba8bb8eb9b646b9a8dc7e017ac03dd8ed19ce84e56feddce87d361990df635";
    private static final String TWO = "3a36257181dd298547030b80fa06a57dde3bffd459f713eb8e70e9dd8d9373fd";
    private static final String TREE = "f64403912ddee37a0556d16fedd985757ff1a343855489bb7610e95295dad670";

    @ParameterizedTest
    @EnumSource(Engine.class)
    void initMakesAStoreOnce(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            JsonNode made = cli.run("init", "--hash", "sha3-256", "--keys", "uint", "--indexes", "all", "--json")
                    .done()
                    .json();
            assertEquals(
                    engine.name().toLowerCase(Locale.ROOT), made.get("engine").asText());
            assertEquals("sha3-256", made.get("hash").asText());
            assertEquals("uint", made.get("keys").asText());
            assertEquals("all", made.get("indexes").asText());
            String refusal = cli.run("init").refusal(ExitCode.MISUSE);
            assertTrue(refusal.contains("found one of sha3-256 with uint keys"), refusal);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void putMakesTheStoreAndTheVectors(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            String sentence = cli.run("put", "a", "1").done().out();
            assertTrue(sentence.startsWith("revision 1 ("), sentence);
            assertTrue(sentence.endsWith("): 1 leaf, root " + ONE + "\n"), sentence);
            JsonNode second = cli.run(
                            "put", "b", "2", "--json", "-m", "block 2", "--author", "Ada", "--time", "1700000000123")
                    .done()
                    .json();
            assertEquals(
                    "[id, parent, height, root, history, hash, leaves, time, author, message, branches, tags, pruned]",
                    names(second).toString());
            assertEquals(2, second.get("id").asLong());
            assertEquals(1, second.get("parent").asLong());
            assertEquals(1, second.get("height").asLong());
            assertEquals(TWO, second.get("root").asText());
            assertEquals(2, second.get("leaves").asLong());
            assertEquals(1_700_000_000_123L, second.get("time").asLong());
            assertEquals("Ada", second.get("author").asText());
            assertEquals("block 2", second.get("message").asText());
            assertEquals("[\"main\"]", second.get("branches").toString());
            assertEquals(
                    ONE,
                    cli.run("delete", "b", "--json").done().json().get("root").asText());
            assertEquals(
                    EMPTY,
                    cli.run("delete", "a", "nothing", "--json")
                            .done()
                            .json()
                            .get("root")
                            .asText());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void treesAreMadeLinkedAndEmptied(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            assertEquals(
                    TREE,
                    cli.run("put", "--tree", "t", "b", "2", "--json")
                            .done()
                            .json()
                            .get("root")
                            .asText());
            cli.run("link", "t", "copies/of t").done();
            assertEquals(
                    "2\n", cli.run("get", "--tree", "copies/of t", "b").done().out());
            cli.run("put", "--tree", "t", "b", "3").done();
            assertEquals(
                    "2\n", cli.run("get", "--tree", "copies/of t", "b").done().out());
            cli.run("link", "t", "before", "--at", "2").done();
            assertEquals("2\n", cli.run("get", "--tree", "before", "b").done().out());
            cli.run("delete", "copies", "before").done();
            cli.run("delete", "--tree", "t", "b").done();
            assertEquals(ONE, cli.run("root").done().out().strip());
            assertTrue(cli.run("link", "t", "u")
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected a tree at 't', found none"));
            cli.run("put", "--tree", "t", "b", "2").done();
            assertTrue(cli.run("put", "t", "x")
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected a value at key 't', got a tree"));
            assertTrue(cli.run("put", "--tree", "a", "x", "y")
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected a tree at key 'a', got a value"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void indexesChangeAtAnyTime(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1", "--indexes", "none").done();
            for (String level : new String[] {"all", "leaves", "none", "none"}) {
                assertEquals(
                        level,
                        cli.run("index", level, "--json")
                                .done()
                                .json()
                                .get("indexes")
                                .asText());
                assertEquals(
                        level,
                        cli.run("stats", "--json").done().json().get("indexes").asText());
            }
            assertEquals(
                    "indexes: all (before: none)\n",
                    cli.run("index", "all").done().out());
            assertTrue(cli.run("index", "some").refusal(ExitCode.MISUSE).contains("none, leaves, all"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatAStoreIsMadeAsIsNotAskedTwice(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            cli.run("put", "a", "2", "--hash", "sha256", "--keys", "text", "--indexes", "leaves")
                    .done();
            String refusal = cli.run("put", "a", "3", "--hash", "sha3-256").refusal(ExitCode.MISUSE);
            assertEquals(
                    "expected --hash sha256, which this store is made with, got sha3-256; leave the option out",
                    refusal);
            assertEquals("2\n", cli.run("get", "a").done().out());
        }
    }

    static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
