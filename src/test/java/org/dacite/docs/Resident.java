package org.dacite.docs;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dacite.cli.Main;

/**
 * A Java that stays and runs one command after another in the folder that it was started in, so that a page need not start
 * one for each of its lines. Its command is a shell script, which hands over its words and its input, and waits:
 *
 * <pre>
 *   sh     words, in    → place.N/            the script's own folder beside the calls
 *   sh     place.N      → calls     (fifo)    → java
 *   java   out, err     → place.N/
 *   java   exit code    → place.N/code (fifo) → sh, which prints both and exits
 * </pre>
 */
final class Resident {
    private final Process process;
    private final Path calls;

    private Resident(Process process, Path calls) {
        this.process = process;
        this.calls = calls;
    }

    /** Starts it in a folder; what passes between it and its command stands in another. */
    static Resident in(Path folder, Path exchange) throws Exception {
        Path calls = exchange.resolve("calls");
        int made = new ProcessBuilder("mkfifo", calls.toString()).start().waitFor();
        if (made != 0) {
            throw new IOException("expected mkfifo to make " + calls + ", got exit code " + made);
        }
        ProcessBuilder builder = new ProcessBuilder(
                        java(),
                        "-Xmx1g",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes(),
                        Resident.class.getName(),
                        "" + calls)
                .directory(folder.toFile())
                .inheritIO();
        builder.environment().remove("DACITE_STORE");
        return new Resident(builder.start(), calls);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of this test, good in any folder. */
    static String classes() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The script that stands for the command. */
    String script() {
        return String.join(
                "\n",
                "#!/bin/sh",
                "place=$(mktemp -d '" + calls + ".XXXXXX') && mkfifo \"$place/code\" || exit 3",
                "for word; do printf '%s\\0' \"$word\"; done >\"$place/words\"",
                "cat >\"$place/in\"",
                "echo \"$place\" >'" + calls + "'",
                "read -r code <\"$place/code\"",
                "cat \"$place/out\"",
                "cat \"$place/err\" >&2",
                "exit \"$code\"",
                "");
    }

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws IOException {
        try (RandomAccessFile calls = new RandomAccessFile(args[0], "rw"); // a fifo that never ends
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new FileInputStream(calls.getFD()), StandardCharsets.UTF_8))) {
            for (String place = lines.readLine(); place != null; place = lines.readLine()) {
                answer(Path.of(place));
            }
        }
    }

    private static void answer(Path place) throws IOException {
        String words = Files.readString(place.resolve("words"));
        String[] args = words.isEmpty() ? new String[0] : words.split("\0", -1);
        List<String> all = List.of(args).subList(0, Math.max(0, args.length - 1)); // each ends with a NUL
        int code;
        try (InputStream in = Files.newInputStream(place.resolve("in"));
                OutputStream out = Files.newOutputStream(place.resolve("out"));
                OutputStream err = Files.newOutputStream(place.resolve("err"));
                PrintStream answer = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream remarks = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            code = Main.run(all.toArray(String[]::new), in, answer, remarks);
        }
        Files.writeString(place.resolve("code"), code + "\n");
    }
}
