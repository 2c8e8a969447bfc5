package org.dacite.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.Verification;
import org.dacite.reference.ReferenceHash;
import org.dacite.store.Fsck;
import org.dacite.store.Settings;
import org.dacite.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Named logs of records, on both engines, against the reference. */
class RecordLogTest {
    private static final Verification HOLDS = new Verification.Holds();

    private static List<byte[]> records(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> ("record " + i).getBytes(UTF_8))
                .toList();
    }

    private static List<String> texts(Stream<byte[]> entries) {
        return entries.map(each -> new String(each, UTF_8)).toList();
    }

    private static List<Fsck.Damage> damage(Dacite dacite) {
        return Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage();
    }

    private static void assertRefused(String message, Runnable question) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, question::run).getMessage());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void hasTheRootsAndProofsOfTheReferenceHoweverItIsAppendedTo(Engine engine) {
        long seed = 6962;
        Random random = new Random(seed);
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            ReferenceHash reference = ReferenceHash.labelled(algorithm.label());
            List<byte[]> all = records(0, 21);
            try (TestStore place = engine.fresh();
                    Dacite dacite = Dacite.open(place.url(), Settings.defaults().withHash(algorithm))) {
                RecordLog log = dacite.recordLog("audit");
                for (int size = 0; size < all.size(); ) {
                    int next = Math.min(all.size(), size + random.nextInt(6));
                    assertEquals(next, log.append(all.subList(size, next)), "seed " + seed);
                    size = next;
                }
                for (int size = 0; size <= all.size(); size++) {
                    Digest root = Digest.of(reference.log(all.subList(0, size)));
                    assertEquals(root, log.root(size), "size " + size);
                    for (int at = 0; at < size; at++) {
                        assertEquals(HOLDS, log.proveInclusion(at, size).verify(all.get(at), root));
                        assertFalse(log.proveInclusion(at, size)
                                .verify(new byte[0], root)
                                .holds());
                    }
                    for (int first = 0; first <= size; first++) {
                        assertEquals(HOLDS, log.proveConsistency(first, size).verify(log.root(first), root));
                    }
                }
                assertEquals(List.of(), damage(dacite));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void givesItsRecordsBack(Engine engine) {
        try (TestStore place = engine.fresh()) {
            try (Dacite dacite = Dacite.open(place.url())) {
                assertEquals(3, dacite.recordLog("audit").append(records(0, 3)));
            }
            try (Dacite dacite = Dacite.open(place.url())) {
                RecordLog log = dacite.recordLog("audit");
                assertEquals(5, log.append(records(3, 5)));
                assertEquals(5, log.size());
                assertEquals("audit", log.name());
                for (int i = 0; i < 5; i++) {
                    assertArrayEquals(records(i, i + 1).get(0), log.entry(i).orElseThrow());
                }
                assertEquals(Optional.empty(), log.entry(5));
                assertEquals(Optional.empty(), log.entry(Long.MAX_VALUE));
                assertEquals(List.of("record 1", "record 2", "record 3"), texts(log.entries(1, 4)));
                assertEquals(5, log.entries(0, 5).count());
                assertEquals(0, log.entries(5, 5).count());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void logsAndTheMapAreApart(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            assertEquals(Map.of(), dacite.recordLogs());
            dacite.recordLog("b").append(records(0, 2));
            dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            dacite.recordLog("a/b.c").append(records(0, 9));
            dacite.recordLog("empty").append(List.of());
            dacite.branch("main").commit("two", batch -> batch.put("b", "2"));
            dacite.recordLog("b").append(records(2, 3));

            assertEquals(Map.of("b", 3L, "a/b.c", 9L, "empty", 0L), dacite.recordLogs());
            assertEquals(
                    List.of("a/b.c", "b", "empty"),
                    List.copyOf(dacite.recordLogs().keySet()));
            assertEquals(
                    Digest.of(ReferenceHash.SHA256.log(records(0, 3))),
                    dacite.recordLog("b").root(3));
            assertEquals(
                    Digest.of(ReferenceHash.SHA256.of()),
                    dacite.recordLog("empty").root(0));
            assertTrue(dacite.recordLog("empty").exists());
            assertEquals(2, dacite.store().counts().revisions());
            assertEquals(1, dacite.head().diff(dacite.at(dacite.revision("1"))).count());
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRecordHasUpTo16MiB(Engine engine) {
        byte[] largest = new byte[RecordLog.MAX_RECORD_BYTES];
        new Random(1).nextBytes(largest);
        List<byte[]> all = List.of(new byte[0], largest, new byte[] {0}, new byte[0], largest, new byte[] {1, 2});
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            RecordLog log = dacite.recordLog("large");
            assertRefused(
                    "expected records of at most 16777216 bytes, got one of 16777217",
                    () -> log.append(List.of(new byte[1], new byte[largest.length + 1])));
            assertFalse(log.exists());
            log.append(all);
            assertEquals(Digest.of(ReferenceHash.SHA256.log(all)), log.root(6));
            List<byte[]> found = log.entries(0, 6).toList();
            for (int i = 0; i < 6; i++) {
                assertArrayEquals(all.get(i), found.get(i), "record " + i);
                assertArrayEquals(all.get(i), log.entry(i).orElseThrow());
            }
        }
    }

    /** More than one statement's worth, and more than a page's. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void manyRecordsGoInAtOnceAndComeBackInOrder(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            RecordLog log = dacite.recordLog("many");
            log.append(records(0, 777));
            assertEquals(60_000, log.append(records(777, 60_000)));
            assertEquals(texts(records(0, 60_000).stream()), texts(log.entries(0, 60_000)));
            assertEquals(Digest.of(ReferenceHash.SHA256.log(records(0, 60_000))), log.root(60_000));
            assertEquals(List.of("record 59999"), texts(log.entries(59_999, 60_000)));
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aFailingAppendLeavesNothingBehind(Engine engine) {
        List<byte[]> failing = new AbstractList<>() {
            private int walks;

            @Override
            public byte[] get(int index) {
                walks += index == 0 ? 1 : 0;
                if (index == 7_000 && walks > 1) {
                    throw new IllegalStateException("no more");
                }
                return new byte[] {(byte) index};
            }

            @Override
            public int size() {
                return 10_000;
            }
        };
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            RecordLog log = dacite.recordLog("some");
            assertEquals(
                    "no more",
                    assertThrows(IllegalStateException.class, () -> log.append(failing))
                            .getMessage());
            assertFalse(log.exists());
            log.append(records(0, 4));
            List<byte[]> again = new ArrayList<>(records(4, 5));
            again.add(null);
            assertThrows(NullPointerException.class, () -> log.append(again));
            assertEquals(4, log.size());
            assertEquals(6, log.append(records(4, 6)));
            assertEquals(Digest.of(ReferenceHash.SHA256.log(records(0, 6))), log.root(6));
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void threadsAndOpenedStoresAppendOneAfterAnother(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite one = Dacite.open(place.url());
                Dacite other = Dacite.open(place.url())) {
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Long>> appends = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    RecordLog log = (i % 2 == 0 ? one : other).recordLog("shared");
                    appends.add(() -> log.append(records(0, 5)));
                }
                List<Long> sizes = new ArrayList<>();
                for (Future<Long> done : pool.invokeAll(appends)) {
                    sizes.add(done.get());
                }
                Collections.sort(sizes);
                assertEquals(IntStream.rangeClosed(1, 24).mapToObj(i -> 5L * i).toList(), sizes);
            } finally {
                pool.shutdown();
            }
            List<byte[]> expected = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                expected.addAll(records(0, 5));
            }
            assertEquals(
                    Digest.of(ReferenceHash.SHA256.log(expected)),
                    one.recordLog("shared").root(120));
            assertEquals(List.of(), damage(other));
        }
    }

    @Test
    void arraysAreTheCallers() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            byte[] record = {1, 2, 3};
            RecordLog log = dacite.recordLog("some");
            log.append(List.of(record));
            Arrays.fill(record, (byte) 9);
            log.entry(0).orElseThrow()[0] = 9;
            assertArrayEquals(new byte[] {1, 2, 3}, log.entry(0).orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsNotThereIsRefused(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            RecordLog none = dacite.recordLog("none");
            assertRefused(
                    "expected a log of records, but there are none, got 'none'; 'dacite log-append' makes one",
                    none::size);
            dacite.recordLog("empty").append(List.of());
            RecordLog log = dacite.recordLog("some");
            log.append(records(0, 8));
            assertFalse(none.exists());
            List<Runnable> questions = List.of(
                    none::size,
                    () -> none.root(0),
                    () -> none.entry(0),
                    () -> none.entries(0, 0),
                    () -> none.proveInclusion(0, 1),
                    () -> none.proveConsistency(0, 0));
            for (Runnable question : questions) {
                assertThrows(UnknownLogException.class, question::run);
            }
            assertRefused(
                    "expected a log of records, one of empty, some, got 'none'; 'dacite log-append' makes one",
                    () -> none.root(0));
            assertRefused("expected a size from 0 to 8, got 9", () -> log.root(9));
            assertRefused("expected a size from 0 to 8, got -1", () -> log.root(-1));
            assertRefused("expected a size from 1 to 8, got 9", () -> log.proveInclusion(0, 9));
            assertRefused("expected a size from 1 to 8, got 0", () -> log.proveInclusion(0, 0));
            assertRefused("expected a number from 0 to 4, got 5", () -> log.proveInclusion(5, 5));
            assertRefused("expected a number from 0 to 4, got -1", () -> log.proveInclusion(-1, 5));
            assertRefused("expected a second size from 0 to 8, got 9", () -> log.proveConsistency(3, 9));
            assertRefused("expected a first size from 0 to 5, got 6", () -> log.proveConsistency(6, 5));
            assertRefused("expected a first size from 0 to 5, got -1", () -> log.proveConsistency(-1, 5));
            assertRefused("expected an end from 0 to 8, got 9", () -> log.entries(0, 9));
            assertRefused("expected a first number from 0 to 3, got 4", () -> log.entries(4, 3));
            assertRefused("expected a first number from 0 to 3, got -1", () -> log.entries(-1, 3));
            assertRefused("expected a number from 0 to 9223372036854775807, got -1", () -> log.entry(-1));
            assertRefused(
                    "expected a size of 1 or more, got 0; log 'empty' is empty",
                    () -> dacite.recordLog("empty").proveInclusion(0, 0));
        }
    }

    @Test
    void namesAreThoseOfBranchesAndMoreSinceNothingElseIsCalledSo() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (String name : List.of("a", "2024", "deadbeef", "main", "log/of.2024", "größe", "x".repeat(255))) {
                assertEquals(1, dacite.recordLog(name).append(records(0, 1)));
            }
            for (String name : List.of("", " ", "-a", "/a", "a b", "a\n", "~1", "x".repeat(256), "\ud800")) {
                assertThrows(NameException.class, () -> dacite.recordLog(name), name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aRecordThatIsLostIsDamage(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            RecordLog log = dacite.recordLog("some");
            log.append(records(0, 8));
            try (Connection connection = place.plain();
                    Statement statement = connection.createStatement()) {
                assertEquals(1, statement.executeUpdate("delete from log_entry where number = 5"));
            }
            String message = "expected record 5 of log 'some', found none; the store is damaged, run 'dacite fsck'";
            List<String> before = new ArrayList<>();
            assertEquals(
                    message,
                    assertThrows(
                                    StoreException.class,
                                    () -> log.entries(2, 8).forEach(each -> before.add(new String(each, UTF_8))))
                            .getMessage());
            assertEquals(List.of("record 2", "record 3", "record 4"), before);
            assertEquals(
                    message,
                    assertThrows(StoreException.class, () -> log.entry(5)).getMessage());
        }
    }
}
