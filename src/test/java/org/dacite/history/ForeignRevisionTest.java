package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A revision of another store is told apart by its hash, whatever its id. */
class ForeignRevisionTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void nothingIsNamedOrMovedThere(Engine engine) {
        try (TestStore place = engine.fresh();
                TestStore elsewhere = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url())) {
            Revision head = dacite.branch("main").commit("here", batch -> batch.put("a", "1"));
            Revision foreign = other.branch("main").commit("there", batch -> batch.put("a", "2"));
            assertEquals(head.id(), foreign.id());

            Branch main = dacite.branch("main");
            assertThrows(UnknownRevisionException.class, () -> main.reset(head, foreign));
            assertThrows(UnknownRevisionException.class, () -> main.advance(head, foreign));
            assertThrows(
                    UnknownRevisionException.class, () -> dacite.branch("side").create(foreign));
            assertThrows(UnknownRevisionException.class, () -> dacite.tag("v1").create(foreign));
            assertEquals(new Move.MovedMeanwhile(foreign, head), main.reset(foreign, head));
            assertEquals(head, main.head().orElseThrow());
        }
    }
}
