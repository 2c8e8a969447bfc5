package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.store.Counters;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work is in proportion to change: counted, never timed. */
class ProportionTest {
    private static final int LEAVES = 5_000;
    private static final int CHANGES = 40;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCommitTouchesTheAncestorsOfItsKeysEachOnce(Engine engine) throws Exception {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh()) {
            load(place, settings).close();
            try (Dacite cold = Dacite.open(place.url(), settings)) {
                Counters counters = cold.store().counters();
                List<byte[]> keys = someKeys();
                Revision revision = cold.branch("main").commit("update", batch -> {
                    for (byte[] key : keys) {
                        batch.put(key, new byte[] {1});
                    }
                });

                int ancestors = ancestors(keys).size();
                assertEquals(CHANGES, counters.leavesWritten());
                assertEquals(ancestors, counters.verticesWritten(), "each touched ancestor is written once");
                assertEquals(
                        CHANGES + ancestors + 2,
                        counters.hashes(),
                        "one hash a leaf, one a touched ancestor, one for the root, one for the revision");
                assertEquals(1, counters.statements(), "one query fetches all that is missing");
                assertTrue(
                        counters.rowsRead() <= 2L * ancestors + 1,
                        "the ancestors and their children, got " + counters.rowsRead());
                assertEquals(CHANGES + ancestors, revision.lastOid() - revision.firstOid() + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aWarmCommitReadsNothingAndAnEmptyOneWritesNothing(Engine engine) throws Exception {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh();
                Dacite dacite = load(place, settings)) {
            Counters counters = dacite.store().counters();
            long statements = counters.statements();
            dacite.branch("main").commit("warm", batch -> someKeys().forEach(key -> batch.put(key, new byte[] {2})));
            assertEquals(statements, counters.statements());

            long vertices = counters.verticesWritten();
            long leaves = counters.leavesWritten();
            Revision before = dacite.branch("main").head().orElseThrow();
            Revision same = dacite.branch("main").commit("same again", batch -> {
                someKeys().forEach(key -> batch.put(key, new byte[] {2}));
                batch.delete(new byte[] {9});
            });
            assertEquals(before.root(), same.root());
            assertEquals(before.rootLink(), same.rootLink());
            assertEquals(vertices, counters.verticesWritten());
            assertEquals(leaves, counters.leavesWritten());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCacheThatHoldsTheTreeIsEnoughForAnyNumberOfCommits(Engine engine) throws Exception {
        Settings settings = Settings.defaults().withKeyCodec("bytes").withCacheBytes(4 << 20);
        try (TestStore place = engine.fresh();
                Dacite dacite = load(place, settings)) {
            Counters counters = dacite.store().counters();
            Random random = new Random(3);
            long written = counters.verticesWritten();
            long statements = counters.statements();
            for (int i = 0; i < 120; i++) {
                byte[] value = {(byte) i, 3};
                dacite.branch("main")
                        .commit("warm", batch -> random.ints(100, 0, LEAVES).forEach(n -> batch.put(key(n), value)));
            }
            assertTrue(
                    (counters.verticesWritten() - written) * 150 > 2 * settings.cacheBytes(),
                    "more was written than the cache can hold");
            assertEquals(statements, counters.statements(), "what is out of use made room, not the tree");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aColdGetAndAColdProofAreOneStatement(Engine engine) throws Exception {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh()) {
            load(place, settings).close();
            try (Dacite cold = Dacite.open(place.url(), settings)) {
                Snapshot head = cold.head();
                assertTrue(head.get(key(17)).isPresent());
                assertEquals(1, cold.store().counters().statements());
            }
            try (Dacite cold = Dacite.open(place.url(), settings)) {
                Snapshot head = cold.head();
                assertTrue(head.prove(key(17), key(18), key(4_000)).holds(head.root()));
                assertEquals(1, cold.store().counters().statements());
            }
        }
    }

    /** What leads to the leaves takes less room than the nodes: a small cache knows the way, and reads the leaf. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aGetWithACacheOfATenthOfTheTreeReadsLittleMoreThanItsLeaf(Engine engine) throws Exception {
        int leaves = 27_000; // with some 385 bytes a leaf and its vertex, ten times the smallest cache
        Settings settings = Settings.defaults().withKeyCodec("bytes").withCacheBytes(1 << 20);
        try (TestStore place = engine.fresh()) {
            load(place, settings, leaves, new byte[100]).close();
            try (Dacite cold = Dacite.open(place.url(), settings);
                    Snapshot head = cold.head()) {
                for (int i = 0; i < leaves; i++) {
                    assertTrue(head.get(key(i)).isPresent());
                }
                Counters counters = cold.store().counters();
                long statements = counters.statements();
                long rows = counters.rowsRead();
                new Random(7).ints(2_000, 0, leaves).forEach(i -> head.get(key(i)));
                assertTrue(counters.statements() - statements <= 2_000);
                assertTrue(
                        counters.rowsRead() - rows <= 2_200,
                        "a leaf and a few vertices, got " + (counters.rowsRead() - rows));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aDiffVisitsWhatDiffers(Engine engine) throws Exception {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh()) {
            load(place, settings).close();
            Revision before;
            Revision after;
            try (Dacite dacite = Dacite.open(place.url(), settings)) {
                before = dacite.branch("main").head().orElseThrow();
                after = dacite.branch("main").commit("one", batch -> batch.put(key(3), new byte[] {5}));
            }
            try (Dacite cold = Dacite.open(place.url(), settings)) {
                assertEquals(1, cold.at(before).diff(cold.at(after)).count());
                long rows = cold.store().counters().rowsRead();
                assertTrue(rows < 120, "a path of both trees with its siblings, got " + rows);
            }
        }
    }

    private static Dacite load(TestStore place, Settings settings) {
        return load(place, settings, LEAVES, new byte[] {0});
    }

    private static Dacite load(TestStore place, Settings settings, int leaves, byte[] value) {
        Dacite dacite = Dacite.open(place.url(), settings);
        dacite.branch("main").commit("load", batch -> {
            for (int i = 0; i < leaves; i++) {
                batch.put(key(i), value);
            }
        });
        return dacite;
    }

    private static byte[] key(int number) {
        return HashAlgorithm.SHA_256.hash(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static List<byte[]> someKeys() {
        Random random = new Random(3);
        Set<Integer> numbers = new HashSet<>();
        while (numbers.size() < CHANGES) {
            numbers.add(random.nextInt(LEAVES));
        }
        return numbers.stream().map(ProportionTest::key).toList();
    }

    /** The vertices above the changed keys, by their prefixes, from all keys alone: where a key first parts from another. */
    private static Set<String> ancestors(List<byte[]> changed) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < LEAVES; i++) {
            all.add(bits(key(i)));
        }
        Set<String> prefixes = new HashSet<>();
        for (byte[] key : changed) {
            String bits = bits(key);
            for (String other : all) {
                int common = 0;
                while (common < 256 && bits.charAt(common) == other.charAt(common)) {
                    common++;
                }
                if (common < 256) {
                    prefixes.add(bits.substring(0, common));
                }
            }
        }
        return prefixes;
    }

    private static String bits(byte[] key) {
        StringBuilder text = new StringBuilder();
        for (byte octet : key) {
            text.append(Integer.toBinaryString((octet & 0xff) | 0x100).substring(1));
        }
        return text.toString();
    }
}
