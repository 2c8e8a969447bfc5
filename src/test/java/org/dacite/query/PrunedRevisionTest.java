package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.ReadOnlyQuery;
import org.dacite.store.Store;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Half of a state is no answer: what was pruned is refused. */
class PrunedRevisionTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void hasNoStateToAskAbout(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("1", batch -> batch.put("a", "1").put("b", "1"));
            dacite.branch("main").commit("2", batch -> batch.put("a", "2"));
            dacite.prune(Retention.heads(), 100, so -> {});

            for (String name : List.of("state", "changes", "depths", "blame", "trees")) {
                assertEquals(
                        "expected a revision whose state is kept, got revision 1, which was pruned",
                        assertThrows(IllegalArgumentException.class, () -> rows(dacite.store(), name))
                                .getMessage(),
                        name);
            }
            assertEquals(1, rows(dacite.store(), "revisions").size());
            assertEquals(1, rows(dacite.store(), "growth").size());
            assertThrows(IllegalArgumentException.class, () -> sql(dacite.store(), "select key from state"));
            assertEquals(
                    1,
                    sql(dacite.store(), "select id from revision where id = :revision")
                            .size());
        }
    }

    private static List<List<Object>> rows(Store store, String name) {
        Taken taken = new Taken();
        Queries.named(name).run(store, Map.of("revision", "1"), List.of(), 60, taken);
        return taken.rows;
    }

    private static List<List<Object>> sql(Store store, String statement) {
        Taken taken = new Taken();
        ReadOnlySql.run(store, statement, OptionalLong.of(1), 60, taken);
        return taken.rows;
    }

    private static final class Taken implements ReadOnlyQuery.Rows {
        private final List<List<Object>> rows = new ArrayList<>();

        @Override
        public void columns(List<String> names) {}

        @Override
        public void row(List<Object> values) {
            rows.add(values);
        }
    }
}
