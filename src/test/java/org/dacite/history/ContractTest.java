package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.StoreException;
import org.dacite.tree.PrefixException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What embedders rely on, on both engines. */
class ContractTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void scansByPrefixAndByRange(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("fruit", batch -> {
                for (String name : List.of("apple", "apricot", "banana", "cherry", "ap", "b\u00ff")) {
                    batch.put(name, "fruit");
                }
            });
            Snapshot head = dacite.head();

            assertEquals(List.of("ap", "apple", "apricot"), names(head.scan("ap")));
            assertEquals(List.of("apricot", "banana"), names(head.scanRange("apq", "b\u00fe")));
            assertEquals(List.of("ap", "apple"), names(head.scan().limit(2)));
            assertEquals(List.of(), names(head.scan("zzz")));
            assertEquals(6, head.scan("").count());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void oneFailingBatchLeavesNothingBehind(Engine engine) {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), settings)) {
            Revision before = dacite.branch("main").commit("good", batch -> batch.put("ab", "1"));

            PrefixException error = assertThrows(
                    PrefixException.class,
                    () -> dacite.branch("main")
                            .commit("bad", batch -> batch.put("x", "1").put("abc", "2")));
            assertTrue(error.getMessage().contains("'ab' and 'abc'"), error.getMessage());
            assertEquals(Optional.of(before), dacite.branch("main").head());
            assertEquals(1, dacite.store().counts().leaves());

            Revision after = dacite.branch("main")
                    .commit("good", batch -> batch.delete("ab").put("abc", "2"));
            assertEquals(before.lastOid() + 1, after.firstOid());
            assertEquals(
                    List.of(),
                    Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theLongestKeysAndValuesFitAndLongerOnesAreRefused(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            String longest = "k".repeat(1_024);
            byte[] largest = new byte[Batch.MAX_VALUE_BYTES];
            largest[1] = 7;
            dacite.branch("main").commit("big", batch -> batch.put(longest.getBytes(StandardCharsets.UTF_8), largest));

            assertArrayEquals(
                    largest,
                    dacite.head().get(longest.getBytes(StandardCharsets.UTF_8)).orElseThrow());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> dacite.branch("main").commit("longer", batch -> batch.put(longest + "k", "")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> dacite.branch("main")
                            .commit("larger", batch -> batch.put(new byte[] {65}, new byte[largest.length + 1])));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> dacite.branch("main").commit("empty", batch -> batch.put("", "1")));
        }
    }

    /** Each key has one bit more in common with the longest than the one before: a vertex a bit, 8,000 deep. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void adversarialKeysMakeADeepTreeAndNoStackOverflows(Engine engine) {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        List<byte[]> keys = new ArrayList<>();
        for (int bit = 0; bit < 8_000; bit++) {
            byte[] key = new byte[1_024];
            key[bit / 8] = (byte) (0x80 >>> (bit % 8));
            keys.add(key);
        }
        try (TestStore place = engine.fresh()) {
            Revision revision;
            try (Dacite dacite = Dacite.open(place.url(), settings)) {
                revision = dacite.branch("main").commit("deep", batch -> {
                    for (byte[] key : keys) {
                        batch.put(key, new byte[] {1});
                    }
                });
            }
            try (Dacite cold = Dacite.open(place.url(), settings)) {
                Snapshot state = cold.at(revision);
                assertArrayEquals(new byte[] {1}, state.get(keys.get(7_999)).orElseThrow());
                assertTrue(state.prove(keys.get(7_999)).holds(revision.root()));
                assertEquals(8_000, state.scan().count());
                Revision next = cold.branch("main").commit("deeper", batch -> batch.put(new byte[1_024], new byte[0]));
                assertEquals(8_001, next.leafCount());
                Revision fewer = cold.branch("main").commit("back", batch -> batch.delete(new byte[1_024]));
                assertEquals(revision.root(), fewer.root());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aSecondWriterWaitsThenGivesUp(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite first = Dacite.open(place.url());
                Dacite second = Dacite.open(place.url(), Settings.defaults().withLockTimeoutMillis(200))) {
            first.branch("main").commit("one", batch -> batch.put("a", "1"));
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch enough = new CountDownLatch(1);
            Thread slow = new Thread(() -> first.store().write(transaction -> {
                writing.countDown();
                try {
                    enough.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return null;
            }));
            slow.start();
            writing.await();

            StoreException error = assertThrows(
                    StoreException.class, () -> second.branch("main").commit("two", batch -> batch.put("b", "2")));
            assertTrue(error.getMessage().contains("one writer"), error.getMessage());
            assertEquals(Optional.of("1"), second.head().get("a"), "readers never wait");
            enough.countDown();
            slow.join();
            second.branch("main").commit("two", batch -> batch.put("b", "2"));
            assertEquals(Optional.of("2"), first.head().get("b"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void writersOfTwoProcessesTakeTurns(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite first = Dacite.open(place.url());
                Dacite second = Dacite.open(place.url())) {
            AtomicReference<Throwable> failed = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            for (Dacite each : List.of(first, second, first, second)) {
                int writer = threads.size();
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 25; i++) {
                        String key = writer + "-" + i;
                        each.branch("main").commit(key, batch -> batch.put(key, key));
                    }
                });
                thread.setUncaughtExceptionHandler((t, error) -> failed.set(error));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }

            assertEquals(null, failed.get());
            assertEquals(100, first.head().leafCount());
            assertEquals(99, first.branch("main").head().orElseThrow().height());
            assertEquals(
                    List.of(),
                    Fsck.check(second.store(), OptionalLong.empty(), step -> {}).damage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aTreeUnderASecondKeyIsOneLeaf(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("accounts", batch -> {
                for (int i = 0; i < 200; i++) {
                    batch.tree("accounts").put("account " + i, "10");
                }
            });
            long leaves = dacite.store().counts().leaves();
            Revision copied = dacite.branch("main")
                    .commit("copy", batch -> batch.link("backup", dacite.head().tree("accounts")));
            assertEquals(leaves + 1, dacite.store().counts().leaves());
            assertEquals(400, copied.leafCount());

            dacite.branch("main")
                    .commit("spend", batch -> batch.tree("accounts").put("account 7", "3"));
            assertEquals(Optional.of("10"), dacite.head().tree("backup").get("account 7"));
            assertEquals(Optional.of("3"), dacite.head().tree("accounts").get("account 7"));
            List<Version> life = dacite.history(
                    dacite.branch("main").head().orElseThrow(), List.of(dacite.key("backup")), dacite.key("account 7"));
            assertEquals(
                    List.of(copied.id()),
                    life.stream().map(each -> each.revision().id()).toList());
            assertEquals(
                    List.of(),
                    Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aLifeTellsOfTreesToo(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Branch main = dacite.branch("main");
            main.commit("value", batch -> batch.put("k", "1"));
            main.commit("gone", batch -> batch.delete("k"));
            main.commit("tree", batch -> batch.tree("k").put("x", "2"));
            Digest first = dacite.head().tree("k").root();
            main.commit("beside", batch -> batch.put("other", "1"));
            main.commit("more", batch -> batch.tree("k").put("y", "3"));
            Digest second = dacite.head().tree("k").root();
            Revision last = main.commit("back", batch -> batch.delete("k").put("k", "4"));
            assertEquals(
                    List.of("6 4", "5 " + second, "3 " + first, "2 deleted", "1 1"),
                    dacite.history(last, List.of(), dacite.key("k")).stream()
                            .map(ContractTest::told)
                            .toList());
            assertEquals(
                    List.of("6 deleted", "3 2"),
                    dacite.history(last, List.of(dacite.key("k")), dacite.key("x")).stream()
                            .map(ContractTest::told)
                            .toList());
        }
    }

    private static String told(Version version) {
        String held = version.value()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse(version.treeRoot().map(Digest::toString).orElse("deleted"));
        return version.revision().id() + " " + held;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void kindsAreNotMixedByAccident(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("both", batch -> {
                batch.put("value", "1");
                batch.tree("tree").put("k", "1");
            });
            assertThrows(
                    IllegalArgumentException.class,
                    () -> dacite.branch("main").commit("no", batch -> batch.put("tree", "1")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> dacite.branch("main")
                            .commit("no", batch -> batch.tree("value").put("k", "1")));
            Revision swapped = dacite.branch("main").commit("yes", batch -> {
                batch.delete("tree").put("tree", "1");
                batch.delete("value").tree("value").put("k", "1");
            });
            assertEquals(2, swapped.leafCount());
            Revision emptied = dacite.branch("main")
                    .commit("empty", batch -> batch.tree("value").delete("k"));
            assertEquals(1, emptied.leafCount());
            assertEquals(false, dacite.head().holdsTree(dacite.key("value")));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void revisionsAreFoundByEveryName(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> made = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                made.add(dacite.branch("main").commit("empty " + i, batch -> {}));
            }
            Revision third = made.get(2);

            assertEquals(made.get(4), dacite.revision("main"));
            assertEquals(third, dacite.revision("main~2"));
            assertEquals(third, dacite.revision("~2"));
            assertEquals(third, dacite.revision("3"));
            assertEquals(third, dacite.revision("4~1"));
            assertEquals(third, dacite.revision(third.hash().toString().substring(0, 8)));
            for (String unknown : List.of("nothing", "99", "main~5", "0123456789", "", "main~x", "abc")) {
                assertThrows(UnknownRevisionException.class, () -> dacite.revision(unknown), unknown);
            }
            assertThrows(
                    UnknownRevisionException.class,
                    () -> dacite.branch("mian").commit("typo", batch -> batch.put("a", "1")));
        }
    }

    private static List<String> names(java.util.stream.Stream<Entry> entries) {
        return entries.map(entry -> new String(entry.key(), StandardCharsets.UTF_8))
                .toList();
    }
}
