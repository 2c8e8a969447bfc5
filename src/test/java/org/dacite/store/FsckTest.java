package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Dacite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of damage is found, in the right table, and a sound store has none. */
class FsckTest {
    /** A deed to the rows, the table where it must be found, and whether the head reaches it. */
    private enum Harm {
        VERTEX_HASH("update vertex set hash = HASH where oid = (select max(oid) from vertex)", "vertex"),
        OLD_VERTEX_HASH("update vertex set hash = HASH where oid = (select min(oid) from vertex)", "vertex"),
        VERTEX_COUNT(
                "update vertex set leaf_count = leaf_count + 1 where oid = (select max(oid) from vertex)", "vertex"),
        VERTEX_PREFIX(
                "update vertex set prefix = PREFIX where oid = (select oid from vertex where depth = 4 limit 1)",
                "vertex"),
        CHILDREN_SWAPPED(
                "update vertex set left_oid = right_oid, right_oid = left_oid where oid = (select max(oid) from vertex)",
                "vertex"),
        VERTEX_GONE("delete from vertex where oid = (select min(oid) from vertex)", "vertex"),
        LEAF_GONE("delete from leaf where oid = (select max(oid) from leaf where kind = 0)", "vertex"),
        LEAF_VALUE("update leaf set value = HASH where oid = (select max(oid) from leaf where kind = 0)", "leaf"),
        LEAF_HASH("update leaf set hash = HASH where oid = (select max(oid) from leaf where kind = 0)", "leaf"),
        LINK_ROOT("update leaf set value = HASH where kind = 1", "leaf"),
        LINK_COUNT("update leaf set tree_leaf_count = 77 where kind = 1", "leaf"),
        LEAF_REVISION("update leaf set revision_id = 1 where oid = (select max(oid) from leaf)", "leaf"),
        LEAF_PREVIOUS(
                "update leaf set previous_oid = 1 where oid = (select max(oid) from leaf where kind = 0)", "leaf"),
        LEAF_TREE("update leaf set tree_id = 99 where oid = (select max(oid) from leaf where kind = 0)", "leaf"),
        REVISION_ROOT("update revision set root = HASH where id = 2", "revision"),
        REVISION_HASH("update revision set hash = HASH where id = 2", "revision"),
        REVISION_HISTORY("update revision set history = HASH where id = 3", "revision"),
        REVISION_MESSAGE("update revision set message = 'forged' where id = 2", "revision"),
        REVISION_COUNT("update revision set leaf_count = 1 where id = 3", "revision"),
        REVISION_NODES("update revision set nodes = HASH where id = 2", "revision"),
        REVISION_NODES_GONE("update revision set nodes = null where id = 2", "revision"),
        REVISION_RANGE("update revision set last_oid = last_oid + 1 where id = 3", "revision");

        private final String deed;
        private final String table;

        Harm(String deed, String table) {
            this.deed = deed;
            this.table = table;
        }
    }

    static Stream<Arguments> harms() {
        List<Arguments> all = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            for (Harm harm : Harm.values()) {
                all.add(Arguments.of(engine, harm));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("harms")
    void findsHarm(Engine engine, Harm harm) throws SQLException {
        try (TestStore place = engine.fresh()) {
            fill(place, Settings.defaults());
            harm(place, engine, harm.deed);
            try (Dacite dacite = Dacite.open(place.url())) {
                List<Fsck.Damage> damage = check(dacite).damage();
                assertTrue(
                        damage.stream().anyMatch(each -> each.table().equals(harm.table)),
                        () -> "expected damage in " + harm.table + ", got " + damage);
                assertTrue(damage.stream().allMatch(each -> each.oid() > 0 && each.revision() > 0), damage::toString);
            }
        }
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(HashAlgorithm.values()).map(hash -> Arguments.of(engine, hash)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aSoundStoreHasNoneWhateverItHashesWith(Engine engine, HashAlgorithm hash) throws SQLException {
        Settings settings = Settings.defaults().withHash(hash);
        try (TestStore place = engine.fresh()) {
            fill(place, settings);
            try (Dacite dacite = Dacite.open(place.url())) {
                Fsck.Report report = check(dacite);
                assertEquals(List.of(), report.damage());
                assertEquals(dacite.store().counts().vertices(), report.vertices());
                assertEquals(3, report.revisions());
            }
            harm(place, engine, Harm.LEAF_VALUE.deed);
            try (Dacite dacite = Dacite.open(place.url())) {
                List<Fsck.Damage> hashes = check(dacite).damage().stream()
                        .filter(each ->
                                each.table().equals("leaf") && each.expected().length() == 64)
                        .toList();
                assertEquals(1, hashes.size());
                assertEquals(3, hashes.get(0).revision());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void oneRevisionIsCheckedAlone(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            fill(place, Settings.defaults());
            harm(place, engine, "update leaf set value = HASH where oid = (select max(oid) from leaf where kind = 0)");
            try (Dacite dacite = Dacite.open(place.url())) {
                Fsck.Report first = Fsck.check(dacite.store(), OptionalLong.of(1), step -> {});
                Fsck.Report last = Fsck.check(dacite.store(), OptionalLong.of(3), step -> {});
                assertEquals(List.of(), first.damage());
                assertTrue(first.leaves() > 100);
                assertFalse(last.damage().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anEmptyStoreIsSound(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            assertEquals(new Fsck.Report(0, 0, 0, List.of()), check(dacite));
            dacite.branch("main").commit("empty", batch -> {});
            assertEquals(new Fsck.Report(1, 0, 0, List.of()), check(dacite));
        }
    }

    private static Fsck.Report check(Dacite dacite) {
        return Fsck.check(dacite.store(), OptionalLong.empty(), step -> {});
    }

    /** By that row readers know that they must look at each value. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsBytesInAStoreThatSaysItIsText(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh()) {
            fill(place, Settings.defaults());
            try (Dacite dacite = Dacite.open(place.url())) {
                dacite.branch("main")
                        .commit("bytes", batch -> batch.put("key 9".getBytes(StandardCharsets.UTF_8), new byte[] {-1}));
                assertEquals(List.of(), check(dacite).damage());
                harm(place, engine, "delete from other_value");
                Fsck.Damage damage = check(dacite).damage().get(0);
                assertEquals("leaf", damage.table());
                assertEquals("a row of other_value, or text", damage.expected());
            }
        }
    }

    private static void fill(TestStore place, Settings settings) {
        try (Dacite dacite = Dacite.open(place.url(), settings)) {
            dacite.branch("main").commit("first", batch -> {
                for (int i = 0; i < 150; i++) {
                    batch.put("key " + i, "value " + i);
                }
            });
            dacite.branch("main").commit("second", batch -> {
                for (int i = 0; i < 30; i++) {
                    batch.tree("accounts").put("account " + i, "10");
                }
                batch.delete("key 7");
            });
            dacite.branch("main")
                    .commit("third", batch -> batch.put("key 8", "other").put("key 149", "last"));
        }
    }

    private static void harm(TestStore place, Engine engine, String deed) throws SQLException {
        String hash = "00".repeat(32);
        String prefix = "0c";
        boolean sqlite = engine == Engine.SQLITE;
        String text = deed.replace("HASH", sqlite ? "x'" + hash + "'" : "'\\x" + hash + "'")
                .replace("PREFIX", sqlite ? "x'" + prefix + "'" : "'\\x" + prefix + "'");
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(text) > 0, text);
        }
    }
}
