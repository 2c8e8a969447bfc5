package org.dacite.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.reference.ReferenceHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** log-append, log-list, log-root and log-get. */
class RecordLogVerbsTest {
    @TempDir
    private Path folder;

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private String file(String name, String content) throws IOException {
        return file(name, content.getBytes(UTF_8));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static String root(String... records) {
        return Digest.of(ReferenceHash.SHA256.log(
                        Arrays.stream(records).map(each -> each.getBytes(UTF_8)).toList()))
                .toString();
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "record " + i + "\n").collect(Collectors.joining());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachLineIsARecord(Engine engine) throws IOException {
        String file = file("some.txt", "\ufefffirst\nzwei ü\r\n\n0x41\nlast");
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            List<String> lines = cli.run("log-append", "audit", file).done().lines();
            assertTrue(lines.get(0).matches("5 records appended in 1 commit, .* s, .* records/s"), lines.get(0));
            String root = root("first", "zwei ü", "", "0x41", "last");
            assertEquals(List.of("size 5", "root " + root), lines.subList(1, 3));
            assertEquals(root + "\n", cli.run("log-root", "audit").done().out());
            assertEquals(
                    "first\nzwei ü\n\n0x41\nlast\n",
                    cli.run("log-get", "audit", "0", "--count", "99").done().out());
            assertEquals("zwei ü\n", cli.run("log-get", "audit", "1").done().out());
            assertEquals(
                    "zwei ü", cli.run("log-get", "audit", "1", "--raw").done().out());
            assertEquals(
                    "{\"number\":1,\"entry\":\"zwei ü\"}\n{\"number\":2,\"entry\":\"\"}\n",
                    cli.run("log-get", "audit", "1", "--count", "2", "--json")
                            .done()
                            .out());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void itGoesOnWhereItEndedAndEveryBatchIsACommit(Engine engine) throws IOException {
        String file = file("some.txt.gz", gzip(numbered(5).getBytes(UTF_8)));
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("log-append", "audit", file, "--hash", "sha256").done();
            Cli.Run again =
                    cli.fed("six\nseven\n".getBytes(UTF_8), "log-append", "audit", "-", "--batch", "1", "--json");
            String root = root("record 0", "record 1", "record 2", "record 3", "record 4", "six", "seven");
            assertEquals(
                    "{\"log\":\"audit\",\"records\":2,\"commits\":2,\"size\":7,\"root\":\"" + root + "\"}\n",
                    again.done().out());
            cli.run("log-append", "other", file, "--batch", "2").done();
            assertEquals(
                    List.of(
                            "log    size  root",
                            "audit     7  " + root,
                            "other     5  " + root("record 0", "record 1", "record 2", "record 3", "record 4")),
                    cli.run("log-list").done().lines());
            assertEquals(
                    "{\"log\":\"audit\",\"size\":7,\"root\":\"" + root + "\"}",
                    cli.run("log-list", "--json").done().lines().get(0));
            assertEquals(
                    "{\"log\":\"audit\",\"size\":2,\"root\":\"" + root("record 0", "record 1") + "\"}\n",
                    cli.run("log-root", "audit", "--size", "2", "--json").done().out());
            assertEquals(
                    root() + "\n",
                    cli.run("log-root", "audit", "--size", "0").done().out());
            assertEquals(0, cli.run("log", "--json").rows().size());
            assertTrue(cli.run("fsck").done().out().startsWith("no damage in 0 revisions"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aWholeFileIsARecordOfAnyBytes(Engine engine) throws IOException {
        byte[] any = {0, (byte) 0xff, '\n', '\r', '\n', 7};
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("log-append", "deeds", file("any.bin", any), "--whole").done();
            cli.run("log-append", "deeds", file("any.bin.gz", gzip(any)), "--whole")
                    .done();
            cli.fed(new byte[0], "log-append", "deeds", "-", "--whole").done();
            for (int i = 0; i < 2; i++) {
                assertArrayEquals(
                        any, cli.run("log-get", "deeds", "" + i, "--raw").done().bytes());
            }
            assertEquals(
                    "{\"number\":0,\"entry\":\"0x00ff0a0d0a07\"}\n",
                    cli.run("log-get", "deeds", "0", "--json").done().out());
            assertEquals("", cli.run("log-get", "deeds", "2", "--raw").done().out());
            assertEquals(
                    3, cli.run("log-list", "--json").done().json().get("size").asLong());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aBadLineStopsItAndLosesNothing(Engine engine) throws IOException {
        byte[] bytes = "1\n2\n3\n4\n\u00ff\n6\n".getBytes(ISO_8859_1);
        String file = file("some.txt", bytes);
        String what = file + ":5: expected UTF-8, got the byte ff where no such byte can stand; ";
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            assertEquals(
                    what + "3 records before were appended",
                    cli.run("log-append", "audit", file, "--batch", "3").refusal(ExitCode.MISUSE));
            assertEquals(
                    "1\n2\n3\n",
                    cli.run("log-get", "audit", "0", "--count", "9").done().out());
            assertEquals(
                    what + "nothing was appended",
                    cli.run("log-append", "audit", file).refusal(ExitCode.MISUSE));
            assertEquals(
                    what + "4 records before were appended",
                    cli.run("log-append", "audit", file, "--batch", "1").refusal(ExitCode.MISUSE));
            assertEquals(
                    7, cli.run("log-list", "--json").done().json().get("size").asLong());
        }
    }

    @Test
    void aNewStoreStaysOnlyWhereSomethingWasAppended() throws IOException {
        Path store = folder.resolve("new.db");
        Cli cli = Cli.on(store.toString());
        String bad = file("bad.txt", new byte[] {'a', '\n', (byte) 0xff});
        cli.run("log-append", "audit", bad).refusal(ExitCode.MISUSE);
        cli.run("log-append", "audit", folder.resolve("none").toString()).refusal(ExitCode.MISUSE);
        cli.run("log-append", "no name", file("good.txt", "a\n")).refusal(ExitCode.MISUSE);
        assertFalse(Files.exists(store));
        cli.run("log-append", "audit", bad, "--batch", "1").refusal(ExitCode.MISUSE);
        assertTrue(Files.exists(store));
        assertEquals("a\n", cli.run("log-get", "audit", "0").done().out());
        cli.run("put", "key", "1", "--keys", "uint").refusal(ExitCode.MISUSE);
        assertEquals("a\n", cli.run("log-get", "audit", "0").done().out());
    }

    @Test
    void noRecordMakesAnEmptyLog() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            assertEquals(
                    "{\"log\":\"audit\",\"records\":0,\"commits\":1,\"size\":0,\"root\":\"" + root() + "\"}\n",
                    cli.run("log-append", "audit", "-", "--json").done().out());
            assertEquals(
                    "expected a record of number 0 in log 'audit', found 0 records, numbered from 0",
                    cli.run("log-get", "audit", "0").refusal(ExitCode.NO));
            assertEquals("", cli.run("log-get", "audit", "0", "--json").out());
        }
    }

    @Test
    void aRecordOfALineIsAtMost16MiB() throws IOException {
        byte[] large = new byte[(16 << 20) + 2];
        Arrays.fill(large, (byte) 'x');
        large[0] = 'a';
        large[1] = '\n';
        String fits = file("fits.txt", large);
        String tooLarge = file("large.txt", ("a\nx" + "x".repeat(16 << 20)).getBytes(UTF_8));
        String wholeToo = file("large.gz", gzip(new byte[(16 << 20) + 1]));
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            assertEquals(
                    2,
                    cli.run("log-append", "audit", fits, "--json")
                            .done()
                            .json()
                            .get("size")
                            .asLong());
            assertEquals(
                    tooLarge + ":2: expected a record of at most 16777216 bytes, got 16777217; nothing was appended",
                    cli.run("log-append", "audit", tooLarge).refusal(ExitCode.MISUSE));
            assertEquals(
                    wholeToo + ": expected a record of at most 16777216 bytes, got a longer one; nothing was appended",
                    cli.run("log-append", "audit", wholeToo, "--whole").refusal(ExitCode.MISUSE));
        }
    }

    @Test
    void aDamagedGzipIsRefused() throws IOException {
        byte[] good = gzip(numbered(50_000).getBytes(UTF_8));
        String cut = file("cut.gz", Arrays.copyOf(good, good.length / 2));
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            assertTrue(cli.run("log-append", "audit", cut)
                    .refusal(ExitCode.MISUSE)
                    .contains("expected the rest of a gzip file, got its end: it is cut off; "));
            assertTrue(cli.run("log-append", "audit", cut, "--whole")
                    .refusal(ExitCode.MISUSE)
                    .endsWith("expected the rest of a gzip file, got its end: it is cut off; nothing was appended"));
        }
    }

    @Test
    void manyRecordsTakeFewCommitsAndABarIsShownToWhoLooks() throws IOException {
        String file = file("many.txt", numbered(25_000));
        try (TestStore place = Engine.SQLITE.fresh()) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            Console terminal = new Console(
                    InputStream.nullInputStream(),
                    new PrintStream(out, false, UTF_8),
                    new PrintStream(err),
                    true,
                    true);
            String[] args = {"log-append", "many", file, "--store", place.url(), "--json"};
            assertEquals(ExitCode.DONE, Main.run(args, terminal));
            assertTrue(out.toString(UTF_8).contains("\"records\":25000,\"commits\":3,\"size\":25000"));
            assertTrue(err.toString(UTF_8).contains("append"), err.toString(UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsAskedWronglyIsMisuse(Engine engine) throws IOException {
        String file = file("some.txt", numbered(8));
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("log-append", "audit", file).done();
            for (String[] args : new String[][] {
                {"log-root", "other"}, {"log-get", "other", "0"}, {"log-prove", "other", "0", "--json"}
            }) {
                assertEquals(
                        "expected a log of records, one of audit, got 'other'; 'dacite log-append' makes one",
                        cli.run(args).refusal(ExitCode.MISUSE));
            }
            assertTrue(
                    cli.run("log-append", "a b", file).refusal(ExitCode.MISUSE).startsWith("expected a name of 1 to"));
            assertTrue(cli.run("log-root", "").refusal(ExitCode.MISUSE).startsWith("expected a name of 1 to"));
            assertTrue(cli.run("log-append", "audit", file, "--batch", "0")
                    .refusal(ExitCode.MISUSE)
                    .endsWith("got 0"));
            assertEquals(
                    "expected a size from 0 to 8, got 9",
                    cli.run("log-root", "audit", "--size", "9").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a record of number 8 in log 'audit', found 8 records, numbered from 0",
                    cli.run("log-get", "audit", "8").refusal(ExitCode.NO));
            cli.run("log-get", "audit", "x").refusal(ExitCode.MISUSE);
            cli.run("log-get", "audit", "0", "--count", "0").refusal(ExitCode.MISUSE);
            cli.run("log-get", "audit", "0", "--raw", "--json").refusal(ExitCode.MISUSE);
            cli.run("log-get", "audit").refusal(ExitCode.MISUSE);
            cli.run("log-append", "audit").refusal(ExitCode.MISUSE);
            cli.run("log-append", "audit", file, "--hash", "blake2b-256").refusal(ExitCode.MISUSE);
            assertEquals(8, log(cli).get("size").asLong());
        }
    }

    private static JsonNode log(Cli cli) {
        return cli.run("log-list", "--json").done().json();
    }
}
