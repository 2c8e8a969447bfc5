package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One line and the right exit code for whatever is wrong. */
class MisuseTest {
    @TempDir
    private Path folder;

    @Test
    void wordsThatAreNoCommandAreRefused() {
        assertEquals(
                "expected a command, got 'gte'; did you mean 'get'? 'dacite help' lists them",
                Cli.plain("gte", "a").refusal(ExitCode.MISUSE));
        assertEquals(
                "expected a command, got 'frobnicate'; 'dacite help' lists them",
                Cli.plain("frobnicate").refusal(ExitCode.MISUSE));
        assertEquals(
                "expected a command, got none; 'dacite help' lists them",
                Cli.plain().refusal(ExitCode.MISUSE));
        assertEquals(
                "expected a command, got none; 'dacite help' lists them",
                Cli.plain("--json").refusal(ExitCode.MISUSE));
        assertTrue(Cli.plain("help", "gte").refusal(ExitCode.MISUSE).contains("did you mean 'get'?"));
    }

    @Test
    void optionsThatAreNoneAreRefused() {
        assertTrue(Cli.plain("get", "--jsn", "a").refusal(ExitCode.MISUSE).contains("did you mean --json?"));
        assertTrue(Cli.plain("get", "-x", "a").refusal(ExitCode.MISUSE).startsWith("expected an option, got '-x'"));
        assertTrue(Cli.plain("get").refusal(ExitCode.MISUSE).startsWith("expected KEY, got none"));
        assertTrue(
                Cli.plain("get", "a", "b").refusal(ExitCode.MISUSE).startsWith("expected no more arguments, got 'b'"));
        assertTrue(Cli.plain("put", "a").refusal(ExitCode.MISUSE).contains("KEY VALUE"));
        assertTrue(Cli.plain("put", "a", "1", "b").refusal(ExitCode.MISUSE).contains("got the key 'b' without one"));
        Cli.plain("log", "--limit", "many").refusal(ExitCode.MISUSE);
        Cli.plain("log", "--limit").refusal(ExitCode.MISUSE);
        Cli.plain("get", "a", "--json", "--json").refusal(ExitCode.MISUSE);
        Cli.plain("get", "a", "--json", "--raw").refusal(ExitCode.MISUSE);
        Cli.plain("get", "a", "--wait", "-1").refusal(ExitCode.MISUSE);
        Cli.plain("get", "a", "--cache", "0").refusal(ExitCode.MISUSE);
        Cli.plain("get", "a", "--synchronous", "off").refusal(ExitCode.MISUSE);
    }

