package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forger makes files of every format that are sound in themselves, for a state of his own; check-rows, with no store, tells. */
class ForgedRowsTest {
    private static final String RANGE = "select tree, key, value from state where key like 'k%'";
    private static final String TREE = "select tree, key, value from state where tree = 'accounts/alice'";
    private static final String NOTHING = "select tree, key, value from state where key like 'q%'";
    private static final String ABSENT = "select tree, key, value from state where key = 'k9'";

    private static final AtomicInteger forgers = new AtomicInteger();
    private static TestStore place;
    private static Cli store;

    @TempDir
    private Path folder;

    private Path rows;
    private String root;
    private String format;

    @BeforeEach
    void begin() {
        format = "csv";
    }

    @BeforeAll
    static void fill() {
        place = Engine.SQLITE.fresh();
        store = Cli.on(place.url());
        store.run("put", "k1", "one", "k2", "two", "k3", "three", "l", "4").done();
        store.run("put", "--tree", "accounts/alice", "coins", "10", "nonce", "1")
                .done();
    }

    @AfterAll
    static void leave() {
        place.close();
    }

    /** Rows and their proof, of the honest state, or of one that the forger made of it by a deed; answers its root. */
    private String proofs(String name, String select, String... deed) {
        String at = "2";
        if (deed.length > 0) {
            at = "forger-" + forgers.incrementAndGet();
            store.run("branch", at, "2").done();
            String[] there = Arrays.copyOf(deed, deed.length + 2);
            there[deed.length] = "--branch";
            there[deed.length + 1] = at;
            store.run(there).done();
        }
        Cli.Run run = store.run("sql", "--prove", "--at", at, "-o", file(name).toString(), select);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        return store.run("root", "--at", at).done().out().strip();
    }

    private Path file(String name) {
        return folder.resolve(name + "." + format);
    }

    private Path proof(String name) {
        return folder.resolve(name + "." + format + ".proof");
    }

    private void honest(String select) {
        root = proofs("honest", select);
        rows = file("honest");
        String said =
                Cli.plain("check-rows", rows.toString(), "--root", root).done().out();
        assertTrue(said.contains("the rows hold for root " + root), said);
    }

    /** The forger's rows with the honest proof, with his own proof, and his proof with the honest rows: none holds. */
    private void refusesForgery(String select, String... deed) throws IOException {
        String other = proofs("forged", select, deed);
        assertTrue(!other.equals(root));
        String file = file("forged").toString();
        Cli.plain("check-rows", file, "--root", other).done(); // it is sound, for a root that nobody trusts
        assertTrue(refusal(file).contains(root), "his own proof");
        String said = refusal(file, "--proof", proof("honest").toString());
        assertTrue(said.startsWith("expected the rows that the proof shows"), said);
        refusal(rows.toString(), "--proof", proof("forged").toString());
        Files.copy(file("honest"), file("again"), StandardCopyOption.REPLACE_EXISTING);
        Cli.plain(
                        "check-rows",
                        file("again").toString(),
                        "--root",
                        root,
                        "--proof",
                        proof("honest").toString())
                .done();
    }

    private String refusal(String file, String... more) {
        List<String> args = new ArrayList<>(List.of("check-rows", file, "--root", root));
        args.addAll(Arrays.asList(more));
        return Cli.plain(args.toArray(String[]::new)).refusal(ExitCode.NO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void whateverTheForgerChanges(String format) throws IOException {
        this.format = format;
        honest(RANGE);
        refusesForgery(RANGE, "put", "k2", "2"); // a value, of another revision or of nowhere
        refusesForgery(RANGE, "put", "k22", "2"); // a row more
        refusesForgery(RANGE, "delete", "k2"); // a row left out, in the middle and at both ends
        refusesForgery(RANGE, "delete", "k1");
        refusesForgery(RANGE, "delete", "k3");
        honest(TREE);
        refusesForgery(TREE, "put", "--tree", "accounts/alice", "coins", "11");
        refusesForgery(TREE, "put", "--tree", "accounts/alice", "more", "1");
        refusesForgery(TREE, "delete", "--tree", "accounts/alice", "nonce");
        refusesForgery(TREE.replace("alice", "bob"), "put", "--tree", "accounts/bob", "coins", "10", "nonce", "1");
        honest(NOTHING);
        refusesForgery(NOTHING, "put", "q", "1");
        honest(ABSENT);
        refusesForgery(ABSENT, "put", "k9", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void filesThatAreNoSuchRows(String format) throws IOException {
        this.format = format;
        honest(RANGE);
        byte[] bytes = Files.readAllBytes(rows);
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            Files.write(rows, Arrays.copyOf(bytes, length));
            refusal(rows.toString());
        }
        Files.write(rows, Arrays.copyOf(bytes, bytes.length + 1));
        refusal(rows.toString());
        Files.write(rows, bytes);
        byte[] proof = Files.readAllBytes(proof("honest"));
        for (int length : new int[] {0, 1, proof.length / 2, proof.length - 1}) {
            Files.write(proof("honest"), Arrays.copyOf(proof, length));
            String said = refusal(rows.toString());
            assertTrue(said.startsWith("expected a proof of rows in "), said);
        }
        Files.write(proof("honest"), proof);
        proofs("columns", RANGE.replace("tree, ", "")); // the same rows with other columns
        String said =
                refusal(file("columns").toString(), "--proof", proof("honest").toString());
        assertTrue(said.startsWith("expected the rows that the proof shows"), said);
        Files.delete(proof("honest"));
        assertEquals(
                "expected a file at '" + proof("honest") + "', found none",
                Cli.plain("check-rows", rows.toString(), "--root", root).refusal(ExitCode.MISUSE));
        assertEquals(
                "expected a file at '" + file("none") + "', found none",
                Cli.plain("check-rows", file("none").toString(), "--root", root).refusal(ExitCode.MISUSE));
    }

    /** As a spreadsheet or an editor writes them. */
    @Test
    void linesThatEndOtherwise() throws IOException {
        for (String each : List.of("csv", "jsonl")) {
            format = each;
            honest(RANGE);
            String text = Files.readString(rows);
            Files.writeString(rows, text.replace("\n", "\r\n"));
            String said = refusal(rows.toString());
            assertTrue(
                    said.contains("in line 1, got")
                            && said.endsWith(
                                    "; the lines of this file end with CR LF, which"
                                            + " another program wrote: rows are checked byte for byte, as 'sql --prove' wrote them"),
                    said);
            Files.write(rows, ("\ufeff" + text).getBytes(StandardCharsets.UTF_8));
            assertTrue(refusal(rows.toString()).contains("in line 1, got"));
            Files.writeString(rows, text.stripTrailing());
            refusal(rows.toString());
        }
    }

    @Test
    void theLanguageOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            for (String each : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(each));
                for (String one : List.of("csv", "jsonl", "parquet")) {
                    format = one;
                    honest(RANGE.toUpperCase(Locale.ROOT).replace("K%", "k%"));
                    Locale.setDefault(before);
                    Cli.plain("check-rows", rows.toString(), "--root", root).done();
                    Locale.setDefault(Locale.forLanguageTag(each));
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
