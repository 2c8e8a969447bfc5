package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of the context, and the staging area between them. */
class ContextVerbsTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void stageCommitAndCheckOut(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            dacite.run("context", "set", "a", "0x01").done();
            dacite.run("context", "set", "b/c", "1").done();
            assertEquals("1\n", dacite.run("context", "get", "b/c").done().out());
            assertEquals("true\n", dacite.run("context", "dmem", "b").done().out());
            assertEquals("false\n", dacite.run("context", "mem", "b").out());
            assertEquals(ExitCode.NO, dacite.run("context", "mem", "b").code());
            JsonNode foreseen = dacite.run("context", "hash", "--time", "0", "--json")
                    .done()
                    .json();
            JsonNode first = dacite.run("context", "commit", "--time", "0", "--json")
                    .done()
                    .json();
            assertEquals(foreseen, first);
            assertEquals(
                    "[hash, root, tezos, tezos_text]",
                    WritingVerbsTest.names(first).toString());

            dacite.run("context", "copy", "b", "d/e").done();
            dacite.run("context", "delete", "b").done();
            assertEquals(
                    List.of("a = \\u0001", "d/", "  e/", "    c = 1"),
                    dacite.run("context", "tree").done().lines());
            dacite.run("context", "commit", "--time", "-1").done();
            assertEquals(
                    "1\n",
                    dacite.run("context", "get", "b/c", "--at", "main~1").done().out());

            dacite.run("context", "set", "lost", "1").done();
            dacite.run("context", "checkout", first.get("hash").asText()).done();
            assertEquals(ExitCode.NO, dacite.run("context", "get", "lost").code());
            dacite.run("context", "set", "b/c", "2").done();
            String forked = dacite.run("context", "commit").done().lines().get(0);
            assertTrue(forked.startsWith("revision 3, the head of branch fork-"), forked);
            assertEquals(
                    "1\n",
                    dacite.run("context", "get", "d/e/c", "--at", "main").done().out());
            List<JsonNode> log = dacite.run("context", "log", "--json").done().rows();
            assertEquals(2, log.size());
            assertEquals(first.get("hash"), log.get(1).get("hash"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anyStagedStateCanBeReturnedTo(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            dacite.run("context", "set", "a", "1").done();
            dacite.run("context", "copy", "a", "b").done();
            dacite.run("context", "set", "a", "2", "--stage", "other").done();
            dacite.run("context", "delete", "a").done();
            dacite.run("context", "back", "2").done();
            assertEquals(
                    List.of("a = 1", "b = 1"), dacite.run("context", "tree").lines());
            dacite.run("context", "set", "c", "1").done();
            JsonNode status = dacite.run("context", "status", "--json").done().json();
            assertEquals("[1, 2, 4]", status.get("changes").findValues("change").toString());
            assertEquals(ExitCode.DONE, dacite.run("context", "back", "0").code());
            assertEquals("", dacite.run("context", "tree").done().out());
            assertEquals(
                    List.of("a = 2"),
                    dacite.run("context", "tree", "--stage", "other").lines());
            dacite.run("context", "back", "2").refusal(ExitCode.MISUSE);
        }
    }

    /** Commands at once: each staging area gets what was staged in it, once, and a commit between them loses nothing. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void commandsAtOnceDoNotMixTheirStages(Engine engine) throws Exception {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            dacite.run("context", "set", "first", "1").done();
            List<Callable<Void>> writers = new ArrayList<>();
            for (String stage : List.of("default", "other")) {
                for (String writer : List.of("p", "q")) {
                    writers.add(() -> {
                        for (int i = 0; i < 6; i++) {
                            Cli.on(place.url())
                                    .run("context", "set", stage + "/" + writer + i, "1", "--stage", stage)
                                    .done();
                        }
                        return null;
                    });
                }
            }
            writers.add(() -> {
                for (int i = 0; i < 4; i++) {
                    Cli.on(place.url()).run("context", "commit").done();
                }
                return null;
            });
            ExecutorService threads = Executors.newFixedThreadPool(writers.size());
            try {
                for (Future<Void> each : threads.invokeAll(writers)) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
            dacite.run("context", "commit").done();
            List<String> names = List.of("p0", "p1", "p2", "p3", "p4", "p5", "q0", "q1", "q2", "q3", "q4", "q5");
            assertEquals(names, names(dacite, "default", "default"));
            assertEquals(names, names(dacite, "other", "other"));
            assertEquals(List.of(), names(dacite, "other", "default"));
        }
    }

    private static List<String> names(Cli dacite, String directory, String stage) {
        return dacite.run("context", "list", directory, "--stage", stage, "--json").done().rows().stream()
                .map(row -> row.get("name").asText())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void badInputIsRefused(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            dacite.run("context", "set", "a//b", "1").refusal(ExitCode.MISUSE);
            dacite.run("context", "set", "", "1").refusal(ExitCode.MISUSE);
            dacite.run("context", "set", "/a", "1").refusal(ExitCode.MISUSE);
            dacite.run("context", "set", "a\0", "1").refusal(ExitCode.MISUSE);
            dacite.run("context", "set", "a".repeat(1_025), "1").refusal(ExitCode.MISUSE);
            dacite.run("context", "set", "a/b", "1").done();
            JsonNode commit = dacite.run("context", "commit", "--json").done().json();
            String hash = commit.get("hash").asText();
            dacite.run("context", "checkout", hash.substring(0, 12)).refusal(ExitCode.MISUSE);
            dacite.run("context", "checkout", "0".repeat(64)).refusal(ExitCode.MISUSE);
            dacite.run("context", "commit", "--time", "9223372036854775807").refusal(ExitCode.MISUSE);
            dacite.run("context", "commit", "--hash-scheme", "tezos").refusal(ExitCode.MISUSE);
            dacite.run("context", "list", "a", "--offset", "-1").refusal(ExitCode.MISUSE);
            dacite.run("context", "copy", "nothing", "x").refusal(ExitCode.NO);
            dacite.run("context", "get", "a").refusal(ExitCode.NO);
            dacite.run("context").refusal(ExitCode.MISUSE);
            dacite.run("context", "nonsense").refusal(ExitCode.MISUSE);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theLogTellsTezosHashesAndACheckoutTakesThem(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            dacite.run("context", "set", "a", "1", "--hash-scheme", "tezos").done();
            JsonNode first = dacite.run("context", "commit", "--json").done().json();
            dacite.run("context", "commit", "--time", "-1").done();
            JsonNode listed =
                    dacite.run("context", "log", "--json").done().rows().get(1);
            assertEquals(first.get("tezos"), listed.get("tezos"));
            assertEquals(first.get("tezos_text"), listed.get("tezos_text"));
            assertEquals(52, listed.get("tezos_text").asText().length());
            String text = first.get("tezos_text").asText();
            JsonNode at =
                    dacite.run("context", "checkout", text, "--json").done().json();
            assertEquals(first.get("hash"), at.get("hash"));
            dacite.run("context", "checkout", text.substring(0, 20)).refusal(ExitCode.MISUSE);
            dacite.run("context", "checkout", first.get("tezos").asText().substring(0, 20))
                    .refusal(ExitCode.MISUSE);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aStoreWithoutTextKeysIsRefused(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            dacite.run("init", "--keys", "bytes").done();
            for (String line : List.of("commit", "set a 1", "delete a", "list", "status", "log")) {
                String refusal = dacite.run(("context " + line).split(" ")).refusal(ExitCode.MISUSE);
                assertTrue(refusal.contains("text keys"), line + ": " + refusal);
            }
        }
    }
}
