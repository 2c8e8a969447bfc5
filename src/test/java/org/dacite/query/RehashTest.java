package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every hash of a revision is made anew from its rows, and a row that was tampered with is found. */
class RehashTest {
    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void agreesOnSqliteWhateverTheAlgorithm(HashAlgorithm hash) {
        agrees(Engine.SQLITE, hash, "rehash_revision");
    }

    @Test
    void agreesOnPostgresql() {
        agrees(Engine.POSTGRESQL, HashAlgorithm.SHA_256, "rehash_revision");
    }

    @Test
    void agreesInPureSql() {
        agrees(Engine.SQLITE, HashAlgorithm.SHA3_256, "rehash_sha3");
    }

    private static void agrees(Engine engine, HashAlgorithm hash, String query) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withHash(hash))) {
            List<Revision> line = new ArrayList<>(World.grow(dacite, 8, 3));
            line.addAll(World.copyAndDelete(dacite));
            line.add(dacite.branch("main").commit("long keys", batch -> {
                for (int i = 1; i < 1024; i += 93) {
                    batch.put("k".repeat(i), "v".repeat(i * 7));
                    batch.tree("accounts").put("k".repeat(i), "");
                }
            }));
            Set<Object> kinds = new TreeSet<>();
            for (Revision at : line) {
                Asked asked = Asked.query(dacite, query, at);
                assertEquals(
                        Set.of("yes"),
                        Set.copyOf(asked.column("agrees")),
                        () -> asked.rows().toString());
                assertEquals(asked.column("stored"), asked.column("computed"));
                kinds.addAll(asked.column("kind"));
                long rows = at.lastOid() - at.firstOid() + 1 - deletions(dacite, at);
                assertEquals(
                        rows,
                        asked.column("kind").stream()
                                .filter(kind -> kind.equals("leaf") || kind.equals("vertex"))
                                .count());
            }
            kinds.remove("store");
            assertEquals(new TreeSet<>(Set.of("leaf", "revision", "tree", "vertex")), kinds);
        }
    }

    private static long deletions(Dacite dacite, Revision at) {
        String sql = "select count(*) as n from leaf where kind = 2 and revision_id = " + at.id();
        return (Long) Asked.sql(dacite, sql).rows().get(0).get("n");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsWhatWasTamperedWith(Engine engine) throws SQLException {
        findsWhatWasTamperedWith(engine, "rehash_revision", HashAlgorithm.SHA_256);
    }

    @Test
    void findsItInPureSql() throws SQLException {
        findsWhatWasTamperedWith(Engine.SQLITE, "rehash_sha3", HashAlgorithm.SHA3_256);
    }

    private static void findsWhatWasTamperedWith(Engine engine, String query, HashAlgorithm hash) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withHash(hash))) {
            Revision at = dacite.branch("main").commit("one", batch -> {
                batch.put("a", "1");
                batch.put("b", "2");
                batch.tree("t").put("c", "3");
            });
            String ones = engine == Engine.SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";
            String two = engine == Engine.SQLITE ? "x'32'" : "'\\x32'::bytea";
            String three = engine == Engine.SQLITE ? "x'33'" : "'\\x33'::bytea";
            run(place, "update leaf set value = " + three + " where value = " + two);
            assertEquals(List.of("leaf"), disagreeing(dacite, query, at));
            run(
                    place,
                    "update leaf set value = " + two + " where value = " + three
                            + " and previous_oid is null and key < "
                            + (engine == Engine.SQLITE ? "x'63'" : "'\\x63'::bytea"));
            assertEquals(List.of(), disagreeing(dacite, query, at));
            run(place, "update leaf set value = " + ones + " where kind = 1");
            assertEquals(List.of("leaf", "tree"), disagreeing(dacite, query, at));
            run(place, "update revision set root = " + ones);
            assertEquals(List.of("leaf", "revision", "tree"), disagreeing(dacite, query, at));
            run(place, "delete from leaf where value = " + two);
            Asked asked = Asked.query(dacite, query, at);
            assertEquals(
                    1,
                    asked.column("computed").stream()
                            .filter(each -> each == null)
                            .count());
        }
    }

    private static List<Object> disagreeing(Dacite dacite, String query, Revision at) {
        return Asked.query(dacite, query, at).rows().stream()
                .filter(row -> row.get("agrees").equals("no"))
                .map(row -> row.get("kind"))
                .toList();
    }

    private static void run(TestStore place, String sql) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void postgresqlSaysThatItCannotHashWithTheOthers() {
        Settings settings = Settings.defaults().withHash(HashAlgorithm.SHA3_256);
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Dacite dacite = Dacite.open(place.url(), settings)) {
            Revision at = dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Asked.query(dacite, "rehash_revision", at));
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    @Test
    void pureSqlSaysThatItCannotHashWithTheOthers() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision at = dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            assertEquals(
                    List.of("store sha256 sha3-256 no"),
                    Asked.query(dacite, "rehash_sha3", at).lines("kind", "stored", "computed", "agrees"));
        }
    }
}
