package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dacite.hashing.Digest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TezosHashVectorsTest {
    private final TezosHash rule = new TezosHash();

    static Stream<JsonNode> values() {
        return TezosVectors.of("blob");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("values")
    void hashesAValue(JsonNode vector) {
        check(vector, rule.value(TezosVectors.hex(vector, "value_hex")));
    }

    static Stream<JsonNode> trees() {
        return TezosVectors.of("tree");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("trees")
    void hashesADirectoryOfValues(JsonNode vector) {
        List<TezosEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : vector.required("entries").properties()) {
            byte[] value =
                    HexFormat.of().parseHex(each.getValue().required("blob").asText());
            entries.add(new TezosEntry(each.getKey().getBytes(StandardCharsets.UTF_8), false, rule.value(value)));
        }
        check(vector, rule.flat(entries));
    }

    static Stream<JsonNode> flatDirectories() {
        return TezosVectors.of("flat_directories");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("flatDirectories")
    void hashesADirectoryInOnePiece(JsonNode vector) {
        check(vector, rule.flat(TezosVectors.directory(vector)));
    }

    static Stream<JsonNode> bigDirectories() {
        return TezosVectors.of("big_directories");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bigDirectories")
    void hashesABigDirectoryByInodes(JsonNode vector) {
        check(
                vector,
                new MemoryInodes()
                        .tree(rule)
                        .build(TezosVectors.directory(vector))
                        .hash());
    }

    static Stream<JsonNode> commits() {
        return TezosVectors.of("commit");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("commits")
    void hashesACommit(JsonNode vector) {
        List<byte[]> parents = new ArrayList<>();
        vector.required("parents").forEach(each -> parents.add(HexFormat.of().parseHex(each.asText())));
        check(
                vector,
                rule.commit(
                        TezosVectors.hex(vector, "root"),
                        parents,
                        vector.required("time").asLong(),
                        vector.required("author").asText(),
                        vector.required("message").asText()));
    }

    static Stream<JsonNode> seededHashes() {
        return TezosVectors.of("ocaml_hash");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("seededHashes")
    void hashesNamesAsOcamlDoes(JsonNode vector) {
        byte[] name = vector.required("s").asText().getBytes(StandardCharsets.UTF_8);
        assertEquals(
                vector.required("hash").asInt(),
                SeededHash.of(vector.required("seed").asInt(), name));
    }

    private static void check(JsonNode vector, byte[] hash) {
        String hex = HexFormat.of().formatHex(hash);
        String expected = vector.path("hash").asText(vector.path("hash_prefix").asText());
        assertEquals(expected, hex.substring(0, expected.length()));
        if (vector.has("b58")) {
            assertEquals(vector.required("b58").asText(), TezosText.of(Digest.of(hash)));
            assertEquals(Digest.of(hash), TezosText.parse(vector.required("b58").asText()));
        }
    }
}
