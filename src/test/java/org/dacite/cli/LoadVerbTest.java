package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoadVerbTest {
    @TempDir
    private Path folder;

    private String file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String content) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content.getBytes(StandardCharsets.UTF_8));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a new store holds after a load: {@code key=value} a line. */
    private static String loaded(String... args) {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run(args).done();
            return shown(cli);
        }
    }

    private static String shown(Cli cli) {
        StringBuilder text = new StringBuilder();
        cli.run("scan", "--json")
                .done()
                .rows()
                .forEach(row -> text.append(row.get("key").asText())
                        .append('=')
                        .append(row.get("value").asText())
                        .append('\n'));
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachBatchIsARevision(Engine engine) {
        String file = file("some.tsv", "k\tv\n1\ta\n2\tb\n3\tc\n1\td\n5\te\n");
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            JsonNode summary = cli.run("load", file, "--batch", "2", "--json", "--time", "5", "--author", "Ada")
                    .done()
                    .json();
            assertEquals(
                    "[records, repeated, revisions, leaves, root, revision]",
                    WritingVerbsTest.names(summary).toString());
            assertEquals(5, summary.get("records").asLong());
            assertEquals(1, summary.get("repeated").asLong());
            assertEquals(3, summary.get("revisions").asLong());
            assertEquals(4, summary.get("leaves").asLong());
            assertEquals(3, summary.get("revision").get("id").asLong());
            assertEquals("load some.tsv", summary.get("revision").get("message").asText());
            assertEquals(
                    cli.run("root").done().out().strip(), summary.get("root").asText());
            assertEquals("1=d\n2=b\n3=c\n5=e\n", shown(cli));
            List<String> lines = cli.run("load", file, "--tree", "again").done().lines();
            assertTrue(
                    lines.get(0).matches("5 records \\(1 key repeated\\) in 1 revision, 8 leaves, .* s, .* records/s"),
                    lines.get(0));
            assertEquals("root " + cli.run("root").done().out().strip(), lines.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aBadRecordStopsItAndLosesNothing(Engine engine) {
        String file = file("some.csv", "k,v\n1,a\n2,b\n3,c\n4\n5,e\n");
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            assertEquals(
                    file + ":5: expected 2 columns, got 1; 2 records before were committed in 1 revision",
                    cli.run("load", file, "--batch", "2").refusal(ExitCode.MISUSE));
            assertEquals("1=a\n2=b\n", shown(cli));
            assertEquals(
                    file + ":5: expected 2 columns, got 1; 3 records before were committed in 1 revision",
                    cli.run("load", file, "--batch", "3").refusal(ExitCode.MISUSE));
            assertEquals("1=a\n2=b\n3=c\n", shown(cli));
        }
    }

    @Test
    void columnsAreChosenByName() {
        String file = file("some.csv", "\ufeffk,\"a,b\",c\r\nx,1,\"2\n\"\"3\"\"\"\r\n\r\n");
        assertEquals("x={\"a,b\":\"1\",\"c\":\"2\\n\\\"3\\\"\"}\n", loaded("load", file));
        assertEquals("1=x\n", loaded("load", file, "--key", "a,b", "--value", "k"));
        assertEquals("x=1\n", loaded("load", file, "--value", "a,b"));
        assertEquals(
                "1={\"k\":\"x\",\"c\":\"2\\n\\\"3\\\"\"}\n", loaded("load", file, "--key", "a,b", "--value", "c,k"));
        assertEquals("1={\"k\":\"x\",\"c\":\"2\\n\\\"3\\\"\"}\n", loaded("load", file, "--key", "a,b"));
        assertEquals("x={\"k\":\"x\",\"c\":\"2\\n\\\"3\\\"\"}\n", loaded("load", file, "--value", "c", "--value", "k"));
    }

    @Test
    void tabsAreNotQuoted() {
        assertEquals("\"a=b\"\n", loaded("load", file("some.tsv", "k\tv\r\n\"a\tb\"\r\n")));
        assertEquals("a=\n", loaded("load", file("some.tsv", "k\tv\na\t")));
    }

    @Test
    void jsonKeepsWhatItIs() {
        String file = file("some.jsonl", """
                {"id": 1, "v": {"a": [1.0, 1e5, true, null, "\\u00e9\\u0001"], "b": {}}, "w": "x"}

                {"w": "ü", "v": 123456789012345678901234567890.10, "id": 2}
                """);
        assertEquals(
                List.of(
                        "1={\"v\":{\"a\":[1.0,1e5,true,null,\"é\\u0001\"],\"b\":{}},\"w\":\"x\"}",
                        "2={\"v\":123456789012345678901234567890.10,\"w\":\"ü\"}"),
                loaded("load", file).lines().toList());
        assertEquals(
                List.of("1={\"a\":[1.0,1e5,true,null,\"é\\u0001\"],\"b\":{}}", "2=123456789012345678901234567890.10"),
                loaded("load", file, "--value", "v").lines().toList());
        assertEquals("x=1\nü=2\n", loaded("load", file, "--key", "w", "--value", "id"));
    }

    @ParameterizedTest
    @CsvSource({"'{\"k\":\"a\",\"v\":\"1\"}\n'", "'k,v\na,1\n'", "'k\tv\na\t1\n'"})
    void theFormatIsSeenWhereNobodyNamesIt(String content) {
        assertEquals("a=1\n", loaded("load", file("some.data", content)));
        assertEquals("a=1\n", loaded("load", file("packed", gzip(content))));
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.fed(gzip(content), "load", "-").done();
            cli.fed(content.getBytes(StandardCharsets.UTF_8), "load", "-").done();
            assertEquals("a=1\n", shown(cli));
            assertEquals(
                    "load standard input",
                    cli.run("log", "--json", "--limit", "1")
                            .json()
                            .get("message")
                            .asText());
        }
    }

    @Test
    void aGzipFileMayHaveSeveralMembers() {
        byte[] first = gzip("k,v\na,1\n");
        byte[] second = gzip("b,2\n");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertEquals("a=1\nb=2\n", loaded("load", file("some.csv.gz", both)));
    }

    @Test
    void noRecordsMakeNoRevision() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            String empty = "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986";
            assertEquals(
                    "0 records, so no revision; 0 leaves\nroot " + empty + "\n",
                    cli.run("load", file("some.csv", "k,v\n")).done().out());
            assertTrue(cli.run("load", file("some.csv", "k,v\n"), "--json")
                    .done()
                    .json()
                    .get("revision")
                    .isNull());
        }
    }

    @Test
    void keysAreReadAsTheStoreTakesThem() {
        String file = file("some.csv", "k,v\n10,x\n9,0x00\n");
        assertEquals("9=0x00\n10=x\n", loaded("load", file, "--keys", "uint"));
        String hex = file("some.csv", "k,v\n0x0010,x\nab,y\n");
        assertEquals("0x0010=x\nab=y\n", loaded("load", hex));
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("load", hex, "--keys", "bytes").done();
            assertEquals("x\n", cli.run("get", "0x0010").done().out());
            assertEquals("y\n", cli.run("get", "0x6162").done().out());
        }
    }

    /** Each file is refused at its line, in one line, with exit code 2, and nothing is committed of its batch. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.csv   | ''                         | 1 | names the columns, got a blank file",
                "x.tsv   | '\n\n'                     | 1 | names the columns, got a blank file",
                "x.jsonl | '\n'                       | 1 | got a blank file",
                "x.csv   | 'k,v\na,1,2\n'             | 2 | expected 2 columns, got 3",
                "x.tsv   | 'k\tv\na\n'                | 2 | expected 2 columns, got 1",
                "x.csv   | 'k,v,k\na,1,2\n'           | 1 | columns of different names, got 'k' twice",
                "x.csv   | 'k\na\n'                   | 1 | expected a value column",
                "x.csv   | 'k,v\na,\"1\n'             | 2 | expected a closing quote, got the end of the file",
                "x.csv   | 'k,v\nb,1\na,\"1\"2\n'     | 3 | after a closing quote",
                "x.csv   | 'k,v\n,1\n'                | 2 | expected a key of 1 to 1024 bytes, got an empty key",
                "x.csv   | 'k,v\n\"x\ny\",1\n,1\n'    | 4 | got an empty key",
                "x.jsonl | '{\"k\":\"a\"'             | 1 | expected a JSON object",
                "x.jsonl | '[1]'                      | 1 | expected a JSON object, got [1]",
                "x.jsonl | '{}'                       | 1 | got an empty one",
                "x.jsonl | '{\"k\":1,\"k\":2}'        | 1 | the member",
                "x.jsonl | '{\"k\":1,\"v\":2} {}'     | 1 | got more",
                "x.jsonl | '{\"k\":null,\"v\":2}'     | 1 | expected a string or a number in column 'k', got null",
                "x.jsonl | '{\"k\":1,\"v\":2}\n{\"k\":1}\n'                   | 2 | expected a column 'v', got the columns k",
                "x.jsonl | '{\"k\":1,\"v\":2}\n{\"k\":1,\"v\":2,\"w\":3}\n'   | 2 | got another, 'w'",
                "x.jsonl | '{\"k\":\"a\",\"v\":\"\\ud800\"}'                  | 1 | half of a surrogate pair",
                "x.jsonl | '{\"k\":\"\\u0000\",\"v\":\"\"}'                   | 1 | expected a text key without NUL",
            })
    void badContentIsRefusedAtItsLine(String name, String content, long line, String reason) {
        String file = file(name, content);
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            String refusal = cli.run("load", file).refusal(ExitCode.MISUSE);
            assertTrue(refusal.startsWith(file + ":" + line + ": "), refusal);
            assertTrue(refusal.contains(reason), refusal);
            assertTrue(refusal.endsWith("; nothing was committed"), refusal);
        }
    }

    @Test
    void badBytesAreRefusedAtTheirLine() {
        byte[] content = "k,v\na,1\nb,2\nc,X\n".getBytes(StandardCharsets.UTF_8);
        content[14] = (byte) 0xe9;
        String file = file("some.csv", content);
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            assertEquals(
                    file + ":4: expected UTF-8, got the byte e9 where no such byte can stand; 2 records before were"
                            + " committed in 2 revisions",
                    cli.run("load", file, "--batch", "1").refusal(ExitCode.MISUSE));
            assertEquals("a=1\nb=2\n", shown(cli));
        }
    }

    @Test
    void aCutGzipFileIsRefusedWhereverItIsCut() {
        StringBuilder content = new StringBuilder("k,v\n");
        for (int i = 0; i < 200; i++) {
            content.append("key")
                    .append(i)
                    .append(',')
                    .append(Integer.toHexString(i * 7919))
                    .append('\n');
        }
        byte[] whole = gzip(content.toString());
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("init").done();
            for (int length = 2; length < whole.length; length += 7) {
                String file = file("some.csv.gz", Arrays.copyOf(whole, length));
                String refusal = cli.run("load", file).refusal(ExitCode.MISUSE);
                assertTrue(
                        refusal.matches(".*some\\.csv\\.gz:[0-9]+: expected the rest of a gzip file, got its end.*"),
                        refusal);
            }
            byte[] damaged = whole.clone();
            damaged[whole.length - 6] ^= 1;
            assertTrue(cli.run("load", file("some.csv.gz", damaged))
                    .refusal(ExitCode.MISUSE)
                    .contains(":202: expected sound gzip"));
            assertTrue(cli.run("load", file("plain.csv.gz", "k,v\n"))
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected gzip in "));
            assertEquals(
                    0, cli.run("stats", "--json").done().json().get("revisions").asLong());
        }
    }

    @Test
    void keysThatAreNoneAreRefusedAtTheirLine() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("init", "--keys", "uint").done();
            for (String key : List.of("-1", "x", "9223372036854775808", "1.0")) {
                String file = file("some.csv", "k,v\n1,x\n" + key + ",y\n");
                String refusal = cli.run("load", file).refusal(ExitCode.MISUSE);
                assertTrue(refusal.startsWith(file + ":3: expected a whole number"), refusal);
            }
        }
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            String file = file("some.csv", "k,v\nab,x\nc,1\na,y\n");
            String refusal = cli.run("load", file, "--keys", "bytes").refusal(ExitCode.MISUSE);
            assertTrue(refusal.startsWith(file + ":2-4: expected keys of which none is a prefix of another"), refusal);
            String longKey = file("some.csv", "k,v\n" + "x".repeat(1025) + ",y\n");
            assertTrue(cli.run("load", longKey)
                    .refusal(ExitCode.MISUSE)
                    .startsWith(longKey + ":2: expected a key of 1 to 1024"));
            String longValue = file("some.csv", "k,v\na," + "x".repeat((16 << 20) + 1) + "\n");
            assertTrue(cli.run("load", longValue)
                    .refusal(ExitCode.MISUSE)
                    .contains(":2: expected a value of at most 16777216"));
        }
    }

    @Test
    void aFileThatCannotBeReadMakesNoStore() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            assertTrue(cli.run("load", folder.resolve("none.csv").toString())
                    .refusal(ExitCode.MISUSE)
                    .endsWith("found none"));
            assertTrue(
                    cli.run("load", folder.toString()).refusal(ExitCode.MISUSE).endsWith("found a folder"));
            String file = file("some.csv", "k,v\na,1\n");
            assertTrue(cli.run("load", file, "--key", "w")
                    .refusal(ExitCode.MISUSE)
                    .contains(":1: expected a column 'w', got the columns k, v"));
            cli.run("load", file, "--value", "v,w").refusal(ExitCode.MISUSE);
            cli.run("load", file, "--format", "xml").refusal(ExitCode.MISUSE);
            cli.run("load", file, "--batch", "0").refusal(ExitCode.MISUSE);
            cli.run("load", file, "--hash", "md5").refusal(ExitCode.MISUSE);
            assertFalse(Files.exists(Path.of(place.url())));
        }
    }

    @ParameterizedTest
    @CsvSource({"text, k, ''", "text, k, v", "bytes, ab, a", "uint, 1, x"})
    void aFirstLoadThatCommitsNothingLeavesNoStore(String codec, String first, String second) throws IOException {
        Path store = folder.resolve("new.db");
        String records =
                "k\tv\n" + first + "\t1\n" + second + (codec.equals("text") && second.equals("v") ? "\n" : "\t2\n");
        Cli cli = Cli.on(store.toString());
        String refusal =
                cli.run("load", file("x.tsv", records), "--keys", codec).refusal(ExitCode.MISUSE);
        assertTrue(refusal.endsWith("; nothing was committed"), refusal);
        cli.run("load", file("y.tsv", "k\tv\na\t1\n"), "--tree", "t//u").refusal(ExitCode.MISUSE);
        cli.run("put", "", "1").refusal(ExitCode.MISUSE);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(each -> each.toString().contains(".db")).toList());
        }
    }

    @Test
    void aStoreThatWasThereOrWasCommittedToStays() {
        Path store = folder.resolve("old.db");
        Cli cli = Cli.on(store.toString());
        cli.run("init").done();
        cli.run("put", "", "1").refusal(ExitCode.MISUSE);
        assertTrue(Files.exists(store));
        Path half = folder.resolve("half.db");
        Cli.on(half.toString())
                .run("load", file("x.tsv", "k\tv\na\t1\n\t2\n"), "--batch", "1")
                .refusal(ExitCode.MISUSE);
        assertEquals("1\n", Cli.on(half.toString()).run("get", "a").done().out());
    }

    @Test
    void progressIsShownOnATerminalAndOnStandardErrorAlone() {
        String file = file("some.csv", "k,v\na,1\n");
        try (TestStore place = Engine.SQLITE.fresh()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Console terminal =
                    new Console(InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err), true, true);
            assertEquals(
                    ExitCode.DONE, Main.run(new String[] {"load", file, "--json", "--store", place.url()}, terminal));
            assertTrue(err.toString(StandardCharsets.UTF_8).contains("load"), err.toString(StandardCharsets.UTF_8));
            assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("{\"records\":1,"));
        }
    }
}
