package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong is said in one sentence, in the words of the command and not of a library below it. */
class MessagesTest {
    private static final String NO_OPTION =
            "expected an option, got '%s' ('--' before keys and values that begin with '-')";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "delete --bogus, --bogus",
        "put -x, -x",
        "put --bogus a, --bogus",
        "put -m why --bogus, --bogus",
        "put --author=me -mwhy --bogus=1 a, --bogus=1"
    })
    void anUnknownOptionIsToldBeforeAMissingArgument(String line, String word) {
        String refusal = Cli.plain(line.split(" ")).refusal(ExitCode.MISUSE);
        String verb = line.substring(0, line.indexOf(' '));
        assertEquals(NO_OPTION.formatted(word) + "; 'dacite " + verb + " --help' tells more", refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "log --limit x                | expected a whole number for --limit, got 'x'",
                "load f --batch 1.5           | expected a whole number for --batch, got '1.5'",
                "get a --wait 99999999999     | expected a whole number of at most 2147483647 for --wait, got '99999999999'",
                "query history -p key         | expected --parameter NAME=VALUE, got 'key'",
                "query history --parameter    | expected --parameter NAME=VALUE, got none",
                "get a --json=yes             | expected --json without a value, got 'yes'",
                "get a --json --json          | expected --json once, got it again",
                "get a --store x --store y    | expected --store once, got it again",
                "prove --range a              | expected --range KEY KEY, got fewer",
                "put a -m -x                  | expected KEY VALUE, got fewer"
            })
    void aValueThatIsNoneIsToldByItsOption(String line, String expected) {
        String refusal = Cli.plain(line.split(" ")).refusal(ExitCode.MISUSE);
        assertEquals(expected, refusal.substring(0, refusal.indexOf("; 'dacite ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"k\":1 \"v\":2}     | something that is no JSON about character 8",
                "{\"k\":1,\"k\":2}     | the member 'k' twice",
                "hello               | 'hello', which is no JSON",
                "{\"k\":01,\"v\":1}    | a number that is not written as JSON has it about character 7",
                "{\"k\":1,\"v\":\"x    | one that is not ended on its line",
                "{\"k\":1,\"v\":[1      | one that is not ended on its line",
                "{\"k\":1,\"v\":[1}}    | something that is no JSON about character 14",
                "{\"k\":1,\"v\":\"\\q\"}  | an escape that JSON has not about character 14",
                "{\"k\":1,\"v\":\"\1\"}   | a control character that is not escaped about character 13"
            })
    void brokenJsonIsToldPlainlyWithTheLineOfTheFile(String broken, String got) throws IOException {
        Path file = folder.resolve("x.jsonl");
        Files.writeString(file, "{\"k\":0,\"v\":1}\n\n" + broken + "\n");
        assertEquals(
                file + ":3: expected a JSON object, got " + got + "; nothing was committed",
                Cli.on(folder.resolve("s.db").toString())
                        .run("load", file.toString())
                        .refusal(ExitCode.MISUSE));
    }

    @Test
    void jsonOfEndlessDepthIsToldPlainly() throws IOException {
        Path file = folder.resolve("x.jsonl");
        Files.writeString(file, "{\"k\":0,\"v\":" + "[".repeat(1100) + "]".repeat(1100) + "}\n");
        assertTrue(Cli.on(folder.resolve("s.db").toString())
                .run("load", file.toString())
                .refusal(ExitCode.MISUSE)
                .contains("x.jsonl:1: expected a JSON object, got one of too many arrays and objects in one another"));
    }

    @Test
    void aNamedPipeIsLoaded() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(started("mkfifo", pipe.toString()).waitFor() == 0);
        Process writer = started("sh", "-c", "printf 'k\\tv\\na\\t1\\n' > '" + pipe + "'");
        Cli cli = Cli.on(folder.resolve("s.db").toString());
        cli.run("load", pipe.toString(), "--format", "tsv").done();
        assertTrue(writer.waitFor(1, TimeUnit.MINUTES));
        assertEquals("1\n", cli.run("get", "a").done().out());
    }

    private static Process started(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void aProofThatCannotBeWrittenIsToldByItsPlace() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            Path none = folder.resolve("none");
            assertEquals(
                    "expected a folder at '" + none + "' to write the proof into, found none",
                    cli.run("prove", "a", "-o", none.resolve("x").toString()).refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a file name after -o, got the folder '" + folder + "'",
                    cli.run("prove", "a", "-o", folder.toString()).refusal(ExitCode.MISUSE));
            if (Files.exists(Path.of("/dev/full"))) {
                assertEquals(
                        "expected to write the proof to '/dev/full', but that failed: No space left on device",
                        cli.run("prove", "a", "-o", "/dev/full").refusal(ExitCode.FAILED));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aValueInThePlaceOfATreeIsToldWithoutBatches(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            cli.run("put", "--tree", "t", "k", "1").done();
            String tree = "expected a tree at key 'a', got a value; 'dacite delete' deletes it";
            assertEquals(tree, cli.run("put", "--tree", "a", "k", "1").refusal(ExitCode.MISUSE));
            assertEquals(tree, cli.run("link", "t", "a").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a value at key 't', got a tree; 'dacite delete' deletes it",
                    cli.run("put", "t", "1").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a tree at 'a', got a value on the way; 'dacite scan' shows what is there",
                    cli.run("delete", "--tree", "a", "k").refusal(ExitCode.MISUSE));
            Path file = Files.writeString(folder.resolve("x.tsv"), "k\tv\nk\t1\n");
            assertEquals(
                    file + ":2-2: " + tree + "; nothing was committed",
                    cli.run("load", file.toString(), "--tree", "a").refusal(ExitCode.MISUSE));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aStatementThatWritesIsRefusedAsOne(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            for (String write : List.of("drop table tree", "DELETE from tree", "explain drop table tree")) {
                String refusal = cli.run("sql", write).refusal(ExitCode.MISUSE);
                assertTrue(refusal.startsWith("expected a statement that only reads, which begins with"), refusal);
            }
            for (String write : List.of(
                    "with x as (select 1) insert into leaf select 1",
                    "with x as (select 1), y (n) as (values (2)) delete from tree",
                    "with recursive x as (select 1) update branch set name = 'x'")) {
                String refusal = cli.run("sql", write).refusal(ExitCode.MISUSE);
                assertTrue(refusal.startsWith("expected a statement that only reads, got one that begins"), refusal);
            }
            String reading = "with x (n) as (select 'ab') select replace(n, 'b', 'c') as n from x";
            assertEquals(
                    "{\"n\":\"ac\"}\n", cli.run("sql", reading, "--json").done().out());
        }
    }

    @Test
    void aLimitOnTheSizeOfFilesIsNamed() throws Exception {
        Path file = folder.resolve("x.tsv");
        StringBuilder records = new StringBuilder("k\tv\n");
        for (int i = 0; i < 60_000; i++) {
            records.append(i).append('\t').append("x".repeat(150)).append('\n');
        }
        Files.writeString(file, records);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = started(
                "sh",
                "-c",
                "ulimit -f 6000; exec '" + java + "' -XX:-UsePerfData -cp '" + System.getProperty("java.class.path")
                        + "' org.dacite.cli.Main load '" + file + "' --store '" + folder.resolve("s.db") + "'");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(ExitCode.FAILED, process.exitValue(), said);
        assertTrue(said.contains("did not let it grow; nothing was lost, raise the limit on the size of files"), said);
        assertFalse(said.contains("SQLITE_"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff", "get", "prove", "query", "root", "sql"})
    void examplesHaveNoTildeThatAShellExpands(String verb) {
        String help = Cli.plain("help", verb).done().out();
        assertTrue(help.contains("main~1") && !help.contains(" ~"), help);
    }
}
