package org.dacite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Dacite;
import org.dacite.store.Fsck;
import org.dacite.store.IndexLevel;
import org.dacite.store.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloorTest {
    private static final Settings SETTINGS = Settings.defaults().withKeyCodec("bytes");

    /** The copy is a store with the same rows: its hashes hold, and its roots are the same. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void insertsExactlyTheRowsThatDaciteWrote(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                TestStore copy = engine.fresh();
                Stop stop = Stop.onShutdown()) {
            Dacite.open(copy.url(), SETTINGS).close();
            try (Dacite dacite = Dacite.open(place.url(), SETTINGS);
                    Floor floor = floor(place, copy)) {
                Workload work = new Workload(7);
                for (int size : List.of(500, 40, 1, 1, 1)) {
                    dacite.branch("main").commit("some", batch -> {
                        for (Change change : work.keys() == 0 ? work.fresh(size) : work.mixed(size, size / 2)) {
                            batch.put(change.key(), change.value());
                        }
                    });
                    if (size != 40) {
                        assertTrue(floor.catchUp(stop) > 0);
                    }
                }
                assertEquals(0, floor.catchUp(stop));
                try (Dacite same = Dacite.open(copy.url(), SETTINGS)) {
                    assertEquals(dacite.head().root(), same.head().root());
                    assertEquals(dacite.store().counts(), same.store().counts());
                    Fsck.Report report = Fsck.check(same.store(), OptionalLong.empty(), line -> {});
                    assertEquals(List.of(), report.damage());
                    Change next = work.fresh(1)[0];
                    same.branch("main").commit("goes on", batch -> batch.put(next.key(), next.value()));
                }
            }
        }
    }

    @Test
    void seesThatARowDoesNotHaveTheDigestOfItsBytes() throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore copy = Engine.SQLITE.fresh();
                Stop stop = Stop.onShutdown()) {
            Dacite.open(copy.url(), SETTINGS.withIndexes(IndexLevel.NONE)).close();
            try (Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
                dacite.branch("main").commit("one", batch -> batch.put(new byte[] {1}, new byte[] {2}));
            }
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update leaf set value = x'03'");
            }
            try (Floor floor = floor(place, copy)) {
                assertThrows(IllegalStateException.class, () -> floor.catchUp(stop));
            }
        }
    }

    private static Floor floor(TestStore place, TestStore copy) {
        return Floor.of(place::plain, copy::plain, HashAlgorithm.SHA_256);
    }
}
