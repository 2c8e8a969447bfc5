package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.Synchronous;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A diff costs what differs, whatever the size of the map: counted in rows that a cold store reads. */
class DiffProportionTest {
    private static final Settings SETTINGS =
            Settings.defaults().withKeyCodec("bytes").withSynchronous(Synchronous.NORMAL);

    /**
     * A changed key has about log2(leaves / changes) vertices of its own above it and shares the rest, twice; beside them
     * nothing is read, since what both share has one OID.
     */
    @ParameterizedTest
    @CsvSource({"SQLITE, 1000000, 1000, 25000", "POSTGRESQL, 100000, 300, 6000"})
    void readsTheAncestorsOfWhatChanged(Engine engine, int leaves, int changes, long mostRows) {
        try (TestStore place = engine.fresh()) {
            Revision before;
            Revision after;
            try (Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
                before = load(dacite, leaves);
                after = dacite.branch("main").commit("change", batch -> {
                    for (int i = 0; i < changes; i++) {
                        int number = i * (leaves / changes);
                        switch (i % 4) {
                            case 0 -> batch.delete(key(number));
                            case 1 -> batch.put(key(leaves + number), new byte[] {2});
                            default -> batch.put(key(number), new byte[] {3});
                        }
                    }
                });
            }
            try (Dacite cold = Dacite.open(place.url(), SETTINGS)) {
                List<byte[]> keys = new ArrayList<>();
                cold.at(before).diff(cold.at(after)).forEach(each -> keys.add(each.key()));
                assertEquals(changes, keys.size());
                assertEquals(keys.stream().sorted(Arrays::compareUnsigned).toList(), keys);
                long rows = cold.store().counters().rowsRead();
                assertTrue(rows < mostRows, "expected fewer than " + mostRows + " rows, got " + rows);
                assertTrue(cold.store().counters().statements() < rows / 50, "many rows a statement");
            }
        }
    }

    /** Two ways to the same content share no row above the keys that went and came back: their hashes tell. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void equalContentInOtherRowsIsNotEntered(Engine engine) {
        int leaves = 3_000;
        try (TestStore place = engine.fresh()) {
            Revision before;
            Revision back;
            Revision other;
            try (Dacite dacite = Dacite.open(place.url(), SETTINGS)) {
                before = load(dacite, leaves);
                for (int third : new int[] {2, 0, 1}) {
                    dacite.branch("main")
                            .commit(
                                    "away",
                                    batch -> numbers(leaves, third).forEach(number -> batch.delete(key(number))));
                    dacite.branch("main")
                            .commit(
                                    "back",
                                    batch -> numbers(leaves, third)
                                            .forEach(number -> batch.put(key(number), new byte[] {1})));
                }
                back = dacite.branch("main").head().orElseThrow();
                other = dacite.branch("main").commit("one", batch -> batch.put(key(5), new byte[] {9}));
            }
            assertEquals(before.root(), back.root());
            try (Dacite cold = Dacite.open(place.url(), SETTINGS)) {
                assertEquals(0, cold.at(before).diff(cold.at(back)).count());
                assertEquals(2, cold.store().counters().rowsRead(), "both tops and nothing else");
            }
            try (Dacite cold = Dacite.open(place.url(), SETTINGS)) {
                assertEquals(1, cold.at(before).diff(cold.at(other)).count());
                long rows = cold.store().counters().rowsRead();
                assertTrue(rows < 100, "one path of both trees with what is beside it, got " + rows);
            }
        }
    }

    private static IntStream numbers(int leaves, int third) {
        return IntStream.range(0, leaves).filter(number -> number % 3 == third);
    }

    private static Revision load(Dacite dacite, int leaves) {
        return dacite.branch("main").commit("load", batch -> {
            for (int i = 0; i < leaves; i++) {
                batch.put(key(i), new byte[] {1});
            }
        });
    }

    /** Keys that stand anywhere, and no two alike: an odd number keeps them apart. */
    private static byte[] key(int number) {
        return ByteBuffer.allocate(8).putLong(number * 0x9E3779B97F4A7C15L).array();
    }
}
