package org.dacite.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dacite.bits.KeyCodec;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read in place of bytes: text where they are UTF-8 without NUL, else 0x and hexadecimal. */
class ReadableTest {
    private static final long SEED = 11;

    /** Bytes at which something about UTF-8 changes. */
    private static final byte[] EDGES = HexFormat.of().parseHex("00417f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5ff");

    private static String shown(byte[] bytes) {
        boolean nul = new String(bytes, UTF_8).indexOf('\0') >= 0;
        return nul ? "0x" + HexFormat.of().formatHex(bytes) : KeyCodec.showBytes(bytes);
    }

    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (String text : List.of("", "plain", "grün ☃ 𝄞", "☃".repeat(3000), "ü" + "x".repeat(3997) + "é☃𝄞")) {
            samples.add(text.getBytes(UTF_8));
        }
        byte[] long1 = ("x".repeat(3999) + "☃").getBytes(UTF_8);
        samples.add(long1);
        samples.add(java.util.Arrays.copyOf(long1, long1.length - 1));
        for (byte a : EDGES) {
            samples.add(new byte[] {a});
            for (byte b : EDGES) {
                samples.add(new byte[] {a, b});
            }
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 4000; i++) {
            byte[] bytes = new byte[3 + random.nextInt(4)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = EDGES[1 + random.nextInt(EDGES.length - 1)];
            }
            bytes[0] = random.nextBoolean() ? bytes[0] : (byte) (0xe0 + random.nextInt(0x15));
            samples.add(bytes);
            int code = random.nextInt(Character.MAX_CODE_POINT + 1);
            if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
                samples.add((Character.toString(code) + "x").getBytes(UTF_8));
            }
        }
        return samples;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyValueIsReadAsTheLibraryReadsIt(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("uint"))) {
            List<byte[]> samples = samples();
            Revision at = dacite.branch(Branch.MAIN).commit("samples", batch -> {
                for (int i = 0; i < samples.size(); i++) {
                    batch.put(Integer.toString(i), "");
                    batch.put(dacite.key(Integer.toString(i)), samples.get(i));
                }
            });
            List<String> expected = samples.stream().map(ReadableTest::shown).toList();
            assertTrue(expected.stream().filter(each -> !each.startsWith("0x")).count() > 200);
            assertEquals(expected, Asked.query(dacite, "state", at).column("value"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyQueryReadsValuesTheSame(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Branch main = dacite.branch(Branch.MAIN);
            main.commit("bytes", batch -> batch.put(dacite.key("k"), new byte[] {(byte) 0xff, 1}));
            Revision at = main.commit("nul", batch -> batch.put("k", "a\0b"));
            assertEquals(List.of("0x610062"), Asked.query(dacite, "state", at).column("value"));
            assertEquals(List.of("0x610062"), Asked.query(dacite, "blame", at).column("value"));
            assertEquals(
                    List.of("0xff01 0x610062"),
                    Asked.query(dacite, "changes", at).lines("before", "after"));
            assertEquals(
                    List.of("0x610062", "0xff01"),
                    Asked.query(dacite, "history", at, List.of(), "k").column("value"));
            assertEquals(
                    "0x610062",
                    Asked.query(dacite, "path", at, List.of(), "k").last().get("value"));
            assertEquals(
                    List.of("0xff01", "0x610062"),
                    Asked.sql(dacite, "select value from leaf_log order by oid").column("value"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void hashedKeysAreReadTheSame(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("hashed"))) {
            byte[] odd = {(byte) 0xff, 1};
            Revision at = dacite.branch(Branch.MAIN)
                    .commit("odd", batch -> batch.tree(odd).tree("größe").put(odd, new byte[] {1}));
            assertEquals(
                    List.of("0xff01/größe 0xff01"),
                    Asked.query(dacite, "state", at).lines("tree", "key"));
            assertEquals(
                    List.of("0xff01/größe 0xff01", "0xff01 größe", " 0xff01"),
                    Asked.query(dacite, "changes", at).lines("tree", "key"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aSlashInTheNameOfATreeIsEscaped(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision at = dacite.branch(Branch.MAIN)
                    .commit("names", batch -> batch.tree("a/b").tree("c\\d").put("k/l", "1"));
            List<byte[]> trees =
                    Stream.of("a/b", "c\\d").map(name -> name.getBytes(UTF_8)).toList();
            String path = "a\\/b/c\\\\d";
            for (String name : List.of("state", "blame")) {
                assertEquals(
                        List.of(path + " k/l"), Asked.query(dacite, name, at).lines("tree", "key"), name);
            }
            assertEquals(
                    List.of("a\\/b", path), Asked.query(dacite, "trees", at).column("tree"));
            assertEquals(
                    List.of(path + " k/l", "a\\/b c\\d", " a/b"),
                    Asked.query(dacite, "changes", at).lines("tree", "key"));
            for (String name : List.of("path", "siblings")) {
                Asked asked = Asked.query(dacite, name, at, trees, "k/l");
                assertEquals(path, asked.last().get("tree"), name);
            }
            dacite.branch(Branch.MAIN)
                    .commit("more", batch -> batch.tree("a/b").tree("c\\d").put("m", "2"));
            Revision two = dacite.branch(Branch.MAIN).head().orElseThrow();
            Asked ancestors = Asked.query(
                    dacite,
                    "ancestors",
                    java.util.Map.of("revision", Long.toString(two.id()), "keys", "[\"m\"]"),
                    trees);
            assertEquals(List.of(path), ancestors.column("tree"));
        }
    }
}
