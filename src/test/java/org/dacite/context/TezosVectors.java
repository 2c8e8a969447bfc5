package org.dacite.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The facts of {@code context/tezos_context.json}, from public test suites; each says where it was seen. */
final class TezosVectors {
    private static final JsonNode ALL = read();

    private TezosVectors() {}

    /** The vectors of one kind. */
    static Stream<JsonNode> of(String kind) {
        return StreamSupport.stream(ALL.required(kind).spliterator(), false);
    }

    static byte[] hex(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.required(field).asText());
    }

    /** A directory whose entries are names, kinds and hashes, as flat and big ones are given. */
    static List<TezosEntry> directory(JsonNode vector) {
        List<TezosEntry> entries = new ArrayList<>();
        for (JsonNode each : vector.required("entries")) {
            entries.add(new TezosEntry(
                    each.get(0).asText().getBytes(StandardCharsets.UTF_8),
                    each.get(1).asText().equals("tree"),
                    HexFormat.of().parseHex(each.get(2).asText())));
        }
        entries.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
        return entries;
    }

    private static JsonNode read() {
        try (InputStream in = TezosVectors.class.getResourceAsStream("/context/tezos_context.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
