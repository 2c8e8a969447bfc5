package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** branch, tag, reset, and --branch where something is committed. */
class NameVerbsTest {
    /** Revisions 1 to 4 on main, a→1 … a→4; revision 5 on side, from 2, b→5. */
    private static Cli forked(TestStore place) {
        Cli cli = Cli.on(place.url());
        for (int i = 1; i <= 4; i++) {
            cli.run("put", "a", Integer.toString(i), "--time", i + "000").done();
        }
        cli.run("branch", "side", "2").done();
        cli.run("put", "b", "5", "--branch", "side", "--time", "5000").done();
        return cli;
    }

    private static String hash(Cli cli, String revision) {
        return cli.run("log", "--at", revision, "--limit", "1", "--json")
                .done()
                .json()
                .get("hash")
                .asText();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void branchesAreMadeListedRenamedAndDeleted(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            String main = hash(cli, "main");
            String side = hash(cli, "side");
            assertEquals(
                    List.of(
                            "name  revision  hash          height  time",
                            "main         4  " + main.substring(0, 12) + "       3  1970-01-01T00:00:04Z",
                            "side         5  " + side.substring(0, 12) + "       2  1970-01-01T00:00:05Z"),
                    cli.run("branch").done().lines());
            List<JsonNode> rows = cli.run("branch", "--json").done().rows();
            assertEquals(
                    "{\"name\":\"side\",\"revision\":5,\"hash\":\"" + side + "\",\"height\":2,\"time\":5000}",
                    rows.get(1).toString());
            assertEquals(
                    "branch früher/β at revision 4 (" + main.substring(0, 12) + ")\n",
                    cli.run("branch", "früher/β").done().out());
            assertEquals(
                    "branch früher/β is now late, at revision 4 (" + main.substring(0, 12) + ")\n",
                    cli.run("branch", "--rename", "früher/β", "late").done().out());
            assertEquals(
                    "late",
                    cli.run("branch", "--delete", "late", "--json")
                            .done()
                            .json()
                            .get("name")
                            .asText());
            assertEquals(2, cli.run("branch", "--json").done().rows().size());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void tagsNameRevisionsForGood(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            assertEquals("no tags yet\n", cli.run("tag").err());
            String third = hash(cli, "3").substring(0, 12);
            assertEquals(
                    "tag v1 at revision 3 (" + third + ")\n",
                    cli.run("tag", "v1", "main~1").done().out());
            assertEquals(
                    4,
                    cli.run("tag", "v2", "--json").done().json().get("revision").asLong());
            cli.run("put", "a", "6").done();
            assertEquals(
                    List.of(
                            "name  revision  hash          height  time",
                            "v1           3  " + third + "       2  1970-01-01T00:00:03Z",
                            "v2           4  " + hash(cli, "4").substring(0, 12) + "       3  1970-01-01T00:00:04Z"),
                    cli.run("tag").done().lines());
            for (String name :
                    List.of("v1~2", "v2~3", "1", "side~2", hash(cli, "1").substring(0, 8), "main~4")) {
                assertEquals("1\n", cli.run("get", "a", "--at", name).done().out(), name);
            }
            assertEquals(
                    "tag v1 is now v1.0, at revision 3 (" + third + ")\n",
                    cli.run("tag", "--rename", "v1", "v1.0").done().out());
            assertEquals(
                    "deleted tag v1.0, which named revision 3 (" + third + ")\n",
                    cli.run("tag", "--delete", "v1.0").done().out());
            assertEquals(
                    "expected a tag, one of v2, got 'v1.0'",
                    cli.run("tag", "--delete", "v1.0").refusal(ExitCode.MISUSE));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theLogTellsOfBranchesAndTags(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            cli.run("tag", "v1", "2").done();
            cli.run("tag", "v1-again", "2").done();
            cli.run("branch", "late", "main").done();
            List<JsonNode> side =
                    cli.run("log", "--at", "side", "--json").done().rows();
            assertEquals(
                    "[5, 2, 1]",
                    side.stream().map(row -> row.get("id").asLong()).toList().toString());
            assertEquals("[\"side\"]", side.get(0).get("branches").toString());
            assertEquals("[\"v1\",\"v1-again\"]", side.get(1).get("tags").toString());
            assertEquals("false", side.get(1).get("pruned").toString());
            List<String> table = cli.run("log").done().lines();
            assertEquals(
                    List.of("id", "hash", "root", "time", "leaves", "branches", "tags", "message"),
                    List.of(table.get(0).split(" +")));
            assertTrue(table.get(1).contains("  late, main  "), table.get(1));
            assertTrue(table.get(3).contains("  v1, v1-again  "), table.get(3));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void commitsGoToTheBranchThatIsNamed(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            cli.run("put", "--tree", "t", "x", "1", "--branch", "side").done();
            cli.run("link", "t", "u", "--branch", "side").done();
            cli.run("delete", "a", "--branch", "side").done();
            byte[] rows = "k,v\nc,7\n".getBytes(StandardCharsets.UTF_8);
            JsonNode loaded = cli.fed(rows, "load", "-", "--format", "csv", "--branch", "side", "--json")
                    .done()
                    .json();
            assertEquals("[\"side\"]", loaded.get("revision").get("branches").toString());
            JsonNode nothing = cli.fed(
                            "k,v\n".getBytes(StandardCharsets.UTF_8),
                            "load",
                            "-",
                            "--format",
                            "csv",
                            "--branch",
                            "side",
                            "--json")
                    .done()
                    .json();
            assertEquals(loaded.get("root"), nothing.get("root"));
            assertEquals(loaded.get("leaves"), nothing.get("leaves"));
            assertEquals("7\n", cli.run("get", "c", "--at", "side").done().out());
            assertEquals(
                    "1\n",
                    cli.run("get", "--tree", "u", "x", "--at", "side").done().out());
            cli.run("get", "a", "--at", "side").refusal(ExitCode.NO);
            assertEquals("4\n", cli.run("get", "a").done().out());
            assertEquals(4, cli.run("log", "--json").done().rows().size());
            String refusal = "expected a branch, one of main, side, got 'sid'";
            assertEquals(refusal, cli.run("put", "a", "1", "--branch", "sid").refusal(ExitCode.MISUSE));
            assertEquals(refusal, cli.run("delete", "a", "--branch", "sid").refusal(ExitCode.MISUSE));
            assertEquals(refusal, cli.run("link", "t", "u", "--branch", "sid").refusal(ExitCode.MISUSE));
            assertEquals(
                    refusal,
                    cli.fed(rows, "load", "-", "--format", "csv", "--branch", "sid")
                            .refusal(ExitCode.MISUSE));
            assertEquals(refusal, cli.run("reset", "sid", "main").refusal(ExitCode.MISUSE));
            assertEquals(refusal, cli.run("branch", "--delete", "sid").refusal(ExitCode.MISUSE));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void resetTellsWhatCameOfIt(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            assertEquals(
                    "{\"branch\":\"main\",\"from\":4,\"to\":5,\"dropped\":2,\"adopted\":1,\"outcome\":\"reorganised\"}\n",
                    cli.run("reset", "main", "side", "--json").done().out());
            assertEquals(
                    "{\"branch\":\"main\",\"from\":5,\"to\":2,\"dropped\":1,\"adopted\":0,\"outcome\":\"back\"}\n",
                    cli.run("reset", "main", "main~1", "--json").done().out());
            assertEquals(
                    "{\"branch\":\"main\",\"from\":2,\"to\":4,\"dropped\":0,\"adopted\":2,\"outcome\":\"fast-forward\"}\n",
                    cli.run("reset", "main", "4", "--expect", "2", "--forward", "--json")
                            .done()
                            .out());
            assertEquals(
                    "{\"branch\":\"main\",\"from\":4,\"to\":4,\"dropped\":0,\"adopted\":0,\"outcome\":\"unchanged\"}\n",
                    cli.run("reset", "main", "main", "--json").done().out());
            String second = "revision 2 (" + hash(cli, "2").substring(0, 12) + ")";
            String fourth = "revision 4 (" + hash(cli, "4").substring(0, 12) + ")";
            assertEquals(
                    "main went from " + fourth + " to " + second + ": back, 2 revisions dropped\n",
                    cli.run("reset", "main", "2").done().out());
            assertEquals(
                    "main stays at " + second + "\n",
                    cli.run("reset", "main", "2").done().out());
            assertEquals(
                    "main went from " + second + " to " + fourth + ": fast-forward, 2 revisions adopted\n",
                    cli.run("reset", "main", "4").done().out());
            assertTrue(cli.run("reset", "side", "main")
                    .done()
                    .out()
                    .endsWith(": reorganised, 1 revision dropped, 2 revisions adopted\n"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void resetMovesNothingThatStandsElsewhere(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            Cli.Run aside = cli.run("reset", "main", "side", "--forward", "--json");
            assertEquals("not-an-ancestor", aside.json().get("outcome").asText());
            assertTrue(aside.json().get("dropped").isNull());
            assertTrue(aside.refusal(ExitCode.NO).startsWith("expected revision 4 ("));
            assertEquals("", cli.run("reset", "main", "2", "--forward").out());
            Cli.Run moved = cli.run("reset", "main", "2", "--expect", "main~1", "--json");
            assertEquals(
                    "{\"branch\":\"main\",\"from\":4,\"to\":2,\"dropped\":null,\"adopted\":null,\"outcome\":\"moved-meanwhile\"}",
                    moved.json().toString());
            assertTrue(moved.refusal(ExitCode.NO).startsWith("expected main at revision 3 ("));
            for (String unknown : List.of("99", "nothing", "main~9", "")) {
                cli.run("reset", "main", unknown).refusal(ExitCode.MISUSE);
                cli.run("reset", "main", "2", "--expect", unknown).refusal(ExitCode.MISUSE);
            }
            assertEquals("4\n", cli.run("get", "a").done().out());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void namesThatCannotBeAreRefused(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("init").done();
            assertEquals(
                    "expected a store with a revision, got one without; 'dacite put' makes one",
                    cli.run("branch", "side").refusal(ExitCode.MISUSE));
            assertEquals(
                    "no branches yet; the first commit makes main\n",
                    cli.run("branch").err());
            assertEquals("", cli.run("branch", "--json").done().out());
            assertEquals(
                    "expected the branch main, which the first commit makes, got 'side'",
                    cli.run("put", "a", "1", "--branch", "side").refusal(ExitCode.MISUSE));
            cli.run("put", "a", "1").done();
            cli.run("tag", "v1").done();
            for (String verb : List.of("branch", "tag")) {
                for (String name :
                        List.of("123", "deadbeef", "DEADBEEF00", "0".repeat(64), "a~1", "a b", " ", "", "-x", "a:b")) {
                    String refusal = cli.run(verb, "--", name).refusal(ExitCode.MISUSE);
                    assertTrue(refusal.startsWith("expected a name "), refusal);
                    assertTrue(refusal.contains("'" + name + "'"), refusal);
                }
                cli.run(verb, "x".repeat(256)).refusal(ExitCode.MISUSE);
                assertEquals(
                        "expected a name that is free, got 'main', which a branch has already",
                        cli.run(verb, "main").refusal(ExitCode.MISUSE));
                assertEquals(
                        "expected a name that is free, got 'v1', which a tag has already",
                        cli.run(verb, "v1").refusal(ExitCode.MISUSE));
                cli.run(verb, "new", "99").refusal(ExitCode.MISUSE);
                cli.run(verb, "new", "main", "more").refusal(ExitCode.MISUSE);
                cli.run(verb, "new", "--delete", "main").refusal(ExitCode.MISUSE);
                cli.run(verb, "--rename", "main").refusal(ExitCode.MISUSE);
                cli.run(verb, "--rename", "main", "v1").refusal(ExitCode.MISUSE);
                cli.run(verb, "--rename", "nothing", "other").refusal(ExitCode.MISUSE);
                cli.run(verb, "--delete", "nothing").refusal(ExitCode.MISUSE);
            }
            assertEquals(
                    "expected a branch that is not the last one, got 'main'; make another first, a store keeps at least one",
                    cli.run("branch", "--delete", "main").refusal(ExitCode.MISUSE));
            assertEquals(1, cli.run("branch", "--json").done().rows().size());
            assertEquals(1, cli.run("tag", "--json").done().rows().size());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aStoreWithoutMainSaysWhichBranchesThereAre(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = forked(place);
            cli.run("branch", "--rename", "main", "trunk").done();
            String refusal = "expected a branch, one of side, trunk, got 'main'";
            for (List<String> line : List.of(
                    List.of("get", "a"),
                    List.of("get", "a", "--at", "~1"),
                    List.of("scan"),
                    List.of("root"),
                    List.of("log"),
                    List.of("history", "a"),
                    List.of("prove", "a", "-o", "never.proof"),
                    List.of("query", "state"),
                    List.of("sql", "select * from state"),
                    List.of("sql", "select :revision"),
                    List.of("put", "a", "1"),
                    List.of("branch", "new"))) {
                assertEquals(refusal, cli.run(line.toArray(String[]::new)).refusal(ExitCode.MISUSE), line::toString);
            }
            assertEquals("4\n", cli.run("get", "a", "--at", "trunk").done().out());
            assertEquals(
                    5,
                    cli.run("sql", "select count(*) as n from revision", "--json")
                            .done()
                            .json()
                            .get("n")
                            .asLong());
            assertTrue(cli.run("stats", "--json")
                    .done()
                    .json()
                    .get("leaves_at_head")
                    .isNull());
            cli.run("fsck").done();
        }
    }
}
