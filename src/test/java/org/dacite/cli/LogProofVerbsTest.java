package org.dacite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** log-prove and log-check. */
class LogProofVerbsTest {
    private static final String NO_ROOT = "00".repeat(32);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("some.proof");
    }

    /** A log of records "record 0" and so on. */
    private static Cli filled(TestStore place, int size, String... more) {
        Cli cli = Cli.on(place.url());
        byte[] lines = IntStream.range(0, size)
                .mapToObj(i -> "record " + i + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
        cli.fed(lines, joined(new String[] {"log-append", "audit", "-"}, more)).done();
        return cli;
    }

    private static String[] joined(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static String root(Cli cli, int size) {
        return cli.run("log-root", "audit", "--size", "" + size).done().out().strip();
    }

    private Cli.Run check(String root, String... more) {
        return Cli.plain(joined(new String[] {"log-check", file.toString(), "--root", root}, more));
    }

    private static List<String> path(JsonNode proof) {
        List<String> path = new ArrayList<>();
        proof.get("path").forEach(digest -> path.add(digest.asText()));
        return path;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofOfARecordIsChecked(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, 9, "--hash", "sha3-256");
            String root = root(cli, 8);
            Cli.Run proved = cli.run("log-prove", "audit", "5", "--size", "8", "-o", file.toString());
            assertEquals(ExitCode.DONE, proved.code());
            assertEquals("", proved.out());
            assertEquals(
                    "proof that record 5 stands in log 'audit' at size 8, " + Files.size(file) + " bytes, for root "
                            + root + "\n",
                    proved.err());
            assertEquals(
                    "the proof holds: the record stands in the log with root " + root + "\n",
                    check(root, "--entry", "record 5").done().out());
            assertEquals(
                    "the proof holds: the record is number 5 of the log of 8 records with root " + root + "\n",
                    check(root, "--entry", "0x7265636f72642035", "--size", "8")
                            .done()
                            .out());
            String known = "{\"root\":\"" + root + "\",\"holds\":true,\"kind\":\"inclusion\",\"number\":";
            assertEquals(
                    known + "5,\"size\":8}\n",
                    check(root, "--entry", "record 5", "--size", "8", "--json")
                            .done()
                            .out());
            assertEquals(
                    known + "null,\"size\":null}\n",
                    check(root, "--entry", "record 5", "--json").done().out());
            Cli.Run other = check(root, "--entry", "record 4", "--json");
            String reason = other.refusal(ExitCode.NO);
            assertTrue(reason.matches("expected root " + root + ", got [0-9a-f]{64}"), reason);
            assertEquals(
                    known.replace("true", "false") + "null,\"size\":null,\"reason\":\"" + reason + "\"}\n",
                    other.out());
            check(root(cli, 9), "--entry", "record 5").refusal(ExitCode.NO);
            assertEquals(
                    "expected a proof for size 9, got one for 8",
                    check(root, "--entry", "record 5", "--size", "9").refusal(ExitCode.NO));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofOfGrowthIsChecked(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, 9, "--hash", "blake2b-256");
            String older = root(cli, 3);
            String root = root(cli, 9);
            Cli.Run proved = cli.run("log-prove", "audit", "--from", "3", "-o", file.toString());
            assertEquals(ExitCode.DONE, proved.code());
            assertEquals(
                    "proof that log 'audit' goes on from its first 3 records, root " + older + ", at size 9, "
                            + Files.size(file) + " bytes, for root " + root + "\n",
                    proved.err());
            assertEquals(
                    "the proof holds: the log with root " + root + " goes on from the one with root " + older + "\n",
                    check(root, "--from-root", older).done().out());
            assertEquals(
                    "the proof holds: the log of 9 records with root " + root
                            + " goes on from the one of its first 3 with root " + older + "\n",
                    check(root, "--from-root", older, "--size", "9").done().out());
            assertEquals(
                    "{\"root\":\"" + root + "\",\"holds\":true,\"kind\":\"consistency\",\"from\":3,\"size\":9}\n",
                    check(root, "--from-root", older, "--size", "9", "--json")
                            .done()
                            .out());
            assertTrue(check(root, "--from-root", root(cli, 4))
                    .refusal(ExitCode.NO)
                    .startsWith("expected first root " + root(cli, 4)));
            check(older, "--from-root", root).refusal(ExitCode.NO);
            assertFalse(check(root(cli, 8), "--from-root", older, "--json")
                    .json()
                    .get("holds")
                    .asBoolean());
        }
    }

    /** The digests are those of the RFC, so a verifier that was made from it alone takes them, and no others. */
    @Test
    void outsideVerifiersTakeTheDigests() {
        int most = 9;
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place, most);
            for (int size = 1; size <= most; size++) {
                String root = root(cli, size);
                for (int number = 0; number < size; number++) {
                    JsonNode proof = cli.run("log-prove", "audit", "" + number, "--size", "" + size, "--json")
                            .done()
                            .json();
                    assertEquals(
                            "[log, algorithm, kind, number, size, root, path, proof]",
                            WritingVerbsTest.names(proof).toString());
                    assertEquals("sha256", proof.get("algorithm").asText());
                    assertEquals(root, proof.get("root").asText());
                    byte[] record = ("record " + number).getBytes(UTF_8);
                    assertTrue(Rfc9162.includes(record, number, size, path(proof), root));
                    assertFalse(Rfc9162.includes("else".getBytes(UTF_8), number, size, path(proof), root));
                }
                for (int from = 1; from < size; from++) {
                    JsonNode proof = cli.run("log-prove", "audit", "--from", "" + from, "--size", "" + size, "--json")
                            .done()
                            .json();
                    assertEquals(
                            "[log, algorithm, kind, from, size, from_root, root, path, proof]",
                            WritingVerbsTest.names(proof).toString());
                    String older = root(cli, from);
                    assertEquals(older, proof.get("from_root").asText());
                    assertTrue(Rfc9162.extendsTo(from, older, size, root, path(proof)));
                    assertFalse(Rfc9162.extendsTo(from, NO_ROOT, size, root, path(proof)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofGoesToStandardOutput(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, 5);
            Cli.Run proved = cli.run("log-prove", "audit", "4");
            JsonNode json = cli.run("log-prove", "audit", "4", "--json").done().json();
            assertArrayEquals(
                    proved.bytes(),
                    HexFormat.of().parseHex(json.get("proof").asText().substring(2)));
            cli.fed(proved.bytes(), "log-check", "-", "--root", root(cli, 5), "--entry", "record 4")
                    .done();
            JsonNode written = cli.run("log-prove", "audit", "--from", "0", "--json", "-o", file.toString())
                    .done()
                    .json();
            assertEquals(
                    "[log, algorithm, kind, from, size, from_root, root, path, bytes, file]",
                    WritingVerbsTest.names(written).toString());
            check(root(cli, 5), "--from-root", root(cli, 0)).done();
        }
    }

    /** With the size that the reader trusts nothing of a proof can be changed; without it, nothing that is then said. */
    @Test
    void everyCutAndEveryFlipIsNoticed() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place, 8);
            String root = root(cli, 8);
            for (int number : new int[] {0, 5, 7}) {
                cli.run("log-prove", "audit", "" + number, "-o", file.toString());
                everyChangeIsNoticed(root, "--entry", "record " + number, "--size", "8");
            }
            for (int from : new int[] {3, 4, 7}) {
                cli.run("log-prove", "audit", "--from", "" + from, "-o", file.toString());
                everyChangeIsNoticed(root, "--from-root", root(cli, from), "--size", "8");
            }
        }
    }

    private void everyChangeIsNoticed(String root, String... more) throws IOException {
        String[] inJson = joined(more, "--json");
        byte[] proof = Files.readAllBytes(file);
        check(root, inJson).done();
        for (int length = 0; length < proof.length; length++) {
            Files.write(file, Arrays.copyOf(proof, length));
            Cli.Run run = check(root, inJson);
            String refusal = run.refusal(ExitCode.NO);
            assertTrue(refusal.contains(" at byte " + length + ": "), refusal);
            assertFalse(run.json().get("holds").asBoolean());
        }
        for (int at = 0; at < proof.length; at++) {
            for (int mask = 1; mask < 256; mask += at == 7 || at == 8 ? 1 : 85) {
                byte[] flipped = proof.clone();
                flipped[at] ^= (byte) mask;
                Files.write(file, flipped);
                Cli.Run run = check(root, inJson);
                assertTrue(run.code() == ExitCode.NO || run.code() == ExitCode.MISUSE, "byte " + at + " xor " + mask);
                assertTrue(run.out().isEmpty() || !run.json().get("holds").asBoolean());
            }
        }
        Files.write(file, Arrays.copyOf(proof, proof.length + 1));
        assertTrue(check(root, more).refusal(ExitCode.NO).contains("at byte " + proof.length + ": expected the end"));
        Files.write(file, proof);
    }

    /** A proof between equal sizes has no digest: it says that the roots are the same, which the reader sees. */
    @Test
    void betweenEqualSizesOnlyTheRootsCount() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place, 8);
            cli.run("log-prove", "audit", "--from", "8", "-o", file.toString());
            check(root(cli, 8), "--from-root", root(cli, 8), "--size", "8").done();
            check(root(cli, 8), "--from-root", root(cli, 7), "--size", "8").refusal(ExitCode.NO);
            check(root(cli, 7), "--from-root", root(cli, 8)).refusal(ExitCode.NO);
        }
    }

    /** In a log of 7 and in one of 8 the way to record 5 makes the same turns, so the path fits both. */
    @Test
    void aSizeThatIsNotTrustedIsNotTold() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place, 8);
            cli.run("log-prove", "audit", "5", "-o", file.toString());
            byte[] proof = Files.readAllBytes(file);
            proof[8] = 7;
            Files.write(file, proof);
            JsonNode checked =
                    check(root(cli, 8), "--entry", "record 5", "--json").done().json();
            assertTrue(checked.get("size").isNull() && checked.get("number").isNull());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsAskedWronglyIsMisuse(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, 8);
            String out = file.toString();
            assertTrue(cli.run("log-prove", "audit").refusal(ExitCode.MISUSE).endsWith("got neither"));
            assertTrue(cli.run("log-prove", "audit", "1", "--from", "1")
                    .refusal(ExitCode.MISUSE)
                    .endsWith("got both"));
            assertEquals(
                    "expected a number from 0 to 7, got 8",
                    cli.run("log-prove", "audit", "8", "-o", out).refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a number from 0 to 2, got 3",
                    cli.run("log-prove", "audit", "3", "--size", "3", "-o", out).refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a size from 1 to 8, got 9",
                    cli.run("log-prove", "audit", "3", "--size", "9", "-o", out).refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a second size from 0 to 8, got 9",
                    cli.run("log-prove", "audit", "--from", "3", "--size", "9").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a first size from 0 to 2, got 3",
                    cli.run("log-prove", "audit", "--from", "3", "--size", "2").refusal(ExitCode.MISUSE));
            assertFalse(Files.exists(file));
            String root = root(cli, 8);
            cli.run("log-prove", "audit", "5", "-o", out);
            assertTrue(check(root).refusal(ExitCode.MISUSE).endsWith("got neither"));
            assertTrue(check(root, "--entry", "a", "--from-root", root)
                    .refusal(ExitCode.MISUSE)
                    .endsWith("got both"));
            assertEquals(
                    "expected --entry, since the proof in " + out + " is of a record, got --from-root",
                    check(root, "--from-root", root).refusal(ExitCode.MISUSE));
            cli.run("log-prove", "audit", "--from", "5", "-o", out);
            assertEquals(
                    "expected --from-root, since the proof in " + out + " is of growth, got --entry",
                    check(root, "--entry", "record 5").refusal(ExitCode.MISUSE));
            assertTrue(check("12", "--entry", "a").refusal(ExitCode.MISUSE).startsWith("expected a digest of 64"));
            assertTrue(check(root, "--entry", "0x1").refusal(ExitCode.MISUSE).contains("hexadecimal digits after 0x"));
            assertTrue(Cli.plain("log-check", "nothing", "--root", root, "--entry", "a")
                    .refusal(ExitCode.MISUSE)
                    .endsWith("found none"));
        }
    }

    @Test
    void aProofOfAnotherKindIsRefused() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place, 8);
            cli.run("put", "a", "1").done();
            cli.run("prove", "a", "-o", file.toString());
            assertTrue(check(NO_ROOT, "--entry", "a")
                    .refusal(ExitCode.NO)
                    .endsWith("at byte 3: expected a proof about a log, which begins with \"DACL\", got 31"));
        }
    }
}
