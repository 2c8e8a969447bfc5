package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Public scenarios, step by step, on both engines. */
class TezosContextTest {
    static Stream<Arguments> scenarios() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.concat(TezosVectors.of("scenarios"), TezosVectors.of("genesis_commits"))
                        .map(scenario -> Arguments.of(engine, scenario)));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("scenarios")
    void everyStepHasItsHash(Engine engine, JsonNode scenario) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            HashScheme.TEZOS.settle(dacite);
            try (Context context = Context.of(dacite)) {
                for (JsonNode step : scenario.required("steps")) {
                    play(dacite, context, step);
                }
            }
        }
    }

    private static void play(Dacite dacite, Context context, JsonNode step) {
        switch (step.required("op").asText()) {
            case "set" -> context.set(path(step, "key"), TezosVectors.hex(step, "value_hex"));
            case "copy" -> assertTrue(context.copy(path(step, "from"), path(step, "to")));
            case "delete" -> assertTrue(context.delete(path(step, "key")));
            case "commit" -> commit(dacite, context, step);
            default -> throw new IllegalArgumentException(step.toString());
        }
        if (step.has("root_prefix")) {
            assertPrefix(step.required("root_prefix").asText(), rootHash(context));
        }
    }

    private static void commit(Dacite dacite, Context context, JsonNode step) {
        long time = step.required("time").asLong();
        String author = step.required("author").asText();
        String message = step.required("message").asText();
        Committed told = context.hash(time, author, message);
        Committed made = context.commit(time, author, message);
        Digest hash = made.tezos().orElseThrow().hash();
        assertEquals(told.tezos(), made.tezos());
        assertPrefix(step.path("hash").asText(step.path("hash_prefix").asText()), hash);
        if (step.has("b58")) {
            assertEquals(step.required("b58").asText(), TezosText.of(hash));
        }
        assertEquals(
                made.revision(), TezosHashes.find(dacite, TezosText.of(hash)).orElseThrow());
        assertEquals(
                made.revision(),
                TezosHashes.find(dacite, hash.toString().substring(0, 8)).orElseThrow());
    }

    private static Digest rootHash(Context context) {
        return context.hash(0, "", "").tezos().orElseThrow().root();
    }

    private static ContextPath path(JsonNode step, String field) {
        return ContextPath.parse(step.required(field).asText());
    }

    private static void assertPrefix(String expected, Digest found) {
        assertEquals(expected, found.toString().substring(0, expected.length()));
    }
}
