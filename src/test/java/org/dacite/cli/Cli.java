package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The command, run in this process on one store. */
final class Cli {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<String> common;

    private Cli(List<String> common) {
        this.common = common;
    }

    static Cli on(String store) {
        return new Cli(List.of("--store", store));
    }

    /** What a run came to. */
    record Run(int code, byte[] bytes, String err) {
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        List<String> lines() {
            return out().lines().toList();
        }

        /** The answer as one JSON document on one line. */
        JsonNode json() {
            assertEquals(1, lines().size(), out());
            return parsed(out());
        }

        /** The answer as one JSON object a line. */
        List<JsonNode> rows() {
            return lines().stream().map(Cli::parsed).toList();
        }

        /** That it was done, and said nothing beside the answer. */
        Run done() {
            assertEquals("", err);
            assertEquals(ExitCode.DONE, code);
            return this;
        }

        /** That it was done, whatever it said beside the answer. */
        Run doneSayingAnything() {
            assertEquals(ExitCode.DONE, code, err);
            return this;
        }

        /** The one line that says why not. */
        String refusal(int expectedCode) {
            assertEquals(expectedCode, code, err);
            assertEquals(1, err.lines().count(), err);
            assertEquals("dacite: ", err.substring(0, Math.min(8, err.length())), err);
            return err.substring(8).stripTrailing();
        }
    }

    Run run(String... args) {
        return fed(new byte[0], args);
    }

    Run fed(byte[] input, String... args) {
        return fed(new ByteArrayInputStream(input), args);
    }

    Run fed(InputStream input, String... args) {
        List<String> all = new ArrayList<>(common);
        all.addAll(List.of(args));
        return plain(input, all.toArray(String[]::new));
    }

    /** Without the store's place. */
    static Run plain(String... args) {
        return plain(InputStream.nullInputStream(), args);
    }

    private static Run plain(InputStream in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected JSON, got " + json, e);
        }
    }
}
