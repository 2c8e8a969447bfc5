package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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

/** prove-diff and check-diff. */
class DifferenceVerbsTest {
    private static final String NO_ROOT = "00".repeat(32);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("some.proof");
    }

    /** Revision 1: a→1, b→2, c→3. Revision 2: a→0x00ff, t/u→{x→7}. Revision 3: b deleted. */
    private static Cli filled(TestStore place, String... more) {
        Cli cli = Cli.on(place.url());
        String[] put = {"put", "a", "1", "b", "2", "c", "3"};
        String[] all = Arrays.copyOf(put, put.length + more.length);
        System.arraycopy(more, 0, all, put.length, more.length);
        cli.run(all).done();
        cli.run("put", "a", "0x00ff").done();
        cli.run("put", "--tree", "t/u", "x", "7").done();
        cli.run("delete", "b").done();
        return cli;
    }

    private static String root(Cli cli, String revision) {
        return cli.run("root", "--at", revision).done().out().strip();
    }

    private Cli.Run check(String from, String to, String... more) {
        String[] all = Arrays.copyOf(
                new String[] {"check-diff", file.toString(), "--from", from, "--to", to}, 6 + more.length);
        System.arraycopy(more, 0, all, 6, more.length);
        return Cli.plain(all);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofOfADifferenceIsChecked(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            String from = root(cli, "1");
            String to = root(cli, "main");
            Cli.Run proved = cli.run("prove-diff", "1", "main", "-o", file.toString());
            assertEquals(ExitCode.DONE, proved.code());
            assertEquals("", proved.out());
            assertEquals(
                    "proof of 3 differences, " + Files.size(file) + " bytes, from root " + from + " to root " + to
                            + "\n",
                    proved.err());
            assertEquals(
                    List.of(
                            "tree     key  before  after",
                            "      ~  a    1       0x00ff",
                            "      -  b    2",
                            "t/u   +  x            7",
                            "3 differences: 1 added, 1 changed, 1 deleted",
                            "the proof holds from root " + from + " to root " + to),
                    check(from, to).done().lines());
            String rows = String.join(
                    ",", cli.run("diff", "1", "main", "--json").done().lines());
            assertEquals(
                    "{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"holds\":true,\"changes\":[" + rows + "]}\n",
                    check(from, to, "--json").done().out());
            Cli.Run exchanged = check(to, from, "--json");
            assertEquals(
                    "expected a proof for root " + to + ", got one for root " + from, exchanged.refusal(ExitCode.NO));
            assertEquals(
                    "{\"from\":\"" + to + "\",\"to\":\"" + from + "\",\"holds\":false,\"changes\":[]}\n",
                    exchanged.out());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofGoesToStandardOutput(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, "--keys", "bytes", "--hash", "blake2b-256");
            byte[] bytes = cli.run("prove-diff", "2", "~1").bytes();
            JsonNode inJson = cli.run("prove-diff", "2", "~1", "--json").done().json();
            assertEquals("[from, to, proof]", WritingVerbsTest.names(inJson).toString());
            assertArrayEquals(
                    bytes, HexFormat.of().parseHex(inJson.get("proof").asText().substring(2)));
            JsonNode checked = cli.fed(
                            bytes,
                            "check-diff",
                            "-",
                            "--from",
                            inJson.get("from").asText(),
                            "--to",
                            inJson.get("to").asText(),
                            "--keys",
                            "bytes",
                            "--json")
                    .done()
                    .json();
            assertEquals(
                    "[{\"tree\":\"t/u\",\"key\":\"x\",\"before\":null,\"after\":\"7\"}]",
                    checked.get("changes").toString());
            JsonNode toAFile = cli.run("prove-diff", "2", "2", "-o", file.toString(), "--json")
                    .done()
                    .json();
            assertEquals(
                    "[from, to, changes, bytes, file]",
                    WritingVerbsTest.names(toAFile).toString());
            assertEquals(0, toAFile.get("changes").asLong());
            String same = toAFile.get("from").asText();
            assertEquals(
                    List.of("no difference", "the proof holds from root " + same + " to root " + same),
                    check(same, same).done().lines());
        }
    }

    @Test
    void everyCutAndEveryFlipIsNoticed() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            String from = root(cli, "1");
            String to = root(cli, "main");
            cli.run("prove-diff", "1", "main", "-o", file.toString());
            byte[] proof = Files.readAllBytes(file);
            for (int length = 0; length < proof.length; length++) {
                Files.write(file, Arrays.copyOf(proof, length));
                Cli.Run run = check(from, to, "--json");
                String refusal = run.refusal(ExitCode.NO);
                assertTrue(refusal.contains("at byte "), refusal);
                assertFalse(run.json().get("holds").asBoolean());
            }
            for (int at = 0; at < proof.length; at++) {
                byte[] flipped = proof.clone();
                flipped[at] ^= (byte) 0x01;
                Files.write(file, flipped);
                check(from, to).refusal(ExitCode.NO);
            }
        }
    }

    @Test
    void whatIsHiddenIsNamed() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            byte[] whole = cli.run("prove", "zz", "--at", "1").bytes();
            byte[] other = cli.run("prove", "zz", "--at", "2").bytes();
            byte[] proof = new byte[7 + whole.length + other.length];
            System.arraycopy(new byte[] {'D', 'A', 'C', 'D', 1, (byte) whole.length}, 0, proof, 0, 6);
            System.arraycopy(whole, 0, proof, 6, whole.length);
            proof[6 + whole.length] = (byte) other.length;
            System.arraycopy(other, 0, proof, 7 + whole.length, other.length);
            Files.write(file, proof);
            String refusal = check(root(cli, "1"), root(cli, "2")).refusal(ExitCode.NO);
            assertTrue(refusal.startsWith("expected both trees to leave out the same, got a part left out"), refusal);
        }
    }

    @Test
    void whatIsAskedWronglyIsMisuse() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            assertTrue(cli.run("prove-diff", "1").refusal(ExitCode.MISUSE).startsWith("expected REV, got none"));
            cli.run("prove-diff", "1", "99", "-o", file.toString()).refusal(ExitCode.MISUSE);
            cli.run("prove-diff", "1", "2", "-o", folder.toString()).refusal(ExitCode.MISUSE);
            assertTrue(check(NO_ROOT, NO_ROOT).refusal(ExitCode.MISUSE).endsWith("found none"));
            cli.run("prove", "a", "-o", file.toString());
            assertTrue(check(NO_ROOT, NO_ROOT)
                    .refusal(ExitCode.NO)
                    .contains("at byte 3: expected a proof of a difference, which begins with \"DACD\", got 31"));
            assertTrue(check("12", NO_ROOT).refusal(ExitCode.MISUSE).startsWith("expected a digest of 64"));
            assertTrue(check(NO_ROOT, NO_ROOT, "--keys", "words")
                    .refusal(ExitCode.MISUSE)
                    .contains("text, bytes, uint, hashed"));
            assertTrue(Cli.plain("check-diff", "x", "--from", NO_ROOT)
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected --to HEX, got none"));
        }
    }
}
