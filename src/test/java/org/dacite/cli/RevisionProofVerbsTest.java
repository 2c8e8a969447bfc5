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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** prove-revision and check-revision. */
class RevisionProofVerbsTest {
    private static final String NO_HASH = "00".repeat(32);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("past.proof");
    }

    /** Six revisions of main, of which the second says who made it, when and why. */
    private static Cli filled(TestStore place, String... more) {
        Cli cli = Cli.on(place.url());
        String[] first = {"put", "a", "0", "--time", "0", "-m", "first"};
        cli.run(joined(first, more)).done();
        cli.run("put", "a", "1", "-m", "two\nlines", "--author", "Zoë", "--time", "-5")
                .done();
        for (int i = 2; i < 6; i++) {
            cli.run("put", "a", Integer.toString(i)).done();
        }
        return cli;
    }

    private static String[] joined(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static JsonNode revision(Cli cli, String name) {
        return cli.run("log", "--at", name, "--limit", "1", "--json").done().json();
    }

    private Cli.Run check(String hash, String... more) {
        return Cli.plain(joined(new String[] {"check-revision", file.toString(), "--hash", hash}, more));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aProofOfThePastIsChecked(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            JsonNode two = revision(cli, "2");
            JsonNode head = revision(cli, "main");
            String hash = head.get("hash").asText();
            Cli.Run proved = cli.run("prove-revision", "2", "-o", file.toString());
            assertEquals(ExitCode.DONE, proved.code());
            assertEquals("", proved.out());
            assertEquals(
                    "proof that revision 2 (" + two.get("hash").asText().substring(0, 12)
                            + ") is in the past of revision 6 (" + hash.substring(0, 12) + "), " + Files.size(file)
                            + " bytes, for hash " + hash + "\n",
                    proved.err());
            assertEquals(
                    List.of(
                            "hash     " + two.get("hash").asText(),
                            "height   1",
                            "root     " + two.get("root").asText(),
                            "time     1969-12-31T23:59:59.995Z",
                            "author   Zoë",
                            "message  two\\nlines",
                            "the proof holds: this revision is in the past of " + hash + ", whose height is 5"),
                    check(hash).done().lines());
            JsonNode checked = check(hash, "--json").done().json();
            assertEquals(
                    "[hash, holds, older, newer]",
                    WritingVerbsTest.names(checked).toString());
            assertEquals(hash, checked.get("hash").asText());
            assertTrue(checked.get("holds").asBoolean());
            assertFacts(two, checked.get("older"));
            assertFacts(head, checked.get("newer"));
        }
    }

    /** What the proof knows is what the store knows, without its ids. */
    private static void assertFacts(JsonNode stored, JsonNode proved) {
        assertEquals(
                "[hash, height, root, history, time, author, message]",
                WritingVerbsTest.names(proved).toString());
        proved.fieldNames().forEachRemaining(name -> assertEquals(stored.get(name), proved.get(name), name));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anyTwoRevisionsOfALineAreProvedThroughStandardOutput(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place, "--hash", "blake2b-256");
            for (int newer = 2; newer <= 6; newer++) {
                String hash = revision(cli, "" + newer).get("hash").asText();
                for (int older = 1; older < newer; older++) {
                    Cli.Run proved = cli.run("prove-revision", "" + older, "--in", "" + newer);
                    assertEquals(ExitCode.DONE, proved.code());
                    JsonNode json = cli.run("prove-revision", "" + older, "--in", "" + newer, "--json")
                            .done()
                            .json();
                    assertEquals(
                            "[hash, older, newer, inclusion, consistency, proof]",
                            WritingVerbsTest.names(json).toString());
                    assertFacts(revision(cli, "" + older), json.get("older"));
                    assertFacts(revision(cli, "" + newer), json.get("newer"));
                    assertArrayEquals(
                            proved.bytes(),
                            HexFormat.of().parseHex(json.get("proof").asText().substring(2)));
                    Cli.Run checked = cli.fed(proved.bytes(), "check-revision", "-", "--hash", hash, "--json");
                    assertEquals(
                            older - 1,
                            checked.done().json().get("older").get("height").asLong());
                }
            }
            JsonNode written = cli.run("prove-revision", "main~3", "--json", "-o", file.toString())
                    .done()
                    .json();
            assertEquals(
                    "[hash, older, newer, inclusion, consistency, bytes, file]",
                    WritingVerbsTest.names(written).toString());
            check(written.get("hash").asText()).done();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsNotInThePastIsNotProved(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertTrue(cli.run("prove-revision", "3", "--in", "2")
                    .refusal(ExitCode.NO)
                    .matches(
                            "expected a revision in the past of revision 2 \\(\\w{12}\\), got revision 3 \\(\\w{12}\\),"
                                    + " which is not"));
            assertTrue(cli.run("prove-revision", "main")
                    .refusal(ExitCode.NO)
                    .matches("expected a revision in the past of revision 6 \\(\\w{12}\\), got that revision itself"));
            Cli.Run inJson = cli.run("prove-revision", "3", "--in", "2", "--json");
            inJson.refusal(ExitCode.NO);
            assertEquals("{\"hash\":" + revision(cli, "2").get("hash") + ",\"proof\":null}\n", inJson.out());
            assertTrue(cli.run("prove-revision", "7").refusal(ExitCode.MISUSE).contains("'7'"));
            assertTrue(cli.run("prove-revision", "1", "--in", "nothing")
                    .refusal(ExitCode.MISUSE)
                    .contains("'nothing'"));
            cli.run("prove-revision").refusal(ExitCode.MISUSE);
            cli.run("prove-revision", "1", "-o", folder.toString()).refusal(ExitCode.MISUSE);
        }
    }

    @Test
    void whatIsAskedWronglyIsMisuse() {
        assertTrue(check(NO_HASH).refusal(ExitCode.MISUSE).endsWith("found none"));
        assertTrue(check("12").refusal(ExitCode.MISUSE).startsWith("expected a digest of 64 hexadecimal digits"));
        assertTrue(
                Cli.plain("check-revision", "x").refusal(ExitCode.MISUSE).startsWith("expected --hash HEX, got none"));
    }

    @Test
    void anotherHashOrAnotherAlgorithmDoesNotHold() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            String hash = revision(cli, "main").get("hash").asText();
            cli.run("prove-revision", "2", "-o", file.toString());
            String reason = "expected a newer revision of hash " + NO_HASH + ", got one of hash " + hash;
            Cli.Run other = check(NO_HASH, "--json");
            assertEquals(reason, other.refusal(ExitCode.NO));
            assertEquals(
                    "{\"hash\":\"" + NO_HASH + "\",\"holds\":false,\"reason\":\"" + reason
                            + "\",\"older\":null,\"newer\":null}\n",
                    other.out());
            assertEquals("", check(NO_HASH).out());
            for (int algorithm = 2; algorithm <= 3; algorithm++) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[5] = (byte) algorithm;
                Files.write(file, bytes);
                assertTrue(check(hash).refusal(ExitCode.NO).startsWith("expected a newer revision of hash " + hash));
            }
        }
    }

    @Test
    void everyCutAndEveryFlipIsNoticed() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            String hash = revision(cli, "main").get("hash").asText();
            cli.run("prove-revision", "2", "-o", file.toString());
            byte[] proof = Files.readAllBytes(file);
            for (int length = 0; length < proof.length; length++) {
                Files.write(file, Arrays.copyOf(proof, length));
                Cli.Run run = check(hash, "--json");
                String refusal = run.refusal(ExitCode.NO);
                assertTrue(refusal.contains(" at byte " + length + ": "), refusal);
                assertFalse(run.json().get("holds").asBoolean());
            }
            for (int at = 0; at < proof.length; at++) {
                for (int mask : new int[] {0x01, 0x80, 0xff}) {
                    byte[] flipped = proof.clone();
                    flipped[at] ^= (byte) mask;
                    Files.write(file, flipped);
                    Cli.Run run = check(hash, "--json");
                    run.refusal(ExitCode.NO);
                    assertFalse(run.json().get("holds").asBoolean());
                }
            }
            Files.write(file, Arrays.copyOf(proof, proof.length + 1));
            assertTrue(check(hash).refusal(ExitCode.NO).contains("at byte " + proof.length + ": expected the end"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update revision set nodes = zeroblob(32)", "update revision set nodes = null"})
    void aDamagedStoreSaysSo(String deed) throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(deed);
            }
            String refusal = cli.run("prove-revision", "2").refusal(ExitCode.FAILED);
            assertTrue(refusal.contains("'dacite fsck'"), refusal);
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
            int code = Main.run(new String[] {"prove-revision", "1", "--store", place.url()}, terminal);
            assertEquals(ExitCode.MISUSE, code);
            assertEquals(0, out.size());
            assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("dacite: expected -o FILE"));
        }
    }

    @Test
    void aHugeMessageIsNoTroubleAndAClaimedOneIsRefused() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            String message = IntStream.range(0, 30_000).mapToObj(i -> "ü").reduce("", String::concat);
            cli.run("put", "a", "1", "-m", message).done();
            cli.run("put", "a", "2").done();
            String hash = revision(cli, "main").get("hash").asText();
            cli.run("prove-revision", "1", "-o", file.toString());
            assertEquals(
                    message,
                    check(hash, "--json")
                            .done()
                            .json()
                            .get("older")
                            .get("message")
                            .asText());
            String claimed = "44414352" + "0101" + "00" + "11".repeat(64) + "00".repeat(8) + "ffffffff07";
            Files.write(file, HexFormat.of().parseHex(claimed));
            assertTrue(check(NO_HASH)
                    .refusal(ExitCode.NO)
                    .contains("expected the older revision's author of 2147483647 bytes"));
        }
    }
}
