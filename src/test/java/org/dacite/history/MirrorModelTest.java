package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
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
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.Verdict;
import org.dacite.proof.VerifiedTree;
import org.dacite.reference.ReferenceMap;
import org.dacite.reference.ReferenceTree;
import org.dacite.store.Fsck;
import org.dacite.store.IndexLevel;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of random puts, updates and deletes in random batches, trees in trees among them, against plain maps, with
 * reopenings: every past revision stays readable, provable and equal to what it was.
 */
class MirrorModelTest {
    private static final int COMMITS = 60;
    private static final int DEEDS = 90;

    record Past(Revision revision, ReferenceMap state) {}

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyRevisionStaysWhatItWas(Engine engine) {
        long seed = 41;
        Random random = new Random(seed);
        List<Past> pasts = new ArrayList<>();
        try (TestStore place = engine.fresh()) {
            ReferenceMap model = new ReferenceMap();
            Dacite dacite = open(place, random);
            try {
                for (int i = 0; i < COMMITS; i++) {
                    if (random.nextInt(6) == 0) {
                        dacite.close();
                        dacite = open(place, random);
                    }
                    ReferenceMap next = model.copy();
                    int deeds = random.nextInt(DEEDS);
                    Revision revision = dacite.branch("main").commit("commit " + i, batch -> {
                        for (int deed = 0; deed < deeds; deed++) {
                            change(random, batch, next, 2);
                        }
                    });
                    model = next;
                    pasts.add(new Past(revision, model.copy()));
                    checkPast(dacite, pasts.get(random.nextInt(pasts.size())), random, seed);
                }
                for (Past past : pasts) {
                    checkPast(dacite, past, random, seed);
                }
                checkDiffs(dacite, pasts, random);
                checkHistories(dacite, pasts);
                Fsck.Report report = Fsck.check(dacite.store(), OptionalLong.empty(), step -> {});
                assertEquals(List.of(), report.damage(), "seed " + seed);
                assertEquals(COMMITS, report.revisions());
            } finally {
                dacite.close();
            }
        }
    }

    private static Dacite open(TestStore place, Random random) {
        IndexLevel[] levels = IndexLevel.values();
        Dacite dacite = Dacite.open(
                place.url(),
                Settings.defaults()
                        .withIndexes(levels[random.nextInt(levels.length)])
                        .withCacheBytes(1 << 20));
        dacite.store().index(levels[random.nextInt(levels.length)]);
        return dacite;
    }

