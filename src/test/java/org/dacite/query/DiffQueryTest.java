package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Batch;
import org.dacite.history.Dacite;
import org.dacite.history.Difference;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The query {@code diff} says what {@code Snapshot.diff} says, in its order, between any two revisions. */
class DiffQueryTest {
    private static final HexFormat HEX = HexFormat.of();

    private static Asked asked(Dacite dacite, Revision from, Revision to) {
        Map<String, String> given = Map.of("from", Long.toString(from.id()), "revision", Long.toString(to.id()));
        return Asked.query(dacite, "diff", given, List.of());
    }

    private static List<String> expected(Dacite dacite, Revision from, Revision to) {
        return dacite.at(from)
                .diff(dacite.at(to))
                .map(each -> line(dacite, each))
                .toList();
    }

    private static String line(Dacite dacite, Difference each) {
        StringBuilder path = new StringBuilder();
        each.trees().forEach(name -> path.append(HEX.formatHex(dacite.codec().canonical(name))));
        String key = HEX.formatHex(dacite.codec().canonical(each.key()));
        return path + key + " " + key + " " + hex(each.before()) + " " + hex(each.after());
    }

    private static String hex(Optional<byte[]> value) {
        return value.map(HEX::formatHex).orElse("null");
    }

    private static void compareAll(Dacite dacite, List<Revision> line, String where) {
        for (Revision from : line) {
            for (Revision to : line) {
                assertEquals(
                        expected(dacite, from, to),
                        asked(dacite, from, to).lines("path_hex", "key_hex", "before_hex", "after_hex"),
                        where + ", from revision " + from.id() + " to " + to.id());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void betweenAnyTwoRevisionsOfAWorldOfTrees(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = new ArrayList<>(World.grow(dacite, 12, 17));
            line.addAll(World.copyAndDelete(dacite));
            compareAll(dacite, line, "seed 17");
            Revision last = line.get(line.size() - 1);
            List<String> names = dacite.at(line.get(0))
                    .diff(dacite.at(last))
                    .map(each -> World.path(each.trees()) + " " + World.text(each.key()) + " "
                            + each.before().map(World::text).orElse("null") + " "
                            + each.after().map(World::text).orElse("null"))
                    .toList();
            assertEquals(names, asked(dacite, line.get(0), last).lines("tree", "key", "before", "after"));
        }
    }

    /** No leaf, one leaf, none again; and keys of which one begins another, a value where a tree was, and back. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void betweenTheSmallestMapsAndTheOddestKeys(Engine engine) {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), settings)) {
            List<Revision> line = new ArrayList<>();
            line.add(commit(dacite, List.of(), Map.of()));
            line.add(commit(dacite, List.of(), Map.of("61", "1")));
            line.add(commit(dacite, List.of(), Map.of("61", "2")));
            line.add(commit(dacite, List.of("61"), Map.of("6111", "1", "6191", "1")));
            line.add(commit(dacite, List.of(), Map.of("78", "1", "60", "2")));
            line.add(commit(dacite, List.of("6191"), Map.of("619180", "1", "6180", "2")));
            line.add(commit(dacite, List.of("6111", "619180", "6180"), Map.of("61/0141", "1", "61/0180", "2")));
            line.add(commit(dacite, List.of("61/0141", "61/0180", "61"), Map.of("61", "3")));
            line.add(commit(dacite, List.of("61", "60"), Map.of()));
            line.add(commit(dacite, List.of("78"), Map.of()));
            compareAll(dacite, line, "by hand");
            assertEquals(0, line.get(line.size() - 1).rootLink());
        }
    }

    /** Key by key what is deleted and put; {@code 61/0141} is a key of the tree {@code 61}. */
    private static Revision commit(Dacite dacite, List<String> deleted, Map<String, String> put) {
        return dacite.branch("main").commit("", batch -> {
            deleted.forEach(key -> batchOf(batch, key).delete(last(key)));
            new TreeMap<>(put).forEach((key, value) -> batchOf(batch, key).put(last(key), HEX.parseHex("0" + value)));
        });
    }

    private static Batch batchOf(Batch batch, String key) {
        return key.contains("/") ? batch.tree(HEX.parseHex(key.substring(0, key.indexOf('/')))) : batch;
    }

    private static byte[] last(String key) {
        return HEX.parseHex(key.substring(key.indexOf('/') + 1));
    }

    /** Few bits, so that splits come and go and vertices move up and down; sometimes the whole map goes and comes back. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void betweenRandomMapsOfKeysThatPartLate(Engine engine) {
        long seed = 23;
        Random random = new Random(seed);
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        for (int round = 0; round < 4; round++) {
            try (TestStore place = engine.fresh();
                    Dacite dacite = Dacite.open(place.url(), settings)) {
                int most = 1 + random.nextInt(30);
                List<Revision> line = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    line.add(dacite.branch("main").commit("", batch -> {
                        boolean all = random.nextInt(5) == 0;
                        for (int key = 0; all && key < 1 << 6; key++) {
                            batch.delete(key(key));
                        }
                        for (int deed = random.nextInt(most); deed > 0; deed--) {
                            byte[] key = key(random.nextInt(1 << 6));
                            if (random.nextBoolean()) {
                                batch.put(key, new byte[] {(byte) random.nextInt(2)});
                            } else {
                                batch.delete(key);
                            }
                        }
                    }));
                }
                compareAll(dacite, line, "seed " + seed + ", round " + round);
            }
        }
    }

    /** Two bytes whose six bits lie here and there. */
    private static byte[] key(int number) {
        int spread = (number & 3) | (number & 4) << 4 | (number & 8) << 4 | (number & 48) << 8;
        return new byte[] {(byte) (spread >> 8), (byte) spread};
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void takesStepsInProportionToWhatDiffers(Engine engine) {
        int leaves = 20_000;
        int changes = 50;
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), settings)) {
            Revision loaded = dacite.branch("main").commit("load", batch -> {
                for (int i = 0; i < leaves; i++) {
                    batch.put(far(i), new byte[] {1});
                }
            });
            Revision changed = dacite.branch("main").commit("change", batch -> {
                for (int i = 0; i < changes; i++) {
                    batch.put(far(i * 400), new byte[] {2});
                }
            });
            dacite.branch("main").commit("away", batch -> {
                for (int i = 0; i < leaves; i += 2) {
                    batch.delete(far(i));
                }
            });
            Revision back = dacite.branch("main").commit("back", batch -> {
                for (int i = 0; i < leaves; i += 2) {
                    batch.put(far(i), new byte[] {(byte) (i % 400 == 0 && i < changes * 400 ? 2 : 1)});
                }
            });
            assertEquals(changed.root(), back.root());
            assertTrue(steps(dacite, loaded, changed) < 1_000, "got " + steps(dacite, loaded, changed));
            assertEquals(0, steps(dacite, changed, back));
            assertTrue(steps(dacite, loaded, back) < 2_000, "got " + steps(dacite, loaded, back));
            assertEquals(changes, asked(dacite, loaded, back).rows().size());
        }
    }

    /** How many rows the recursion of the query makes. */
    private static long steps(Dacite dacite, Revision from, Revision to) {
        String text = Queries.named("diff").text(dacite.store().engine());
        String walk = text.substring(text.indexOf("with recursive"), text.indexOf("\nselect\n    w.tree,\n"));
        String counted = walk.replace(":from", Long.toString(from.id())) + " select count(*) as steps from walk";
        return (Long)
                Asked.sql(dacite, counted, OptionalLong.of(to.id())).last().get("steps");
    }

    private static byte[] far(int number) {
        return ByteBuffer.allocate(8).putLong(number * 0x9E3779B97F4A7C15L).array();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRevisionThatIsNotThereIsRefused(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            Map<String, String> given = Map.of("from", "7", "revision", "1");
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Asked.query(dacite, "diff", given, List.of()));
            assertTrue(e.getMessage().startsWith("expected the id of a revision, got 7"), e.getMessage());
        }
    }
}
