package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.jcajce.provider.digest.Blake2b;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What checks proofs runs where there is no store, no history and no database driver. */
class LightClientTest {
    private static final List<String> ROOMS = List.of("bits", "hashing", "proof", "cli");

    @TempDir
    private Path folder;

    @Test
    void checksWithTheRoomsOfTheLightClientAlone() throws Exception {
        Path proof = folder.resolve("some.proof");
        String root;
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1", "b", "2", "--hash", "blake2b-256").done();
            cli.run("prove", "a", "zz", "-o", proof.toString());
            root = cli.run("root").done().out().strip();
        }
        install(ROOMS);
        assertEquals(
                "key  verdict  value\na    present  1\nzz   absent\nthe proof holds for root " + root
                        + "; keys were read as text, since --keys was not given\n",
                said("check", proof.toString(), "--root", root, "a", "zz"));
    }

    @Test
    void checksADifferenceWithTheRoomsOfTheLightClientAlone() throws Exception {
        Path proof = folder.resolve("some.proof");
        String from;
        String to;
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1", "b", "2").done();
            from = cli.run("root").done().out().strip();
            cli.run("put", "b", "3").done();
            to = cli.run("root").done().out().strip();
            cli.run("prove-diff", "1", "2", "-o", proof.toString());
        }
        install(ROOMS);
        assertEquals(
                "   key  before  after\n~  b    2       3\n1 difference: 0 added, 1 changed, 0 deleted\n"
                        + "the proof holds from root " + from + " to root " + to + "\n",
                said("check-diff", proof.toString(), "--from", from, "--to", to));
    }

    @Test
    void checksRowsWithTheRoomsOfTheLightClientAlone() throws Exception {
        Path rows = folder.resolve("rows.csv");
        String root;
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1", "b", "2", "c", "3", "--hash", "blake2b-256")
                    .done();
            root = cli.run("root").done().out().strip();
            cli.run("sql", "--prove", "-o", rows.toString(), "select key, value from state where key >= 'b'");
        }
        install(ROOMS);
        assertEquals(
                "2 rows: all keys of the top tree, from b, and no others\nthe rows hold for root " + root
                        + "; keys were read as text, since --keys was not given\n",
                said("check-rows", rows.toString(), "--root", root));
    }

    @Test
    void checksLogsAndThePastWithTheRoomOfLogsBesides() throws Exception {
        Path past = folder.resolve("past.proof");
        Path record = folder.resolve("record.proof");
        String hash;
        String root;
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1", "--hash", "blake2b-256", "--time", "0", "-m", "one")
                    .done();
            cli.run("put", "a", "2").done();
            cli.run("prove-revision", "1", "-o", past.toString());
            hash = cli.run("log", "--limit", "1", "--json").json().get("hash").asText();
            cli.fed("x\ny\n".getBytes(StandardCharsets.UTF_8), "log-append", "some", "-")
                    .done();
            cli.run("log-prove", "some", "1", "-o", record.toString());
            root = cli.run("log-root", "some").done().out().strip();
        }
        install(ROOMS);
        install(List.of("log"));
        String checked = said("check-revision", past.toString(), "--hash", hash);
        assertTrue(checked.contains("\nmessage  one\nthe proof holds: "), checked);
        assertEquals(
                "the proof holds: the record stands in the log with root " + root + "\n",
                said("log-check", record.toString(), "--root", root, "--entry", "y"));
    }

    private void install(List<String> rooms) throws IOException {
        for (String room : rooms) {
            copy(
                    Path.of("target/classes/org/dacite", room),
                    folder.resolve("org/dacite").resolve(room));
        }
    }

    /** What a command says that is done, in a process of its own. */
    private String said(String... args) throws Exception {
        String path = String.join(
                System.getProperty("path.separator"),
                folder.toString(),
                placeOf(CommandLine.class),
                placeOf(Blake2b.class));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                path,
                "org.dacite.cli.Main"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        assertEquals(ExitCode.DONE, process.exitValue(), said);
        return said;
    }

    private static String placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(file.getFileName()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
