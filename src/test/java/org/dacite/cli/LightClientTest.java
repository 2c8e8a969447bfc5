package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** {@code check} and {@code check-diff} run where there is no store, no history and no database driver. */
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
        assertEquals(
                "key  verdict  value\na    present  1\nzz   absent\nthe proof holds for root " + root
                        + "; keys were read as text, since --keys was not given\n",
                run("check", proof.toString(), "--root", root, "a", "zz"));
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
        assertEquals(
                "   key  before  after\n~  b    2       3\n1 difference: 0 added, 1 changed, 0 deleted\n"
                        + "the proof holds from root " + from + " to root " + to + "\n",
                run("check-diff", proof.toString(), "--from", from, "--to", to));
    }

    /** What a command says that is done, started with no other room on its class path. */
    private String run(String... arguments) throws Exception {
        for (String room : ROOMS) {
            copy(
                    Path.of("target/classes/org/dacite", room),
                    folder.resolve("org/dacite").resolve(room));
        }
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
        command.addAll(List.of(arguments));
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
