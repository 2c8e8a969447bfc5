package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Branches and tags by their names. */
class BranchTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void linesGoOnFromWhereABranchWasMade(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision first = dacite.branch("main").commit("1", batch -> batch.put("a", "1"));
            dacite.branch("main").commit("2", batch -> batch.put("a", "2"));
            dacite.branch("side").create(first);
            Revision side = dacite.branch("side").commit("s", batch -> batch.put("b", "1"));
            assertEquals(first, dacite.revision("side~1"));
            assertEquals(1, side.height());
            assertEquals(side, dacite.branch("side").getHead());
            try (Snapshot state = dacite.at(side)) {
                assertEquals(Optional.of("1"), state.get("a"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whereThereIsNoMainNothingElseIsTakenForIt(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            assertTrue(dacite.head().isEmpty());
            assertEquals(Optional.empty(), dacite.defaultRevision());
            assertEquals(
                    "expected the branch main, which the first commit makes, got 'side'",
                    assertThrows(
                                    UnknownRevisionException.class,
                                    () -> dacite.branch("side").commit("1", batch -> batch.put("a", "1")))
                            .getMessage());
            Revision only = dacite.branch("main").commit("1", batch -> batch.put("a", "1"));
            assertEquals(Optional.of(only), dacite.defaultRevision());
            dacite.branch("main").rename("trunk");
            String refusal = "expected a branch, one of trunk, got 'main'";
            assertEquals(
                    refusal,
                    assertThrows(UnknownRevisionException.class, dacite::head).getMessage());
            assertEquals(
                    refusal,
                    assertThrows(UnknownRevisionException.class, dacite::defaultRevision)
                            .getMessage());
            assertEquals(
                    refusal,
                    assertThrows(UnknownRevisionException.class, () -> dacite.revision("~0"))
                            .getMessage());
            assertEquals(only, dacite.revision("trunk"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRefusalListsSomeOfManyNames(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision only = dacite.branch("main").commit("1", batch -> batch.put("a", "1"));
            assertEquals(
                    "expected a tag, but there are none, got 'v'",
                    assertThrows(
                                    UnknownRevisionException.class,
                                    () -> dacite.tag("v").getRevision())
                            .getMessage());
            for (int i = 10; i < 32; i++) {
                dacite.tag("v" + i).create(only);
            }
            String refusal = assertThrows(
                            UnknownRevisionException.class,
                            () -> dacite.tag("v").delete())
                    .getMessage();
            assertTrue(refusal.startsWith("expected a tag, one of v10, v11, "), refusal);
            assertTrue(refusal.endsWith("v29 and 2 more, got 'v'"), refusal);
            assertEquals(only, dacite.tag("v31").getRevision());
        }
    }
}
