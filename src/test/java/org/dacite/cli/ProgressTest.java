package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dacite.store.FirstFormat;
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

    /** Each long run, with what its last line says that it verified. */
    private List<String[]> moves() {
        String place = folder.resolve("test.db").toString();
        cli.run("load", file).done();
        String root = cli.run("root").done().out().strip();
        return List.of(
                new String[] {"every hash made anew", "copy", "--to", at("copy.db")},
                new String[] {"every hash made anew", "backup", at("backup.db")},
                new String[] {"every hash was computed anew", "export", "--snapshot", "-o", at("state.dac")},
                new String[] {
                    "the root is the trusted one", "import", at("state.dac"), "--root", root, "--store", at("import.db")
                },
                new String[] {"are the same in both", "rehash", "--to", at("rehash.db"), "--hash", "sha3-256"},
                new String[] {"2 differences: ", "compare", place, at("other.db")},
                new String[] {
                    "root ",
                    "load",
                    "--from",
                    "jdbc:sqlite:" + place,
                    "--query",
                    "select 'a' as k, 1 as v",
                    "--store",
                    at("load.db")
                },
                new String[] {"the same before and after, derived from the leaves", "migrate", "--store", at("old.db")
                });
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private void prepare() throws Exception {
        for (String name :
                List.of("copy.db", "backup.db", "state.dac", "import.db", "rehash.db", "load.db", "old.db")) {
            if (!name.equals("state.dac")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        FirstFormat.file(folder.resolve("old.db"));
        if (!Files.exists(folder.resolve("other.db"))) {
            Cli.on(at("other.db")).run("init").done();
        }
    }

    @Test
    void everyLongRunTellsHowFarItIsAndWhatItVerified() throws Exception {
        for (String[] move : moves()) {
            String[] words = Arrays.copyOfRange(move, 1, move.length);
            prepare();
            Cli.Run quiet = cli.run(words);
            assertEquals("", quiet.err(), words[0]);
            assertTrue(quiet.out().contains(move[0]), quiet.out());
            prepare();
            String[] json = Arrays.copyOf(words, words.length + 2);
            json[words.length] = "--progress";
            json[words.length + 1] = "json";
            Cli.Run lines = cli.run(json);
            assertTrue(lines.err().lines().count() >= 1, words[0]);
            for (String line : lines.err().lines().toList()) {
                assertEquals(9, new ObjectMapper().readTree(line).size(), line);
            }
            boolean unknown =
                    List.of("load", "compare").contains(words[0]); // how many rows or differences there will be
            assertEquals(unknown, lines.err().contains("\"of\":null"), lines.err());
            assertTrue(lines.err().stripTrailing().endsWith("\"ended\":true}"), lines.err());
            prepare();
            List<String> all =
                    new ArrayList<>(List.of("--store", folder.resolve("test.db").toString()));
            all.addAll(List.of(words));
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Console terminal = new Console(
                    InputStream.nullInputStream(),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    true);
            Main.run(all.toArray(String[]::new), terminal);
            String bar = err.toString(StandardCharsets.UTF_8);
            assertTrue(
                    bar.contains(words[0].equals("import") ? "verify" : words[0]) && bar.contains("/s"),
                    words[0] + bar);
        }
    }

    @Test
    void noBarIsDrawnAmongRows() {
        cli.run("load", file).done();
        Cli.on(at("other.db")).run("init").done();
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        PrintStream screen = new PrintStream(both, true, StandardCharsets.UTF_8);
        Console terminal = new Console(InputStream.nullInputStream(), screen, screen, true, true);
        String[] compare = {"compare", folder.resolve("test.db").toString(), at("other.db")};
        assertEquals(ExitCode.NO, Main.run(compare, terminal));
        assertFalse(both.toString(StandardCharsets.UTF_8).contains("\r"), both.toString(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAnotherWord() {
        assertEquals(
                "expected --progress auto, bar, json or none, got 'loud'",
                cli.run("load", file, "--progress", "loud").refusal(ExitCode.MISUSE));
    }
}
