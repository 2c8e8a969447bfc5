package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** retention, prune, and what the other verbs say of a revision that was pruned. */
class PruneVerbsTest {
    /** Revisions 1 to 6 on main, each with a→its id and a key of its own; 3 is tagged v3. */
    static Cli filled(TestStore place) {
        Cli cli = Cli.on(place.url());
        for (int i = 1; i <= 6; i++) {
            cli.run("put", "a", Integer.toString(i), "k" + i, "x", "--time", i + "000")
                    .done();
        }
        cli.run("tag", "v3", "3").done();
        return cli;
    }

    private static String pruned(Cli cli) {
        return cli.run("log", "--json").done().rows().stream()
                .filter(row -> row.get("pruned").asBoolean())
                .map(row -> row.get("id").asLong())
                .toList()
                .toString();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rulesAreShownAndSetAnew(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("init").done();
            String all =
                    "{\"keep\":\"all\",\"last\":null,\"since\":null,\"age_ms\":null,\"every\":null,\"tags\":true}\n";
            assertEquals(all, cli.run("retention", "--json").done().out());
            assertEquals("everything is kept\n", cli.run("retention").done().out());
            String rules = """
                    kept is the head of each branch, and
                      the last 1,000 revisions of each branch
                      what was made at 2026-01-31T00:00:00Z or later
                      what is at most 30d old
                      every revision whose height 100 divides
                      what tags name
                    """;
            assertEquals(
                    rules,
                    cli.run("retention", "--last", "1000", "--since", "2026-01-31", "--age", "30d", "--every", "100")
                            .done()
                            .out());
            assertEquals(rules, cli.run("retention").done().out());
            assertEquals(
                    "{\"keep\":\"rules\",\"last\":1000,\"since\":1769817600000,\"age_ms\":2592000000,\"every\":100,"
                            + "\"tags\":true}\n",
                    cli.run("retention", "--json").done().out());
            assertEquals(
                    "{\"keep\":\"rules\",\"last\":null,\"since\":1769860800500,\"age_ms\":5400000,\"every\":null,"
                            + "\"tags\":false}\n",
                    cli.run("retention", "--since", "2026-01-31T12:00:00.5Z", "--age", "90m", "--no-tags", "--json")
                            .done()
                            .out());
            assertEquals(
                    "kept is the head of each branch, and\n  what tags name\n",
                    cli.run("retention", "--heads").done().out());
            assertEquals(
                    "kept is the head of each branch, nothing else\n",
                    cli.run("retention", "--no-tags").done().out());
            assertEquals(all, cli.run("retention", "--all", "--json").done().out());
        }
    }

    @Test
    void rulesThatKeepNothingOrAreNoneAreRefused() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            for (String line : List.of(
                    "retention --last 0",
                    "retention --last -1",
                    "retention --last x",
                    "retention --every 0",
                    "retention --age 0d",
                    "retention --age 30",
                    "retention --age d",
                    "retention --age -1d",
                    "retention --age 999999999999999999w",
                    "retention --since yesterday",
                    "retention --since 2026-13-01",
                    "retention --since 2026-01-01T00:00:00",
                    "retention --since 0",
                    "retention --heads --all",
                    "retention --heads --last 3",
                    "retention --all --no-tags",
                    "prune --keep 0",
                    "prune --keep -3",
                    "prune --keep x",
                    "prune --rows 0",
                    "prune 3")) {
                String refusal = cli.run(line.split(" ")).refusal(ExitCode.MISUSE);
                assertTrue(refusal.startsWith("expected "), refusal);
            }
            assertEquals(
                    "expected a number of revisions of 1 or more to keep, got 0",
                    cli.run("prune", "--keep", "0").refusal(ExitCode.MISUSE));
            assertEquals("everything is kept\n", cli.run("retention").done().out());
            assertEquals("[]", pruned(cli));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void pruneKeepsWhatTheRulesName(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "nothing to prune: everything is kept; 'dacite retention' sets what to keep, 'dacite prune --keep N'"
                            + " keeps the last N revisions for this once\n",
                    cli.run("prune").done().out());
            assertEquals(
                    cli.run("prune").done().out(),
                    cli.run("prune", "--dry-run").done().out());
            cli.run("retention", "--last", "2", "--every", "5").done();
            JsonNode plan = cli.run("prune", "--dry-run", "--json").done().json();
            assertEquals(
                    "[dry_run, revisions, vertices, leaves, bytes, bytes_before, bytes_after, bytes_returned, steps,"
                            + " longest_step_ms]",
                    WritingVerbsTest.names(plan).toString());
            assertTrue(plan.get("dry_run").asBoolean());
            assertEquals(2, plan.get("revisions").asLong());
            assertTrue(plan.get("bytes").asLong() > 0);
            for (String unknown : List.of("bytes_after", "bytes_returned", "steps", "longest_step_ms")) {
                assertTrue(plan.get(unknown).isNull(), unknown);
            }
            String would = cli.run("prune", "--dry-run").done().out();
            assertTrue(would.startsWith("would prune 2 revisions: "), would);
            assertEquals("[]", pruned(cli));