    /** A few names so that values and trees meet; a tree is deleted before bytes take its place, and the other way. */
    static void change(Random random, Batch batch, ReferenceMap map, int levels) {
        byte[] name = ("k" + random.nextInt(40)).getBytes(StandardCharsets.UTF_8);
        byte[] key = java.util.Arrays.copyOf(name, name.length + 1);
        int kind = random.nextInt(10);
        boolean isTree = map.treeOrNull(key) != null;
        if (kind < 3) {
            batch.delete(name);
            map.delete(key);
        } else if (kind < 8 || levels == 0) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            if (isTree || random.nextInt(4) == 0 || map.value(key) == null) {
                batch.delete(name);
            }
            batch.put(name, value);
            map.put(key, value);
        } else {
            if (map.value(key) != null || !isTree) {
                batch.delete(name);
                map.delete(key);
            }
            for (int i = 0; i < 5; i++) {
                change(random, batch.tree(name), map.tree(key), levels - 1);
            }
        }
    }

    static void checkPast(Dacite dacite, Past past, Random random, long seed) {
        String what = "revision " + past.revision.id() + ", seed " + seed;
        assertArrayEquals(ReferenceTree.root(past.state), past.revision.root().bytes(), what);
        assertEquals(past.state.leafCount(), past.revision.leafCount(), what);
        assertEquals(past.revision, dacite.revision(Long.toString(past.revision.id())), what);
        try (Snapshot snapshot = dacite.at(past.revision)) {
            checkSnapshot(snapshot, past, random, what);
        }
    }

    static void checkSnapshot(Snapshot snapshot, Past past, Random random, String what) {
        assertEquals(past.state.lines(), lines(snapshot), what);
        for (int i = 0; i < 5; i++) {
            byte[] name = ("k" + random.nextInt(40)).getBytes(StandardCharsets.UTF_8);
            byte[] key = java.util.Arrays.copyOf(name, name.length + 1);
            IncompleteTree proof = snapshot.prove(name);
            VerifiedTree verified = IncompleteTree.parse(proof.bytes()).verify(past.revision.root());
            byte[] value = past.state.value(key);
            if (value != null) {
                assertArrayEquals(value, snapshot.get(name).orElseThrow(), what);
                assertArrayEquals(value, ((Verdict.Present) verified.find(key)).value(), what);
            } else if (past.state.treeOrNull(key) != null) {
                assertTrue(snapshot.holdsTree(name), what);
                assertEquals(snapshot.tree(name).root(), ((Verdict.PresentTree) verified.find(key)).root(), what);
            } else {
                assertEquals(Optional.empty(), snapshot.get(name), what);
                assertEquals("absent", verified.find(key).word(), what);
            }
        }
    }

    private static List<String> lines(Snapshot snapshot) {
        HexFormat hex = HexFormat.of();
        List<String> lines = new ArrayList<>();
        snapshot.scan().forEach(entry -> {
            StringBuilder line = new StringBuilder();
            entry.trees().forEach(name -> line.append(hex.formatHex(name)).append("00/"));
            line.append(hex.formatHex(entry.key())).append("00=").append(hex.formatHex(entry.value()));
            lines.add(line.toString());
        });
        return lines;
    }

    private static void checkDiffs(Dacite dacite, List<Past> pasts, Random random) {
        for (int i = 0; i < 30; i++) {
            Past a = pasts.get(random.nextInt(pasts.size()));
            Past b = pasts.get(random.nextInt(pasts.size()));
            Map<String, String> expected = new TreeMap<>();
            List<String> before = a.state.lines();
            List<String> after = b.state.lines();
            before.stream().filter(line -> !after.contains(line)).forEach(line -> expected.put("- " + line, ""));
            after.stream().filter(line -> !before.contains(line)).forEach(line -> expected.put("+ " + line, ""));
            Map<String, String> found = new TreeMap<>();
            dacite.at(a.revision).diff(dacite.at(b.revision)).forEach(change -> {
                HexFormat hex = HexFormat.of();
                StringBuilder key = new StringBuilder();
                change.trees().forEach(name -> key.append(hex.formatHex(name)).append("00/"));
                key.append(hex.formatHex(change.key())).append("00=");
                change.before().ifPresent(value -> found.put("- " + key + hex.formatHex(value), ""));
                change.after().ifPresent(value -> found.put("+ " + key + hex.formatHex(value), ""));
            });
            assertEquals(expected, found);
        }
    }

    /** The life of each top key is what comparing neighbouring states tells. */
    private static void checkHistories(Dacite dacite, List<Past> pasts) {
        Revision head = pasts.get(pasts.size() - 1).revision();
        for (int name = 0; name < 40; name += 3) {
            byte[] user = ("k" + name).getBytes(StandardCharsets.UTF_8);
            byte[] key = java.util.Arrays.copyOf(user, user.length + 1);
            List<String> expected = new ArrayList<>();
            String before = "gone";
            for (Past past : pasts) {
                String now = held(past.state(), key);
                if (!now.equals(before)) {
                    expected.add(0, past.revision().id() + " " + now);
                }
                before = now;
            }
            List<String> found = dacite.history(head, List.of(), user).stream()
                    .map(version -> version.revision().id() + " " + held(version))
                    .toList();
            assertEquals(expected, found, "key k" + name);
        }
    }

    static String held(ReferenceMap state, byte[] key) {
        ReferenceMap tree = state.treeOrNull(key);
        byte[] value = state.value(key);
        return tree != null
                ? "tree " + HexFormat.of().formatHex(ReferenceTree.root(tree))
                : value == null ? "gone" : HexFormat.of().formatHex(value);
    }

    static String held(Version version) {
        return version.treeRoot()
                .map(root -> "tree " + root)
                .or(() -> version.value().map(HexFormat.of()::formatHex))
                .orElse("gone");
    }
}
