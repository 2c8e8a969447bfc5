package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recorded log of actions, done again elsewhere: whole, changed, cut off, out of order. */
class ContextReplayTest {
    @TempDir
    private Path folder;

    private Path log;
    private String head;

    /** Records four commits, the last of them on the first. */
    @BeforeEach
    void record() throws IOException {
        log = folder.resolve("actions.jsonl");
        Cli dacite = Cli.on(folder.resolve("recorded.db").toString());
        dacite.run("context", "set", "a/b", "1").done();
        dacite.run("context", "set", "x", "0x3078").done();
        String first = commit(dacite, "1");
        dacite.run("context", "copy", "a", "c/d").done();
        dacite.run("context", "set", "c/d/e", "2").done();
        commit(dacite, "2");
        dacite.run("context", "delete", "a/b").done();
        commit(dacite, "3");
        dacite.run("context", "checkout", first).done();
        dacite.run("context", "set", "a/b", "0xff").done();
        head = commit(dacite, "4");
    }

    private String commit(Cli dacite, String time) {
        return dacite.run("context", "commit", "--time", time, "--author", "me", "--record", log.toString(), "--json")
                .done()
                .json()
                .get("hash")
                .asText();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void comesToTheSameHashes(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli dacite = Cli.on(place.url());
            var answer = dacite.run("context", "replay", log.toString(), "--json")
                    .done()
                    .json();
            assertEquals(4, answer.get("commits").asInt());
            assertEquals(6, answer.get("changes").asInt());
            assertEquals(head, answer.get("hash").asText());
            assertEquals("0x\n", dacite.run("context", "get", "x").done().out());
            assertEquals("2\n", dacite.run("context", "get", "c/d/e").done().out());
        }
    }

    @Test
    void stopsAtTheFirstCommitThatDiffersAndNamesThePath() throws IOException {
        String refusal = replay(Files.readString(log).replace("\"c/d/e\",\"value\":\"2\"", "\"c/d/e\",\"value\":\"3\""))
                .refusal(ExitCode.NO);
        assertTrue(refusal.contains("expected commit 2 to have the hash"), refusal);
        assertTrue(refusal.contains("the first path that differs is 'c/d/e'"), refusal);
        refusal = replay(Files.readString(log).replace("\"time\":3", "\"time\":4"))
                .refusal(ExitCode.NO);
        assertTrue(refusal.contains("commit 3") && refusal.contains("the parent, time, author or message"), refusal);
    }

    @Test
    void whatIsCutOffOrOutOfOrderIsRefused() throws IOException {
        List<String> lines = Files.readAllLines(log);
        assertTrue(refusal(String.join("\n", lines.subList(0, 2))).contains("cut off behind line 2"));
        String text = Files.readString(log);
        assertTrue(refusal(text.substring(0, text.length() - 20)).contains("cut off or damaged"));
        assertTrue(refusal(lines.get(1) + "\n" + lines.get(0)).contains("number 1 next, got number 2"));
        assertTrue(refusal("{\"n\":1}").contains("expected one of set, delete, copy, checkout and commit"));
        assertTrue(refusal("{\"n\":1,\"set\":\"a//b\",\"value\":\"1\"}").contains("empty name"));
        assertTrue(
                refusal("{\"n\":1,\"set\":\"a\",\"value\":\"1\",\"other\":1}").contains("'other'"));
        assertTrue(refusal("[]").contains("expected a JSON object"));
        assertTrue(refusal("{\"n\":1,\"set\":\"a\",\"value\":\"1\",\"delete\":\"b\"}")
                .contains("line 1: expected the members of one action, got another, 'delete'"));
        assertTrue(refusal("{\"n\":1,\"commit\":null,\"time\":1,\"author\":\"\",\"message\":\"\",\"prints\":5}")
                .contains("'prints'"));
    }

    @Test
    void whatCannotBeDoneIsToldWithItsLine() throws IOException {
        String first = Files.readAllLines(log).subList(0, 3).stream().collect(Collectors.joining("\n")) + "\n";
        String refusal = refusal(first + "{\"n\":4,\"checkout\":\"" + "0".repeat(64) + "\"}");
        assertTrue(
                refusal.contains("changed.jsonl, line 4: expected ") && refusal.contains("names no revision"), refusal);
        assertTrue(refusal.endsWith("; the 1 commit before stay"), refusal);
        assertTrue(refusal(first + "{\"n\":4,\"set\":\"\",\"value\":\"1\"}").contains("line 4: expected a path"));
    }

    @Test
    void whatCannotBeRecordedIsNotCommitted() throws IOException {
        Cli dacite = Cli.on(folder.resolve("other.db").toString());
        dacite.run("context", "set", "a", "1").done();
        Path half = folder.resolve("half.jsonl");
        Files.writeString(half, "{\"n\":1,");
        for (Path file : List.of(half, folder.resolve("missing/actions.jsonl"), folder)) {
            Cli.Run run = dacite.run("context", "commit", "--record", file.toString());
            assertTrue(run.code() == ExitCode.MISUSE || run.code() == ExitCode.FAILED, run.err());
            assertEquals(1, run.err().lines().count(), run.err());
            assertEquals("", dacite.run("context", "log", "--json").done().out());
        }
        Path unused = folder.resolve("unused.jsonl");
        dacite.run("context", "commit", "--time", "x", "--record", unused.toString())
                .refusal(ExitCode.MISUSE);
        assertFalse(Files.exists(unused));
        assertEquals("1\n", dacite.run("context", "get", "a").done().out());
    }

    private String refusal(String text) throws IOException {
        return replay(text).refusal(ExitCode.MISUSE);
    }

    private Cli.Run replay(String text) throws IOException {
        Path changed = folder.resolve("changed.jsonl");
        Files.writeString(changed, text);
        Path store = folder.resolve("replayed.db");
        Files.deleteIfExists(store);
        return Cli.on(store.toString()).run("context", "replay", changed.toString());
    }
}
