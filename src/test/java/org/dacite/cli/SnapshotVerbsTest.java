package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.dacite.context.TezosHashes;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotVerbsTest {
    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void fill() {
        cli = Cli.on(at("source.db"));
        cli.run("put", "a", "1", "b", "2", "--time", "5").done();
        cli.run("put", "--tree", "t", "c", "3", "--time", "6").done();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static String root(Cli cli, String at) {
        return cli.run("root", "--at", at).done().out().strip();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aStateAndWhatFollowedTravel(Engine engine) {
        JsonNode written = cli.run("export", "--snapshot", "--at", "main~1", "-o", at("first.dac"), "--json")
                .done()
                .json();
        assertEquals(
                "[revision, root, since, leaves, bytes]",
                WritingVerbsTest.names(written).toString());
        assertEquals(2, written.get("leaves").asLong());
        cli.run("export", "--snapshot", "--since", "main~1", "-o", at("second.dac"))
                .done();
        try (TestStore place = engine.fresh()) {
            Cli copy = Cli.on(place.url());
            JsonNode read = copy.run(
                            "import",
                            at("first.dac"),
                            "--root",
                            root(cli, "main~1"),
                            "--json",
                            "-m",
                            "why",
                            "--author",
                            "Ada",
                            "--time",
                            "7")
                    .done()
                    .json();
            assertEquals(
                    "[root, holds, leaves, revision]",
                    WritingVerbsTest.names(read).toString());
            assertEquals("why", read.get("revision").get("message").asText());
            List<String> lines = copy.run("import", at("second.dac"), "--root", root(cli, "main"))
                    .done()
                    .lines();
            assertTrue(lines.get(0).endsWith(": 3 leaves, root " + root(cli, "main")), lines.get(0));
            assertEquals("every hash was computed anew, and the root is the trusted one", lines.get(1));
            assertEquals("3", copy.run("get", "--tree", "t", "c").done().out().strip());
            assertEquals(
                    "import second.dac",
                    copy.run("log", "--limit", "1", "--json")
                            .done()
                            .json()
                            .get("message")
                            .asText());
        }
    }

    @Test
    void aPlainOneIsTheSameBytesAndAProof() throws Exception {
        cli.run("export", "--snapshot", "-o", at("packed.dac")).done();
        cli.run("export", "--snapshot", "--plain", "-o", at("plain.dac")).done();
        byte[] plain = Files.readAllBytes(Path.of(at("plain.dac")));
        byte[] packed = Files.readAllBytes(Path.of(at("packed.dac")));
        assertEquals(
                new String(plain, StandardCharsets.ISO_8859_1),
                new String(
                        new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(),
                        StandardCharsets.ISO_8859_1));
        Cli.plain("check", at("plain.dac"), "--root", root(cli, "main"), "a").done();
        Cli copy = Cli.on(at("copy.db"));
        copy.fed(packed, "import", "-", "--root", root(cli, "main")).done();
        assertEquals(root(cli, "main"), root(copy, "main"));
    }

    @Test
    void whatIsCutOffFlippedOrOfAnotherRootLeavesNoStore() throws Exception {
        String root = root(cli, "main");
        cli.run("export", "--snapshot", "-o", at("good.dac")).done();
        byte[] good = Files.readAllBytes(Path.of(at("good.dac")));
        Cli copy = Cli.on(at("copy.db"));
        String bad = at("bad.dac");
        List<String> before =
                Stream.concat(files().stream(), Stream.of("bad.dac")).sorted().toList();
        for (int end = 20; end < good.length; end += 7) {
            Files.write(Path.of(bad), Arrays.copyOf(good, end));
            String refusal = copy.run("import", bad, "--root", root).refusal(ExitCode.NO);
            assertTrue(
                    refusal.startsWith("expected a whole snapshot in " + bad + ", got one that is cut off or damaged: ")
                            && refusal.endsWith("; nothing was imported"),
                    refusal);
        }
        for (int at = 12; at < good.length; at += 5) {
            byte[] flipped = good.clone();
            flipped[at] ^= 4;
            Files.write(Path.of(bad), flipped);
            copy.run("import", bad, "--root", root).refusal(ExitCode.NO);
        }
        String other = root(cli, "main~1");
        Cli.Run run = copy.run("import", at("good.dac"), "--root", other, "--json");
        assertEquals(ExitCode.NO, run.code());
        assertFalse(run.json().get("holds").asBoolean());
        assertEquals(
                "dacite: expected a snapshot with root " + other + ", got one with root " + root
                        + "; nothing was imported\n",
                run.err());
        Files.writeString(Path.of(bad), "key,value\n");
        assertEquals(
                "expected a snapshot in " + bad + ", got something else at byte 0: expected a packed form, which begins"
                        + " with \"DAC1\", got 6b; nothing was imported",
                copy.run("import", bad, "--root", root).refusal(ExitCode.NO));
        assertEquals(before, files());
    }

    @Test
    void aStoreThatIsThereKeepsWhatItHas() throws Exception {
        Cli copy = Cli.on(at("copy.db"));
        copy.run("put", "x", "y").done();
        String before = root(copy, "main");
        cli.run("export", "--snapshot", "--since", "main~1", "-o", at("since.dac"))
                .done();
        assertTrue(copy.run("import", at("since.dac"), "--root", root(cli, "main"))
                .refusal(ExitCode.MISUSE)
                .startsWith("expected a store that holds what the snapshot leaves out, got one without the part at"));
        assertEquals(before, root(copy, "main"));
        try (Dacite dacite = Dacite.open(at("copy.db"))) {
            assertEquals(1, dacite.store().counts().revisions());
            assertEquals(1, dacite.store().counts().leaves());
        }
    }

    @Test
    void saysWhatIsMissing() {
        cli.run("export", "--snapshot", "--since", "main~1", "-o", at("since.dac"))
                .done();
        assertEquals(
                "expected a snapshot of a whole state, since there is no store at " + at("copy.db")
                        + ", got one that was made --since an older state; import that one first",
                Cli.on(at("copy.db"))
                        .run("import", at("since.dac"), "--root", root(cli, "main"))
                        .refusal(ExitCode.MISUSE));
        assertEquals(
                "expected -o FILE for the snapshot, got none",
                cli.run("export", "--snapshot").refusal(ExitCode.MISUSE));
        assertEquals(
                "expected a folder at '" + at("nowhere") + "' to write the snapshot into, found none",
                cli.run("export", "--snapshot", "-o", at("nowhere/x.dac")).refusal(ExitCode.MISUSE));
        Cli sha3 = Cli.on(at("sha3.db"));
        sha3.run("init", "--hash", "sha3-256").done();
        cli.run("export", "--snapshot", "-o", at("all.dac")).done();
        assertEquals(
                "expected a snapshot of sha3-256, which the store is made with, got one of sha256",
                sha3.run("import", at("all.dac"), "--root", root(cli, "main")).refusal(ExitCode.MISUSE));
        assertFalse(files().contains("copy.db"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsImportedIsGivenItsTezosHashFromItsLeaves(Engine engine) throws IOException {
        String rows =
                IntStream.range(0, 300).mapToObj(i -> "n" + i + ",v" + i + "\n").collect(Collectors.joining());
        Files.writeString(folder.resolve("rows.csv"), "k,v\n" + rows);
        Cli carrying = Cli.on(at("carrying.db"));
        carrying.run("init", "--hash-scheme", "tezos").done();
        carrying.run("put", "a", "1", "b", "2").done();
        carrying.run("put", "--tree", "t/u", "c", "v".repeat(200)).done();
        carrying.run("load", at("rows.csv"), "--key", "k", "--value", "v", "--tree", "big")
                .done();
        carrying.run("export", "--snapshot", "-o", at("state.dac")).done();
        try (TestStore place = engine.fresh()) {
            Cli copy = Cli.on(place.url());
            copy.run("init", "--hash-scheme", "tezos").done();
            copy.run("import", at("state.dac"), "--root", root(carrying, "main"))
                    .done();
            assertEquals(tezosRoot(at("carrying.db")), tezosRoot(place.url()));
            copy.run("fsck").done();
            copy.run("put", "--tree", "big", "n7", "other").done();
            carrying.run("put", "--tree", "big", "n7", "other").done();
            assertEquals(tezosRoot(at("carrying.db")), tezosRoot(place.url()));
        }
    }

    private static Digest tezosRoot(String store) {
        try (Dacite dacite = Dacite.open(store)) {
            return TezosHashes.of(dacite, dacite.branch("main").head().orElseThrow())
                    .orElseThrow()
                    .root();
        }
    }
}
