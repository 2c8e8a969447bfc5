package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees that are linked lead to rows that are there and stay. */
class LinkTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void ofARevisionThatWasPrunedMeanwhileAreRefused(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(place.url())) {
            Revision old = dacite.branch("main")
                    .commit("1", batch -> batch.tree("t").put("a", "1").put("b", "2"));
            dacite.branch("main").commit("2", batch -> batch.delete("t").put("x", "1"));
            Snapshot tree;
            try (Snapshot state = dacite.at(old)) {
                tree = state.tree("t");
            }
            other.prune(Retention.heads(), 100, so -> {});
            assertThrows(
                    PrunedRevisionException.class,
                    () -> dacite.branch("main").commit("3", batch -> batch.link("u", tree)));
            assertEquals(
                    List.of(),
                    Fsck.check(dacite.store(), OptionalLong.empty(), so -> {}).damage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void ofARevisionThatIsOpenWhileAnotherPrunesStay(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(place.url())) {
            Revision old = dacite.branch("main")
                    .commit("1", batch -> batch.tree("t").put("a", "1").put("b", "2"));
            dacite.branch("main").commit("2", batch -> batch.delete("t").put("x", "1"));
            try (Snapshot state = dacite.at(old)) {
                other.prune(Retention.heads(), 100, so -> {});
                Snapshot tree = state.tree("t");
                dacite.branch("main").commit("3", batch -> batch.link("u", tree));
            }
            other.prune(Retention.heads(), 100, so -> {});
            try (Snapshot head = other.head()) {
                assertEquals("2", head.tree("u").get("b").orElseThrow());
            }
            assertEquals(
                    List.of(),
                    Fsck.check(dacite.store(), OptionalLong.empty(), so -> {}).damage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void ofAnotherStoreAreRefused(Engine engine) {
        try (TestStore place = engine.fresh();
                TestStore elsewhere = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url())) {
            dacite.branch("main").commit("1", batch -> batch.put("x", "1"));
            Revision foreign =
                    other.branch("main").commit("1", batch -> batch.tree("t").put("a", "1"));
            try (Snapshot state = other.at(foreign)) {
                assertThrows(
                        UnknownRevisionException.class,
                        () -> dacite.branch("main")
                                .commit("2", batch -> batch.tree("deep").link("u", state.tree("t"))));
            }
            assertEquals(1, dacite.store().counts().revisions());
        }
    }
}
