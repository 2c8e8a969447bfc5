package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that fork off others are looked at from where they fork. */
class FsckLinesTest {
    /** Revisions 1 to 3 on main, 4 and 5 behind revision 2, 6 behind revision 4. */
    private static void fill(Dacite dacite) {
        commit(dacite, "main", 3);
        dacite.branch("side").create(dacite.revision("2"));
        commit(dacite, "side", 2);
        dacite.branch("deep").create(dacite.revision("4"));
        commit(dacite, "deep", 1);
    }

    private static void commit(Dacite dacite, String branch, int count) {
        for (int i = 0; i < count; i++) {
            String value = branch + i;
            dacite.branch(branch).commit("some", batch -> batch.put("key", value));
        }
    }

    private static List<Fsck.Damage> damage(Dacite dacite) {
        return Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void soundForksHaveNoDamage(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachRevisionShowsTheNodesThatItCompleted(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select r.height, count(*), max(n.level), max(length(n.hash)) from revision r"
                                    + " join line_node n on n.line_id = r.line_id and n.height = r.height group by r.id")) {
                int revisions = 0;
                for (; rows.next(); revisions++) {
                    int ending = Long.numberOfTrailingZeros(~rows.getLong(1));
                    assertEquals(
                            List.of(ending + 1, ending, 32), List.of(rows.getInt(2), rows.getInt(3), rows.getInt(4)));
                }
                assertEquals(dacite.store().counts().revisions(), revisions);
            }
        }
    }

    /** Of the first revisions of all the index has none, so it does not refuse this. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void twoRevisionsInOnePlaceAreTold(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            long last = dacite.revision("deep").id();
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                assertEquals(
                        1,
                        statement.executeUpdate(
                                "update revision set line_id = (select line_id from revision where id = 2),"
                                        + " height = 1 where id = " + last));
            }
            List<Fsck.Damage> damage = damage(dacite);
            assertTrue(
                    damage.stream()
                            .anyMatch(each -> each.table().equals("log")
                                    && each.revision() == last
                                    && each.found().equals("entry 1")),
                    damage::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theLineOfAllRevisionsBeforeItIsThatOfOne(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                assertEquals(
                        1,
                        statement.executeUpdate(
                                "update revision set line_id = (select max(line_id) from revision)" + " where id = 2"));
            }
            List<Fsck.Damage> damage = damage(dacite);
            assertTrue(
                    damage.stream()
                            .anyMatch(each -> each.revision() == 2
                                    && each.expected().equals("the line of all revisions before it")),
                    damage::toString);
        }
    }

    /** By its id where that is its height + 1, else by the index. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyRevisionIsFoundInItsPlace(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            for (long id = 1; dacite.store().revision(id).isPresent(); id++) {
                Revision revision = dacite.store().revision(id).orElseThrow();
                List<String> parts = new ArrayList<>();
                Optional<Revision> at = Optional.of(revision);
                for (long height = revision.height(); height >= 0; height--) {
                    assertEquals(at, dacite.store().ancestor(revision, height), "from " + id + " to " + height);
                    parts.add(0, Long.toString(at.orElseThrow().id()));
                    OptionalLong parent = at.orElseThrow().parent();
                    at = parent.isPresent() ? dacite.store().revision(parent.getAsLong()) : Optional.empty();
                }
                assertEquals(
                        parts,
                        Transfers.rows(
                                place,
                                "select w.id from line_part p join revision w on w.line_id = p.log_id and w.first_oid >= p.first_oid"
                                        + " and w.last_oid <= p.last_oid where p.revision = " + id + " order by w.id"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aNodeOfAForkIsCompared(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            String hash = engine == Engine.SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                assertFalse(statement.execute("update revision set nodes = " + hash + " where id = 6"));
            }
            List<Fsck.Damage> damage = damage(dacite);
            assertEquals(1, damage.size(), damage::toString);
            assertEquals("revision", damage.get(0).table());
            assertEquals(6, damage.get(0).revision());
        }
    }
}
