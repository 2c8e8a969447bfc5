package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.PostgresWire;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL is asked, counted on the wire. */
class RoundTripsTest {
    private static final Settings SETTINGS = Settings.defaults().withKeyCodec("bytes");

    @Test
    void aGetAtTheHeadWithoutAnyCacheIsOne() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                PostgresWire wire = PostgresWire.before(place.url())) {
            try (Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
                commit(dacite, 2_000, new byte[] {1});
            }
            try (Dacite cold = Dacite.open(wire.url(), SETTINGS);
                    Snapshot head = cold.head()) {
                long before = wire.roundTrips();
                assertTrue(head.get(key(17)).isPresent());
                assertEquals(1, wire.roundTrips() - before, wire::toString);
            }
        }
    }

    /**
     * The rows of a small one are one of them, else each of two COPYs is two; a second connection, where there are many vertices,
     * takes four more, three of which nobody waits for.
     */
    @ParameterizedTest
    @CsvSource({"1, 6", "100, 9", "3000, 13"})
    void aCommitTakesAFewWhateverItsSize(int changes, int roundTrips) throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                PostgresWire wire = PostgresWire.before(place.url());
                Dacite dacite = Dacite.open(wire.url(), SETTINGS)) {
            for (int i = 0; i < 16; i++) {
                commit(dacite, 3_000, new byte[] {(byte) i}); // prepares what is prepared after some uses
            }
            long before = wire.roundTrips();
            long copies = wire.copies();
            commit(dacite, changes, new byte[] {17, 1});
            assertEquals(roundTrips, wire.roundTrips() - before, wire::toString);
            assertEquals(changes == 1 ? 0 : 2, wire.copies() - copies, wire::toString);
        }
    }

    /** Leaves of more bytes than wait for their turn stream beside the vertices, over the other connection. */
    @Test
    void aCommitOfLargeValuesStreamsThem() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                PostgresWire wire = PostgresWire.before(place.url());
                Dacite dacite = Dacite.open(wire.url(), SETTINGS)) {
            commit(dacite, 12_000, new byte[1_000]);
            assertEquals(2, wire.copies(), wire::toString);
            Fsck.Report report = Fsck.check(dacite.store(), OptionalLong.empty(), line -> {});
            assertEquals(List.of(), report.damage());
            assertEquals(12_000, report.leaves());
        }
    }

    /** Without a second connection, leaves that are too large to wait for their turn interrupt the stream of the vertices. */
    @Test
    void aWriterAloneSendsThemInBetween() throws Exception {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                PostgresWire wire = PostgresWire.before(place.url() + "&options=-c%20dacite.alone=on");
                Dacite dacite = Dacite.open(wire.url(), SETTINGS)) {
            commit(dacite, 12_000, new byte[1_000]);
            assertTrue(wire.copies() >= 5, wire::toString);
            Fsck.Report report = Fsck.check(dacite.store(), OptionalLong.empty(), line -> {});
            assertEquals(List.of(), report.damage());
            assertEquals(12_000, report.leaves());
        }
    }

    private static void commit(Dacite dacite, int changes, byte[] value) {
        dacite.branch("main").commit("some", batch -> {
            for (int i = 0; i < changes; i++) {
                batch.put(key(i), value);
            }
        });
    }

    private static byte[] key(int number) {
        byte[] key = new byte[32];
        new Random(number).nextBytes(key);
        return key;
    }
}
