package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** prove and check. */
class ProofVerbsTest {
    private static final String NO_ROOT = "00".repeat(32);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("some.proof");
    }

    private static Cli filled(TestStore place, String... more) {
        Cli cli = Cli.on(place.url());
        String[] put = {"put", "a", "1", "ab", "3", "b", "2", "c", "0xff"};
        String[] all = Arrays.copyOf(put, put.length + more.length);
        System.arraycopy(more, 0, all, put.length, more.length);
        cli.run(all).done();
        return cli;
    }

    private Cli.Run check(String root, String... more) {
        String[] all =
                Arrays.copyOf(new String[] {"check", file.toString(), "--root", root, "--json"}, 5 + more.length);
        System.arraycopy(more, 0, all, 5, more.length);
        return Cli.plain(all);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofOfKeysIsChecked(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            String root = cli.run("root").done().out().strip();
            Cli.Run proved = cli.run("prove", "a", "nothing", "-o", file.toString());
            assertEquals(ExitCode.DONE, proved.code());
            assertEquals("", proved.out());
            assertEquals("proof of 2 keys, " + Files.size(file) + " bytes, for root " + root + "\n", proved.err());
            assertEquals(
                    "{\"root\":\"" + root + "\",\"holds\":true,\"keys\":["
                            + "{\"key\":\"a\",\"verdict\":\"present\",\"value\":\"1\"},"
                            + "{\"key\":\"nothing\",\"verdict\":\"absent\",\"value\":null}]}\n",
                    check(root, "a", "nothing").done().out());
            Cli.Run unknown = check(root, "b");
            assertEquals(ExitCode.NO, unknown.code());
            assertEquals(
                    "unknown", unknown.json().get("keys").get(0).get("verdict").asText());
            assertEquals(
                    List.of(
                            "key      verdict  value",
                            "a        present  1",
                            "nothing  absent",
                            "the proof holds for root " + root
                                    + "; keys were read as text, since --keys was not given"),
                    Cli.plain("check", file.toString(), "--root", root, "a", "nothing")
                            .done()
                            .lines());
            assertEquals(
                    "[{\"key\":\"a\",\"verdict\":\"present\",\"value\":\"1\"}]",
                    check(root).done().json().get("keys").toString());
            Cli.Run other = check(NO_ROOT, "a");
            assertEquals(
                    "expected a proof for root " + NO_ROOT + ", got one for root " + root, other.refusal(ExitCode.NO));
            assertEquals("{\"root\":\"" + NO_ROOT + "\",\"holds\":false,\"keys\":[]}\n", other.out());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofOfARangeOrOfATreeIsChecked(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            cli.run("put", "--tree", "t/u", "x", "7").done();
            String old = cli.run("root", "--at", "1").done().out().strip();
            String root = cli.run("root").done().out().strip();
            JsonNode range = cli.run("prove", "--range", "ab", "c", "--at", "1", "-o", file.toString(), "--json")
                    .done()
                    .json();
            assertEquals(
                    "[root, keys, bytes, file]", WritingVerbsTest.names(range).toString());
            assertEquals(old, range.get("root").asText());
            assertEquals(2, range.get("keys").asLong());
            assertEquals(2, check(old).done().json().get("keys").size());
            assertEquals(
                    "absent",
                    check(old, "abc")
                            .done()
                            .json()
                            .get("keys")
                            .get(0)
                            .get("verdict")
                            .asText());
            cli.run("prove", "--tree", "t/u", "x", "y", "-o", file.toString(), "--json")
                    .done();
            JsonNode keys = check(root, "--tree", "t/u", "x", "y").done().json().get("keys");
            assertEquals("7", keys.get(0).get("value").asText());
            assertEquals("absent", keys.get(1).get("verdict").asText());
            JsonNode tree = check(root, "t").done().json().get("keys").get(0);
            assertEquals(
                    "[key, verdict, value, tree_root]",
                    WritingVerbsTest.names(tree).toString());
            assertEquals("present", tree.get("verdict").asText());
            assertEquals(64, tree.get("tree_root").asText().length());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void keysThatHoldATreeAreListed(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            cli.run("put", "--tree", "t/u", "x", "7").done();
            String root = cli.run("root").done().out().strip();
            cli.run("prove", "--tree", "t/u", "x", "-o", file.toString(), "--json")
                    .done();
            String t = treeRoot(root, "t");
            String u = treeRoot(root, "u", "--tree", "t");
            String inner = "\"key\":\"u\",\"verdict\":\"present\",\"value\":null,\"tree_root\":\"" + u + "\"}";
            String x = "\"key\":\"x\",\"verdict\":\"present\",\"value\":\"7\"}";
            assertEquals(
                    "[{\"key\":\"t\",\"verdict\":\"present\",\"value\":null,\"tree_root\":\"" + t + "\"},"
                            + "{\"tree\":\"t\"," + inner + ",{\"tree\":\"t/u\"," + x + "]",
                    check(root).done().json().get("keys").toString());
            assertEquals(
                    "[{" + inner + ",{\"tree\":\"u\"," + x + "]",
                    check(root, "--tree", "t").done().json().get("keys").toString());
            assertEquals(
                    List.of(
                            "tree  key  verdict  value",
                            "      t    present  (a tree with root " + t + ")",
                            "t     u    present  (a tree with root " + u + ")",
                            "t/u   x    present  7"),
                    Cli.plain("check", file.toString(), "--root", root)
                            .done()
                            .lines()
                            .subList(0, 4));
            cli.run("prove", "t", "-o", file.toString(), "--json").done();
            assertEquals(
                    t,
                    check(root)
                            .done()
                            .json()
                            .get("keys")
                            .get(0)
                            .get("tree_root")
                            .asText());
        }
    }

    private String treeRoot(String root, String... asked) {
        JsonNode key = check(root, asked).done().json().get("keys").get(0);
        return key.get("tree_root").asText();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofGoesToStandardOutput(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, "--keys", "hashed", "--hash", "blake2b-256");
            Cli.Run proved = cli.run("prove", "a", "zz");
            byte[] bytes = proved.bytes();
            JsonNode inJson = cli.run("prove", "a", "zz", "--json").done().json();
            assertArrayEquals(
                    bytes, HexFormat.of().parseHex(inJson.get("proof").asText().substring(2)));
            String root = inJson.get("root").asText();
            Cli.Run checked = cli.fed(bytes, "check", "-", "--root", root, "--keys", "hashed", "a", "zz", "--json");
            assertEquals(2, checked.done().json().get("keys").size());
            cli.run("prove", "--range", "a", "b", "--json").refusal(ExitCode.MISUSE);
        }
    }

    @Test
    void everyCutAndEveryFlipIsNoticed() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            String root = cli.run("root").done().out().strip();
            cli.run("prove", "a", "zz", "-o", file.toString());
            byte[] proof = Files.readAllBytes(file);
            for (int length = 0; length < proof.length; length++) {
                Files.write(file, Arrays.copyOf(proof, length));
                Cli.Run run = check(root, "a");
                String refusal = run.refusal(ExitCode.NO);
                assertTrue(refusal.contains("at byte "), refusal);
                assertFalse(run.json().get("holds").asBoolean());
            }
            for (int at = 0; at < proof.length; at++) {
                for (int mask : new int[] {0x01, 0x80, 0xff}) {
                    byte[] flipped = proof.clone();
                    flipped[at] ^= (byte) mask;
                    Files.write(file, flipped);
                    Cli.Run run = check(root, "a");
                    run.refusal(ExitCode.NO);
                    assertFalse(run.json().get("holds").asBoolean());
                }
            }
            Files.write(file, Arrays.copyOf(proof, proof.length + 1));
            assertTrue(check(root, "a").refusal(ExitCode.NO).contains("at byte " + proof.length));
        }
    }

    @Test
    void aHugeCountIsRefusedBeforeItCostsAnything() throws IOException {
        Files.write(file, HexFormat.of().parseHex("444143310180808080 07".replace(" ", "")));
        assertTrue(check(NO_ROOT).refusal(ExitCode.NO).contains("at byte 5: expected at most 0 tokens"));
    }

    @Test
    void whatIsAskedWronglyIsMisuse() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            assertTrue(cli.run("prove").refusal(ExitCode.MISUSE).endsWith("got neither"));
            assertTrue(cli.run("prove", "a", "--range", "a", "b")
                    .refusal(ExitCode.MISUSE)
                    .endsWith("got both"));
            assertTrue(cli.run("prove", "--range", "a").refusal(ExitCode.MISUSE).contains("range"));
            cli.run("prove", "a", "-o", folder.resolve("none/x").toString()).refusal(ExitCode.MISUSE);
            cli.run("prove", "a", "-o", folder.toString()).refusal(ExitCode.MISUSE);
            assertTrue(check(NO_ROOT).refusal(ExitCode.MISUSE).endsWith("found none"));
            assertTrue(check("12").refusal(ExitCode.MISUSE).startsWith("expected a digest of 64 hexadecimal digits"));
            assertTrue(
                    check(NO_ROOT, "--keys", "words").refusal(ExitCode.MISUSE).contains("text, bytes, uint, hashed"));
            assertTrue(Cli.plain("check", "x").refusal(ExitCode.MISUSE).startsWith("expected --root HEX, got none"));
            assertTrue(Cli.plain("check", folder.toString(), "--root", NO_ROOT)
                    .refusal(ExitCode.MISUSE)
                    .endsWith("found a folder"));
        }
    }

    @Test
    void bytesAreNotWrittenToATerminal() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            filled(place);
            var err = new ByteArrayOutputStream();
            var out = new ByteArrayOutputStream();
            Console terminal =
                    new Console(InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err), true, true);
            int code = Main.run(new String[] {"prove", "a", "--store", place.url()}, terminal);
            assertEquals(ExitCode.MISUSE, code);
            assertEquals(0, out.size());
            assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("dacite: expected -o FILE"));
        }
    }
}
