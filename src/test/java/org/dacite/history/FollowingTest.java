package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which row of a branch says where it stands, and which one follows the newest revision. */
class FollowingTest {
    private static Map<String, Long> rows(TestStore place, String table) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select name, coalesce(revision_id, 0) from " + table)) {
            while (found.next()) {
                rows.put(found.getString(1), found.getLong(2));
            }
        }
        return rows;
    }

    private static Revision commit(Dacite dacite, String branch, String value) {
        return dacite.branch(branch).commit(value, batch -> batch.put("key", value));
    }

    private static void assertHeads(TestStore place, Map<String, Long> written, Map<String, Long> heads)
            throws SQLException {
        assertEquals(written, rows(place, "branch_head"));
        assertEquals(heads, rows(place, "branch"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theBranchThatWasCommittedToLastFollows(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision first = commit(dacite, "main", "1");
            commit(dacite, "main", "2");
            assertHeads(place, Map.of("main", 0L), Map.of("main", 2L));
            dacite.branch("side").create(first);
            assertHeads(place, Map.of("main", 0L, "side", 1L), Map.of("main", 2L, "side", 1L));
            commit(dacite, "side", "3");
            assertHeads(place, Map.of("main", 2L, "side", 0L), Map.of("main", 2L, "side", 3L));
            commit(dacite, "main", "4");
            assertHeads(place, Map.of("main", 0L, "side", 3L), Map.of("main", 4L, "side", 3L));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void oneThatIsMovedOrGoneFollowsNoMore(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision first = commit(dacite, "main", "1");
            Revision second = commit(dacite, "main", "2");
            dacite.branch("side").create(second);
            dacite.branch("main").reset(second, first);
            assertHeads(place, Map.of("main", 1L, "side", 2L), Map.of("main", 1L, "side", 2L));
            commit(dacite, "side", "3");
            dacite.branch("side").rename("other");
            assertHeads(place, Map.of("main", 1L, "other", 3L), Map.of("main", 1L, "other", 3L));
            commit(dacite, "other", "4");
            dacite.branch("other").delete();
            commit(dacite, "main", "5");
            assertHeads(place, Map.of("main", 0L), Map.of("main", 5L));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whoeverHasTheStoreOpenSeesWhichItIs(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite one = Dacite.open(place.url());
                Dacite other = Dacite.open(place.url())) {
            commit(one, "main", "1");
            assertEquals(2, commit(other, "main", "2").id());
            other.branch("side").create(one.revision("1"));
            commit(one, "main", "3");
            assertEquals(1, commit(other, "side", "4").height());
            assertEquals(3, commit(one, "main", "5").height());
            assertEquals(2, commit(other, "side", "6").height());
            assertHeads(place, Map.of("main", 5L, "side", 0L), Map.of("main", 5L, "side", 6L));
            assertEquals(Map.of("main", 5L, "side", 6L), one.branches());
        }
    }
}
