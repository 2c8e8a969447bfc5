package org.dacite.moves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Difference;
import org.dacite.history.Note;
import org.dacite.store.Settings;
import org.junit.jupiter.api.Test;

/** Two stores are held against each other by their hashes, whatever their engines and OIDs. */
class CompareTest {
    @Test
    void tellsWhereLinesPartAndWhichKeysDiffer() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            try (TestStore place = Engine.SQLITE.fresh();
                    TestStore other = Engine.POSTGRESQL.fresh();
                    Dacite a = Dacite.open(place.url());
                    Dacite b = Dacite.open(other.url())) {
                int common = random.nextInt(4);
                for (int i = 0; i < common; i++) {
                    Map<String, String> changes = changes(random);
                    commit(a, i, changes);
                    commit(b, i, changes);
                }
                assertTrue(new Compare(a, b, "main").parting().same(), "seed " + seed);
                for (int i = 0; i < 2; i++) {
                    commit(a, common + i, changes(random));
                }
                Compare compare = new Compare(a, b, "main");
                assertEquals(common, compare.parting().common(), "seed " + seed);
                assertEquals(Optional.empty(), compare.parting().second());
                commit(b, common, changes(random));
                Compare.Parting parting = compare.parting();
                assertEquals(common, parting.common(), "seed " + seed);
                assertEquals(common, parting.first().orElseThrow().height());
                assertEquals(
                        reference(a, b, common),
                        compare.differences(parting.first(), parting.second())
                                .map(CompareTest::line)
                                .toList(),
                        "seed " + seed);
            }
        }
    }

    private static Map<String, String> changes(Random random) {
        Map<String, String> changes = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            changes.put("k" + random.nextInt(60), "v" + random.nextInt(1_000));
        }
        return changes;
    }

    private static void commit(Dacite dacite, int number, Map<String, String> changes) {
        dacite.branch("main")
                .commit(
                        Note.of("block " + number).at(number),
                        batch -> changes.forEach((key, value) -> {
                            batch.put(key, value);
                            batch.tree("tree").put(key + "t", value);
                        }));
    }

    /** What a reading of both states says. */
    private static List<String> reference(Dacite a, Dacite b, long height) {
        Map<String, String> before = state(a, height);
        Map<String, String> after = state(b, height);
        TreeMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        List<String> lines = new ArrayList<>();
        all.keySet().forEach(key -> {
            if (!Optional.ofNullable(before.get(key)).equals(Optional.ofNullable(after.get(key)))) {
                lines.add(key + " " + before.get(key) + " " + after.get(key));
            }
        });
        return lines;
    }

    private static Map<String, String> state(Dacite dacite, long height) {
        Map<String, String> state = new TreeMap<>();
        dacite.at(dacite.revision(Long.toString(height + 1)))
                .scan()
                .forEach(entry -> state.put(path(entry.trees(), entry.key()), text(entry.value())));
        return state;
    }

    private static String line(Difference each) {
        return path(each.trees(), each.key()) + " "
                + each.before().map(CompareTest::text).orElse(null) + " "
                + each.after().map(CompareTest::text).orElse(null);
    }

    private static String path(List<byte[]> trees, byte[] key) {
        StringBuilder path = new StringBuilder();
        trees.forEach(tree -> path.append(text(tree)).append('/'));
        return path.append(text(key)).toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void readsInProportionToTheDifference() {
        int leaves = Integer.getInteger("dacite.compare.leaves", 30_000);
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore other = Engine.SQLITE.fresh()) {
            fill(place, leaves, 1);
            fill(other, leaves, 3);
            try (Dacite b = Dacite.open(other.url())) {
                b.branch("main").commit("one key", batch -> batch.put("key 77", "other"));
            }
            try (Dacite a = Dacite.open(place.url());
                    Dacite b = Dacite.open(other.url())) {
                Compare compare = new Compare(a, b, "main");
                long before =
                        a.store().counters().rowsRead() + b.store().counters().rowsRead();
                List<Difference> found =
                        compare.differences(compare.head(a), compare.head(b)).toList();
                assertEquals(1, found.size());
                assertArrayEquals(
                        "key 77".getBytes(StandardCharsets.UTF_8), found.get(0).key());
                long rows =
                        a.store().counters().rowsRead() + b.store().counters().rowsRead() - before;
                if (Integer.getInteger("dacite.compare.leaves") != null) {
                    System.out.println("one key of " + leaves + ": " + rows + " rows read");
                }
                assertTrue(rows < 400, "expected less than 400 rows read, got " + rows);
            }
        }
    }

    /** The same map by so many commits, so that OIDs differ. */
    private static void fill(TestStore place, int leaves, int commits) {
        try (Dacite dacite = Dacite.open(place.url())) {
            for (int part = 0; part < commits; part++) {
                int start = part;
                dacite.branch("main").commit("part", batch -> {
                    for (int i = start; i < leaves; i += commits) {
                        batch.put("key " + i, "value " + i);
                    }
                });
            }
        }
    }

    @Test
    void hashesOfTwoKindsAreNotCompared() {
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore other = Engine.SQLITE.fresh();
                Dacite a = Dacite.open(place.url());
                Dacite b = Dacite.open(other.url(), Settings.defaults().withKeyCodec("uint"))) {
            assertThrows(IllegalArgumentException.class, () -> new Compare(a, b, "main"));
        }
    }
}
