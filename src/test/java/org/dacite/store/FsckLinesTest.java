package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
