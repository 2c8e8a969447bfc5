package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    @TempDir
    private Path folder;

    private String file;
    private Cli cli;

    @BeforeEach
    void makeAFile() throws Exception {
        file = Files.writeString(folder.resolve("some.tsv"), "k\tv\n1\ta\n2\tb\n")
                .toString();
        cli = Cli.on(folder.resolve("test.db").toString());
    }

    @Test
    void saysNothingWhereNobodyLooks() {
        cli.run("load", file).done();
        cli.run("load", file, "--progress", "none").done();
    }

    @Test
    void tellsLinesOnStandardErrorAlone() throws Exception {
        Cli.Run run = cli.run("load", file, "--progress", "json", "--json");
        assertEquals(ExitCode.DONE, run.code());
        assertEquals(2, run.json().get("records").asLong());
        List<String> lines = run.err().lines().toList();
        assertEquals(1, lines.size(), run.err());
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertEquals(
                "[task, unit, done, of, per_s, seconds, seconds_left, what, ended]",
                WritingVerbsTest.names(line).toString());
        assertEquals("load", line.get("task").asText());
        assertEquals("bytes", line.get("unit").asText());
        assertEquals(Files.size(Path.of(file)), line.get("of").asLong());
        assertTrue(line.get("ended").asBoolean());
    }

    @Test
    void drawsABarWhereAPersonLooks() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        Console terminal = new Console(
                InputStream.nullInputStream(),
                nowhere,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                true);
        String place = folder.resolve("test.db").toString();
        assertEquals(ExitCode.DONE, Main.run(new String[] {"load", file, "--store", place}, terminal));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("MiB"), err.toString(StandardCharsets.UTF_8));
        err.reset();
        assertEquals(
                ExitCode.DONE, Main.run(new String[] {"load", file, "--store", place, "--progress", "none"}, terminal));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAnotherWord() {
        assertEquals(
                "expected --progress auto, bar, json or none, got 'loud'",
                cli.run("load", file, "--progress", "loud").refusal(ExitCode.MISUSE));
    }
}