    @Test
    void commonOptionsStandBeforeOrBehind() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli.plain(
                            "--store",
                            place.url(),
                            "--json",
                            "put",
                            "a",
                            "1",
                            "--wait",
                            "5",
                            "--synchronous",
                            "normal",
                            "--cache",
                            "8")
                    .done()
                    .json();
            assertEquals(
                    "{\"key\":\"a\",\"value\":\"1\"}\n",
                    Cli.plain("get", "a", "--json", "--store=" + place.url())
                            .done()
                            .out());
            assertEquals("-1\n", echoed(place, "-1"));
            assertEquals("@x\n", echoed(place, "@x"));
            assertEquals("${user.home}\n", echoed(place, "${user.home}"));
            assertEquals("\"q\"\n", echoed(place, "\"q\""));
            assertEquals("\n", echoed(place, ""));
            assertEquals("grün ☃ 𝄞\n", echoed(place, "grün ☃ 𝄞"));
        }
    }

    private static String echoed(TestStore place, String text) {
        Cli cli = Cli.on(place.url());
        cli.run("put", "--", "-key", text).done();
        return cli.run("get", "--", "-key").done().out();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void keysAndRevisionsThatAreNoneAreRefused(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            assertTrue(cli.run("put", "", "1").refusal(ExitCode.MISUSE).contains("got an empty key"));
            assertTrue(
                    cli.run("put", "a\0b", "1").refusal(ExitCode.MISUSE).startsWith("expected a text key without NUL"));
            assertTrue(cli.run("get", "x".repeat(1025)).refusal(ExitCode.MISUSE).contains("got 1025 bytes"));
            assertTrue(cli.run("put", "a", "0x1")
                    .refusal(ExitCode.MISUSE)
                    .contains("an even number of hexadecimal digits"));
            assertTrue(cli.run("put", "a", "1", "-m", "x\0")
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected message without NUL"));
            assertTrue(cli.run("put", "--tree", "t//u", "a", "1")
                    .refusal(ExitCode.MISUSE)
                    .contains("an empty name"));
            for (String unknown : List.of("2", "nothing", "main~1", "00000000", "~x", "")) {
                cli.run("get", "a", "--at", unknown).refusal(ExitCode.MISUSE);
                cli.run("diff", "1", unknown).refusal(ExitCode.MISUSE);
            }
            assertEquals(1, cli.run("log", "--json").done().rows().size());
        }
    }

    @Test
    void placesThatHoldNoStoreAreToldApart() throws IOException, SQLException {
        String none = folder.resolve("none.db").toString();
        assertTrue(Cli.on(none).run("get", "a").refusal(ExitCode.FAILED).contains("found none; make one with"));
        assertFalse(Files.exists(Path.of(none)));
        assertTrue(Cli.on(folder.toString())
                .run("put", "a", "1")
                .refusal(ExitCode.FAILED)
                .contains("got a folder"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "notes ".repeat(100));
        assertTrue(Cli.on(text.toString())
                .run("put", "a", "1")
                .refusal(ExitCode.FAILED)
                .contains("not a database"));
        try (TestStore other = Engine.SQLITE.fresh()) {
            try (Connection connection = other.plain();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table other (n integer)");
            }
            assertTrue(Cli.on(other.url())
                    .run("put", "a", "1")
                    .refusal(ExitCode.FAILED)
                    .contains("something else"));
        }
        assertTrue(Cli.on("jdbc:oracle:thin:@x")
                .run("get", "a")
                .refusal(ExitCode.MISUSE)
                .contains("got 'jdbc:oracle:thin:@x'"));
        assertTrue(Cli.on("").run("get", "a").refusal(ExitCode.MISUSE).startsWith("expected a path"));
        assertTrue(Cli.on("jdbc:postgresql://127.0.0.1:1/none?user=u&password=secret")
                        .run("get", "a")
                        .refusal(ExitCode.FAILED)
                        .length()
                > 20);
    }

    @Test
    void aStackTraceIsShownToWhoAsks() {
        Cli.Run run = Cli.on(folder.resolve("none.db").toString()).run("get", "a", "--verbose");
        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().startsWith("dacite: expected a store at "));
        assertTrue(run.err().contains("\n\tat org.dacite.store.Store.open("), run.err());
        assertTrue(Cli.plain("get", "--verbose").err().contains("\n\tat "));
    }

    @Test
    void everyCommandHasHelp() {
        String all = Cli.plain("help").done().out();
        assertEquals(all, Cli.plain("--help").done().out());
        List<String> verbs = all.lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(line -> line.strip().replaceFirst(" .*", ""))
                .toList();
        assertTrue(
                verbs.containsAll(List.of(
                        "init",
                        "load",
                        "put",
                        "delete",
                        "get",
                        "scan",
                        "root",
                        "log",
                        "diff",
                        "history",
                        "prove",
                        "check",
                        "fsck",
                        "stats",
                        "query",
                        "sql",
                        "index",
                        "branch",
                        "tag",
                        "reset",
                        "retention",
                        "prune")),
                verbs.toString());
        for (String verb : verbs) {
            String help = Cli.plain(verb, "--help").done().out();
            assertTrue(help.startsWith("Usage: dacite " + verb), help);
            assertTrue(help.contains("\nExample:\n  ") && help.contains("dacite " + verb), help);
            assertTrue(help.contains("\nExit codes:\n  0   "), help);
            assertEquals(help, Cli.plain("help", verb).done().out());
        }
        assertTrue(Cli.plain("--version").done().out().startsWith("dacite "));
    }

    @Test
    void aReaderThatLeavesIsNoError() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli.on(place.url()).run("put", "a", "x".repeat(100)).done();
            var err = new ByteArrayOutputStream();
            OutputStream closed = new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("Broken pipe");
                }
            };
            Console console = new Console(
                    InputStream.nullInputStream(),
                    new PrintStream(
                            Console.listened(closed, "the answer to standard output"), false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    false);
            assertEquals(ExitCode.DONE, Main.run(new String[] {"scan", "--store", place.url()}, console));
            assertEquals("", err.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenIsAnError() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli.on(place.url()).run("put", "a", "1").done();
            var err = new ByteArrayOutputStream();
            OutputStream full = new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("No space left on device");
                }
            };
            Console console = new Console(
                    InputStream.nullInputStream(),
                    new PrintStream(
                            Console.listened(full, "the answer to standard output"), false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    false);
            assertEquals(ExitCode.FAILED, Main.run(new String[] {"get", "a", "--store", place.url()}, console));
            assertTrue(err.toString(StandardCharsets.UTF_8).contains("No space left on device"));
        }
    }
}
