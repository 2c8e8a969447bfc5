package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceHash;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Roots are those of the canonical form, on both engines, for every algorithm and every key codec. */
class VectorsContractTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void theTableOfTheCanonicalForm(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Branch main = dacite.branch("main");

            assertEquals(
                    "dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986",
                    dacite.head().root().toString());
            assertEquals(
                    "21ba8bb8eb9b646b9a8dc7e017ac03dd8ed19ce84e56feddce87d361990df635",
                    root(main.commit("a", batch -> batch.put("a", "1"))));
            assertEquals(
                    "3a36257181dd298547030b80fa06a57dde3bffd459f713eb8e70e9dd8d9373fd",
                    root(main.commit("b", batch -> batch.put("b", "2"))));
            assertEquals(
                    "abfeec6ef3d0b1a55f2f3df4968d2b3fb29304984fde270beba3fa0b0f12394e",
                    root(main.commit("ab", batch -> batch.put("ab", "3"))));
            assertEquals(
                    "f64403912ddee37a0556d16fedd985757ff1a343855489bb7610e95295dad670", root(main.commit("t", batch -> {
                        batch.delete("ab").delete("b");
                        batch.tree("t").put("b", "2");
                    })));
        }
    }

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            for (HashAlgorithm hash : HashAlgorithm.values()) {
                for (String codec : List.of("text", "bytes", "uint", "hashed")) {
                    all.add(Arguments.of(engine, hash, codec));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyAlgorithmAndCodecAgreesWithTheReference(Engine engine, HashAlgorithm hash, String codec) {
        long seed = 20260101L + codec.hashCode();
        Settings settings = Settings.defaults().withHash(hash).withKeyCodec(codec);
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), settings)) {
            Random random = new Random(seed);
            ReferenceMap model = new ReferenceMap();
            List<byte[]> keys = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                byte[] key = key(codec, random.nextInt(1 << 20));
                byte[] value = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
                keys.add(key);
                model.put(canonical(codec, hash, key), value);
            }
            Revision revision = dacite.branch("main").commit("all", batch -> {
                for (int i = 0; i < keys.size(); i++) {
                    batch.put(keys.get(i), Integer.toString(i).getBytes(StandardCharsets.UTF_8));
                }
            });

            byte[] expected = ReferenceTree.of(model, ReferenceHash.labelled(hash.label()))
                    .root();
            assertArrayEquals(expected, revision.root().bytes(), "seed " + seed);
            assertArrayEquals(
                    keys.get(59),
                    dacite.at(revision)
                            .scan()
                            .filter(entry -> new String(entry.value(), StandardCharsets.UTF_8).equals("59"))
                            .findFirst()
                            .orElseThrow()
                            .key());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void orderBatchingAndDetoursDoNotMatter(Engine engine) {
        Random random = new Random(7);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keys.add("key" + random.nextInt(100_000));
        }
        String expected = null;
        for (int size : new int[] {300, 100, 7}) {
            Collections.shuffle(keys, random);
            try (TestStore place = engine.fresh();
                    Dacite dacite = Dacite.open(place.url())) {
                for (int from = 0; from < keys.size(); from += size) {
                    List<String> part = keys.subList(from, Math.min(keys.size(), from + size));
                    dacite.branch("main").commit("part", batch -> {
                        part.forEach(key -> batch.put(key, "of " + key));
                        batch.put("detour" + part.size(), "gone soon");
                    });
                    dacite.branch("main").commit("back", batch -> batch.delete("detour" + part.size()));
                }
                String found = dacite.head().root().toString();
                expected = expected == null ? found : expected;
                assertEquals(expected, found, "batches of " + size);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void revisionsAreHashedAsTheCanonicalFormSays(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<byte[]> line = new ArrayList<>();
            for (int height = 0; height < 9; height++) {
                String key = "k" + height;
                Note note = new Note("message " + height, "Åsa", -5L + height);
                Revision revision = dacite.branch("main").commit(note, batch -> batch.put(key, "v"));

                byte[] history = ReferenceHash.SHA256.log(line);
                assertArrayEquals(history, revision.history().bytes());
                assertArrayEquals(
                        ReferenceHash.SHA256.revision(
                                height, revision.root().bytes(), history, -5L + height, "Åsa", "message " + height),
                        revision.hash().bytes());
                line.add(revision.hash().bytes());
            }
        }
    }

    private static String root(Revision revision) {
        return revision.root().toString();
    }

    private static byte[] key(String codec, int number) {
        return switch (codec) {
            case "uint" -> ByteBuffer.allocate(8).putLong(number).array();
            case "bytes" -> ByteBuffer.allocate(4).putInt(number * 2654435).array();
            default -> ("key " + number).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] canonical(String codec, HashAlgorithm hash, byte[] key) {
        return switch (codec) {
            case "text" -> java.util.Arrays.copyOf(key, key.length + 1);
            case "hashed" -> ReferenceHash.labelled(hash.label()).of(key);
            default -> key;
        };
    }
}
