package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** sql --prove and check-rows: rows that prove themselves, and forged ones that do not. */
class ProvenRowsTest {
    @TempDir
    private Path folder;

    private static Cli filled(TestStore place, String... options) {
        Cli cli = Cli.on(place.url());
        String[] put = {"put", "k1", "one", "k2", "two, and \"more\"", "k3", "", "k4", "0x00ff", "l", "5"};
        String[] all = Arrays.copyOf(put, put.length + options.length);
        System.arraycopy(options, 0, all, put.length, options.length);
        cli.run(all).done();
        cli.run("put", "k2", "other").done();
        cli.run("put", "--tree", "t", "a", "1", "b", "2").done();
        return cli;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static String root(Cli cli, String at) {
        return cli.run("root", "--at", at).done().out().strip();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsProvedIsWhatTheDatabaseAnswers(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            String root = root(cli, "1");
            for (String[] each : new String[][] {
                {"key = 'k1'", "1 row of the key k1 in the top tree"},
                {"key in ('k9', 'k3')", "1 row of the keys k3, k9 in the top tree; the others are absent"},
                {"key like 'k%'", "4 rows: all keys of the top tree that begin with k, and no others"},
                {"key >= 'k2' and key < 'l'", "3 rows: all keys of the top tree, from k2, before l, and no others"},
                {"key > 'k2' and key <= 'l'", "3 rows: all keys of the top tree, after k2, up to l, and no others"},
                {"key between 'k2' and 'k3'", "2 rows: all keys of the top tree, from k2, up to k3, and no others"},
                {"key_hex >= '6b3300'", "3 rows: all keys of the top tree, from k3, and no others"},
                {"tree = ''", "5 rows: all keys of the top tree, and no others"},
                {"tree = 't'", "0 rows: all keys of the tree t, and no others"},
            }) {
                for (String name : List.of("rows.csv", "rows.jsonl", "rows.parquet")) {
                    String said = cli.run(
                                    "sql",
                                    "--prove",
                                    "--at",
                                    "1",
                                    "-o",
                                    file(name),
                                    "select tree, key, value, key_hex, value_hex from state where " + each[0])
                            .err();
                    assertTrue(said.startsWith(each[1] + "; "), said);
                    assertEquals(
                            each[1] + "\nthe rows hold for root " + root
                                    + "; keys were read as text, since --keys was not given\n",
                            Cli.plain("check-rows", file(name), "--root", root)
                                    .done()
                                    .out());
                }
            }
            cli.run(
                    "sql",
                    "--prove",
                    "-o",
                    file("t.csv"),
                    "select key, value from state where tree = 't' and key > 'a'");
            assertEquals("key,value\nb,2\n", Files.readString(folder.resolve("t.csv")));
            assertEquals(
                    "{\"root\":\"" + root(cli, "main")
                            + "\",\"holds\":true,\"rows\":1,\"selected\":\"1 row: all keys of the tree t, after a, and no others\"}\n",
                    Cli.plain("check-rows", file("t.csv"), "--root", root(cli, "main"), "--json")
                            .done()
                            .out());
        }
    }

    @Test
    void forgedRowsAreCaught() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            String root = root(cli, "1");
            for (String name : List.of("rows.csv", "rows.jsonl", "rows.parquet")) {
                String select = "select key, value from state where key like 'k%'";
                cli.run("sql", "--prove", "--at", "1", "-o", file(name), select);
                Path rows = folder.resolve(name);
                Path proof = folder.resolve(name + ".proof");
                byte[] honest = Files.readAllBytes(rows);
                byte[] shown = Files.readAllBytes(proof);
                String said = "4 rows: all keys of the top tree that begin with k, and no others\n";
                assertTrue(Cli.plain("check-rows", file(name), "--root", root)
                        .done()
                        .out()
                        .startsWith(said));
                String text = new String(honest, StandardCharsets.ISO_8859_1);
                // a value changed, a key changed
                for (String[] each : new String[][] {{"one", "two"}, {"k3", "k5"}}) {
                    Files.write(rows, text.replace(each[0], each[1]).getBytes(StandardCharsets.ISO_8859_1));
                    refused(name, root, "the rows that the proof shows");
                }
                // every byte of the file and of the proof counts
                for (int i = 0; i < honest.length; i += 7) {
                    Files.write(rows, flipped(honest, i));
                    refused(name, root, "");
                }
                Files.write(rows, honest);
                for (int i = 0; i < shown.length; i += 3) {
                    Files.write(proof, flipped(shown, i));
                    Cli.Run run = Cli.plain("check-rows", file(name), "--root", root);
                    assertFalse(run.code() == ExitCode.DONE && run.out().startsWith(said), "byte " + i);
                }
                Files.write(proof, Arrays.copyOf(shown, shown.length - 1));
                refused(name, root, "a proof of rows");
                // of another revision, of another root
                Files.write(proof, shown);
                refused(name, root(cli, "main"), "root");
                cli.run("sql", "--prove", "--at", "2", "-o", file("later-" + name), select);
                Files.copy(folder.resolve("later-" + name), rows, StandardCopyOption.REPLACE_EXISTING);
                refused(name, root, "the rows that the proof shows");
                // of a narrower range
                cli.run(
                        "sql",
                        "--prove",
                        "--at",
                        "1",
                        "-o",
                        file("less-" + name),
                        "select key, value from state where key < 'k4'");
                Files.write(rows, Files.readAllBytes(folder.resolve("less-" + name)));
                Files.write(proof, shown);
                refused(name, root, "the rows that the proof shows");
            }
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    private void refused(String name, String root, String reason) {
        String said = Cli.plain("check-rows", file(name), "--root", root).refusal(ExitCode.NO);
        assertTrue(said.contains(reason), said);
    }

    @Test
    void linesAddedLeftOutAndReorderedAreNamed() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            String root = root(cli, "main");
            Path rows = folder.resolve("rows.csv");
            cli.run("sql", "--prove", "-o", rows.toString(), "select key, value from state where key like 'k%'");
            List<String> lines = Files.readAllLines(rows);
            assertEquals(List.of("key,value", "k1,one", "k2,other", "k3,\"\"", "k4,0x00ff"), lines);
            String shown = "expected the rows that the proof shows, with ";
            Files.writeString(rows, String.join("\n", lines) + "\nk5,5\n");
            assertEquals(shown + "nothing in line 6, got 'k5,5'", refusal(rows, root));
            Files.writeString(rows, "key,value\nk1,one\nk3,\"\"\nk4,0x00ff\n");
            assertEquals(shown + "'k2,other' in line 3, got 'k3,\"\"'", refusal(rows, root));
            Files.writeString(rows, "key,value\nk2,other\nk1,one\nk3,\"\"\nk4,0x00ff\n");
            assertEquals(shown + "'k1,one' in line 2, got 'k2,other'", refusal(rows, root));
            Files.writeString(rows, "key,value\nk1,one\nk2,other\nk3,\"\"\n");
            assertEquals(shown + "'k4,0x00ff' in line 5, got nothing", refusal(rows, root));
        }
    }

    private static String refusal(Path rows, String root) {
        return Cli.plain("check-rows", rows.toString(), "--root", root).refusal(ExitCode.NO);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyCodecHasItsProofs(Engine engine) throws IOException {
        for (String[] each : new String[][] {
            {"uint", "5", "7", "key_hex >= '0000000000000006'", "7"},
            {"bytes", "0x00", "0x0100", "key_hex > '00'", "0x0100"},
            {"hashed", "a", "b", "key = 'b'", "b"}
        }) {
            try (TestStore place = engine.fresh()) {
                Cli cli = Cli.on(place.url());
                cli.run("put", each[1], "one", each[2], "two", "--keys", each[0])
                        .done();
                Path rows = folder.resolve(each[0] + ".csv");
                String said = cli.run(
                                "sql",
                                "--prove",
                                "-o",
                                rows.toString(),
                                "select key, value from state where " + each[3])
                        .err();
                String root = root(cli, "main");
                assertTrue(
                        said.endsWith("; dacite check-rows " + rows + " --root " + root + " --keys " + each[0] + "\n"),
                        said);
                assertEquals("key,value\n" + each[4] + ",two\n", Files.readString(rows));
                Cli.plain("check-rows", rows.toString(), "--root", root, "--keys", each[0])
                        .done();
                assertEquals(
                        "expected a proof of text keys, as is meant without --keys, got one of " + each[0]
                                + " keys; if those of the store are, say --keys " + each[0],
                        Cli.plain("check-rows", rows.toString(), "--root", root).refusal(ExitCode.MISUSE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatCannotBeProvedIsRefusedPlainly(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            for (String[] each : new String[][] {
                {
                    "select key from state where value = '5'",
                    "one of the columns key, key_hex, tree, got 'value' at character 29"
                },
                {"select key from leaf", "'state', got 'leaf' at character 17"},
                {
                    "select key from state limit 5",
                    "the end of the statement, since rows are proved in the order of their keys and all of them, got 'limit' at character 23"
                },
                {
                    "select key from state where key = 'a' or key = 'b'",
                    "the end of the statement, since rows are proved in the order of their keys and all of them, got 'or' at character 39"
                },
                {"select key from state where key = 5", "a text between single quotes, got '5' at character 35"},
                {
                    "select key from state where key like '%a'",
                    "a prefix with % behind it and no other pattern, got ''%a'' at character 38"
                },
            }) {
                assertEquals(
                        "expected a select that can be proved, with " + each[1]
                                + "; prove the rows that it rests on, such as select key, value from state where key like"
                                + " 'al%', and compute from them once they are checked",
                        cli.run("sql", "--prove", "-o", file("no.csv"), each[0]).refusal(ExitCode.MISUSE));
            }
            for (String[] each : new String[][] {
                {"select count(*) from state where tree = ''", "'count(' at character 8", "from state where tree = ''"},
                {
                    "select tree, Sum(length(value)) as n from  state where key like 'k%' group by tree",
                    "'Sum(' at character 14",
                    "from  state where key like 'k%'"
                },
                {"select max(key) from state where key < 'l';", "'max(' at character 8", "from state where key < 'l'"},
            }) {
                assertEquals(
                        "expected a select that can be proved, with columns alone, got " + each[1]
                                + "; prove the rows that it rests on, select key, value " + each[2]
                                + ", and compute it from them once they are checked",
                        cli.run("sql", "--prove", "-o", file("no.csv"), each[0]).refusal(ExitCode.MISUSE));
                cli.run("sql", "--prove", "-o", file("inputs.csv"), "select key, value " + each[2]);
                Cli.plain("check-rows", file("inputs.csv"), "--root", root(cli, "main"))
                        .done();
            }
            assertTrue(cli.run("sql", "--prove", "-o", file("no.csv"), "select key from state where key in ('a', 'k1')")
                    .refusal(ExitCode.MISUSE)
                    .startsWith(
                            "expected a select to which the database answers the rows that are proved, got 2 rows from"
                                    + " it and 1 row that are proved: "));
            assertEquals(
                    "expected -o FILE beside --prove, since the proof is written into FILE.proof, got none",
                    cli.run("sql", "--prove", "select key from state").refusal(ExitCode.MISUSE));
            assertFalse(Files.exists(folder.resolve("no.csv")));
            assertFalse(Files.exists(folder.resolve("no.csv.proof")));
        }
    }
}