            JsonNode report = cli.run("prune", "--rows", "3", "--json").done().json();
            assertFalse(report.get("dry_run").asBoolean());
            assertEquals(plan.get("revisions"), report.get("revisions"));
            assertEquals(plan.get("vertices"), report.get("vertices"));
            assertEquals(plan.get("leaves"), report.get("leaves"));
            assertTrue(report.get("bytes").isNull());
            assertEquals(
                    report.get("bytes_before").asLong()
                            - report.get("bytes_after").asLong(),
                    report.get("bytes_returned").asLong());
            assertTrue(report.get("steps").asLong() > 1);
            assertTrue(report.get("longest_step_ms").asDouble() >= 0);
            assertEquals("[4, 2]", pruned(cli));
            assertEquals(
                    "nothing to prune: every revision that has its state is to be kept\n",
                    cli.run("prune").done().out());
            cli.run("fsck").done();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void pruneKeepsSoManyForOnce(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            cli.run("branch", "side", "4").done();
            List<String> told = cli.run("prune", "--keep", "1").done().lines();
            assertTrue(told.get(0).matches("pruned 3 revisions: [0-9]+ vert.* and [0-9]+ lea.*"), told.get(0));
            assertTrue(told.get(1).matches("[0-9,]+ bytes on disk before, [0-9,]+ after: .*"), told.get(1));
            assertTrue(told.get(2).matches("[0-9]+ transactions?, the longest [0-9.]+ ms"), told.get(2));
            assertEquals("[5, 2, 1]", pruned(cli));
            assertEquals("everything is kept\n", cli.run("retention").done().out());
            assertEquals("3\n", cli.run("get", "a", "--at", "v3").done().out());
            JsonNode stats = cli.run("stats", "--json").done().json();
            assertEquals(6, stats.get("revisions").asLong());
            assertEquals(2, stats.get("branches").asLong());
            assertEquals(1, stats.get("tags").asLong());
            assertEquals(3, stats.get("pruned").asLong());
            assertEquals(0, stats.get("logs").asLong());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theNextOneFinishesWhatAKilledOneBegan(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            try (Dacite dacite = Dacite.open(place.url())) {
                dacite.prune(Retention.heads(), 1, so -> {
                    if (so.what().startsWith("sweeping")) {
                        throw new IllegalStateException("killed");
                    }
                });
            } catch (IllegalStateException e) {
                assertEquals("killed", e.getMessage());
            }
            assertTrue(cli.run("prune", "--dry-run").done().out().startsWith("would prune 0 revisions: "));
            assertTrue(cli.run("prune").done().out().startsWith("pruned 4 revisions: "));
            cli.run("fsck").done();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatWasPrunedIsSaidToBe(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            String root = cli.run("root", "--at", "2").done().out();
            cli.run("prune", "--keep", "1").done();
            for (String line : List.of(
                    "get a --at 2",
                    "get a --at v3~1",
                    "scan --at 2",
                    "prove a -o never.proof --at 2",
                    "diff 2 main",
                    "diff main 2",
                    "history a --at 2",
                    "fsck --at 2",
                    "query state --at 2",
                    "query diff -p from=2",
                    "branch old 2",
                    "tag old 2",
                    "reset main 2",
                    "link t u --at 2")) {
                String refusal = cli.run(line.split(" ")).refusal(ExitCode.MISUSE);
                assertTrue(
                        refusal.startsWith("expected a revision whose state is kept, got revision 2"), line + refusal);
                assertTrue(refusal.contains("which was pruned"), line + refusal);
            }
            assertTrue(cli.run("sql", "select * from state", "--at", "2")
                    .refusal(ExitCode.MISUSE)
                    .endsWith("got revision 2, which was pruned"));
            assertEquals(root, cli.run("root", "--at", "2").done().out());
            assertEquals(
                    2,
                    cli.run("query", "revisions", "--at", "2", "--json")
                            .done()
                            .rows()
                            .size());
            assertEquals(
                    "2",
                    cli.run("sql", "select height + 1 as n from revision where id = :revision", "--at", "2", "--json")
                            .done()
                            .json()
                            .get("n")
                            .toString());
            List<String> log = cli.run("log").done().lines();
            assertTrue(log.get(2).contains("  pruned  "), log.get(2));
            assertFalse(log.get(1).contains("  pruned  "), log.get(1));
            cli.run("retention", "--no-tags").done();
            cli.run("prune").done();
            List<String> tags = cli.run("tag").done().lines();
            assertTrue(tags.get(1).endsWith("  pruned"), tags.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void onlyOnePrunesAtATime(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            List<String> refused = new ArrayList<>();
            try (Dacite dacite = Dacite.open(place.url())) {
                dacite.prune(Retention.heads(), 100, so -> {
                    if (refused.isEmpty()) {
                        refused.add(cli.run("prune", "--keep", "1").refusal(ExitCode.FAILED));
                    }
                });
            }
            assertTrue(refused.get(0).startsWith("expected to be the one that prunes "), refused.get(0));
            assertTrue(
                    refused.get(0).endsWith("another process or thread prunes, upgrades or fills it; wait for its end"),
                    refused.get(0));
        }
    }

    @Test
    void aReadOnlyFileIsNotPruned() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            assertTrue(Path.of(place.url()).toFile().setReadOnly());
            assumeFalse(Files.isWritable(Path.of(place.url())), "this user may write what is read-only");
            for (String line : List.of("prune --keep 1", "retention --heads", "branch x")) {
                assertTrue(
                        cli.run(line.split(" "))
                                .refusal(ExitCode.FAILED)
                                .startsWith("expected a store that can be written at "),
                        line);
            }
        }
    }

    @Test
    void aServerThatOnlyReadsIsNotPruned() {
        try (TestStore place = Engine.POSTGRESQL.fresh()) {
            Cli cli = filled(place);
            Cli reader = Cli.on(place.url() + "&options=-c%20default_transaction_read_only=on");
            for (String line : List.of("prune --keep 1", "prune --keep 1 --dry-run", "retention --heads", "branch x")) {
                assertTrue(
                        reader.run(line.split(" "))
                                .refusal(ExitCode.FAILED)
                                .startsWith("expected a store that can be written at "),
                        line);
            }
            assertEquals("[]", pruned(cli));
        }
    }

    @Test
    void whereNothingCanBeWrittenAnyMoreNothingIsLost() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh()) {
            try (Dacite dacite = Dacite.open(place.url())) {
                for (int i = 0; i < 6; i++) {
                    String value = (i + "").repeat(100);
                    dacite.branch("main").commit("all anew", batch -> {
                        for (int key = 0; key < 10_000; key++) {
                            batch.put("key" + key, value);
                        }
                    });
                }
            }
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process process = new ProcessBuilder(
                            "sh",
                            "-c",
                            "ulimit -f 6000; exec '" + java + "' -XX:-UsePerfData -cp '"
                                    + System.getProperty("java.class.path")
                                    + "' org.dacite.cli.Main prune --keep 1 --store '" + place.url() + "'")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertEquals(ExitCode.FAILED, process.exitValue(), said);
            assertTrue(said.contains("did not let it grow; nothing was lost"), said);
            assertEquals(1, said.lines().count(), said);
            Cli cli = Cli.on(place.url());
            cli.run("fsck").done();
            assertTrue(cli.run("prune").done().out().startsWith("pruned 5 revisions: "));
            cli.run("fsck").done();
        }
    }

    @Test
    void aTerminalIsShownHowFarItIs() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            filled(place);
            var err = new ByteArrayOutputStream();
            Console console = new Console(
                    InputStream.nullInputStream(),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    true);
            String[] line = {"prune", "--keep", "1", "--store", place.url()};
            assertEquals(ExitCode.DONE, Main.run(line, console));
            assertTrue(err.toString(StandardCharsets.UTF_8).contains("prune"), err::toString);
        }
    }
}
