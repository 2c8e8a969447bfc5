package org.dacite.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.dacite.store.RowCounts;
import org.dacite.store.StoreException;
import org.dacite.store.Sweep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What pruning keeps, what it takes away, and what may happen meanwhile. */
class PruneTest {
    private static final int ROWS = 50;
    private static final Map<Integer, List<String>> CONTENTS = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource(Engine.class)
    void keepsWhatTheRulesNameAndNothingElse(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 20);
            dacite.tag("v1").create(line.get(3));
            RowCounts before = dacite.store().counts();

            Retention rules = Retention.heads().withLast(3).withEvery(5);
            Sweep.Plan plan = dacite.planPrune(rules);
            Sweep.Report report = dacite.prune(rules, ROWS, so -> {});

            List<Integer> kept = List.of(0, 3, 5, 10, 15, 17, 18, 19);
            for (int i = 0; i < line.size(); i++) {
                Revision now = dacite.revision(Long.toString(line.get(i).id()));
                assertEquals(!kept.contains(i), now.pruned(), "revision " + i);
                assertEquals(line.get(i).root(), now.root());
                if (now.pruned()) {
                    Revision stale = line.get(i);
                    assertThrows(PrunedRevisionException.class, () -> dacite.at(now));
                    assertThrows(PrunedRevisionException.class, () -> dacite.at(stale));
                } else {
                    assertHolds(dacite, now, i);
                }
            }
            RowCounts after = dacite.store().counts();
            assertEquals(12, report.revisions());
            assertEquals(12, plan.revisions());
            assertEquals(before.vertices() - after.vertices(), report.vertices());
            assertEquals(plan.vertices(), report.vertices());
            assertEquals(before.leaves() + before.deletions() - after.leaves() - after.deletions(), report.leaves());
            assertEquals(plan.leaves(), report.leaves());
            assertTrue(report.vertices() > 100 && plan.bytes() > 10_000, report::toString);
            if (engine == Engine.SQLITE) { // on PostgreSQL new rows fill the space
                assertTrue(report.bytesAfter() < report.bytesBefore(), report::toString);
            }
            assertEquals(List.of(), damage(dacite));
            assertEquals(0, dacite.prune(rules, ROWS, so -> {}).vertices(), "nothing is left to prune");
            Revision next = dacite.branch("main").commit("goes on", batch -> batch.put("new", "1"));
            assertEquals(20, next.height());
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void oneEmptyRevisionKeepsNoRowAtAll(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            line(dacite, 6);
            dacite.branch("main").commit("away with it", batch -> {
                for (int i = 0; i < 100; i++) {
                    batch.delete("key" + i);
                }
                batch.delete("tree");
            });
            assertTrue(dacite.head().isEmpty());

            dacite.prune(Retention.heads().withLast(1), 7, so -> {});

            RowCounts counts = dacite.store().counts();
            assertEquals(0, counts.vertices());
            assertEquals(0, counts.leaves() + counts.deletions());
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void finishesWhatAKilledOneBegan(Engine engine) {
        for (int killedAfter = 1; killedAfter < 12; killedAfter += 2) {
            int last = killedAfter;
            try (TestStore place = engine.fresh()) {
                List<Revision> line;
                try (Dacite dacite = Dacite.open(place.url())) {
                    line = line(dacite, 10);
                    int[] steps = {0};
                    assertThrows(
                            IllegalStateException.class,
                            () -> dacite.prune(Retention.heads(), ROWS, so -> {
                                if (steps[0]++ == last) {
                                    throw new IllegalStateException("killed");
                                }
                            }));
                    assertEquals(List.of(), damage(dacite), "half pruned, killed after " + last);
                    assertHolds(dacite, line.get(9), 9);
                }
                try (Dacite dacite = Dacite.open(place.url())) {
                    dacite.branch("main").commit("meanwhile", batch -> batch.put("more", "1"));
                    assertEquals(List.of(), damage(dacite));
                    dacite.prune(Retention.all(), ROWS, so -> {});
                    assertEquals(List.of(), damage(dacite));
                    assertHolds(dacite, line.get(9), 9);
                    long reached = Fsck.check(
                                    dacite.store(), OptionalLong.of(line.get(9).id()), so -> {})
                            .vertices();
                    long all = dacite.store().counts().vertices();
                    assertTrue(all < reached + 30, "all " + all + ", reached " + reached);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void openSnapshotsKeepTheirRevisions(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 8);
            try (Snapshot first = dacite.at(line.get(1));
                    Snapshot second = dacite.at(line.get(4))) {
                try (Snapshot again = dacite.at(line.get(1))) {
                    assertEquals(first.root(), again.root());
                }
                dacite.prune(Retention.heads(), ROWS, so -> {});
                assertEquals(content(1), lines(first));
                assertEquals(content(4), lines(second));
                assertFalse(dacite.revision(Long.toString(line.get(1).id())).pruned());
                assertTrue(dacite.revision(Long.toString(line.get(2).id())).pruned());
            }
            dacite.prune(Retention.heads(), ROWS, so -> {});
            assertTrue(dacite.revision(Long.toString(line.get(1).id())).pruned());
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatAKilledOneWasNotSureOfIsKeptForWhoReadsIt(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 6);
            try (Snapshot open = dacite.at(line.get(2))) {
                try (Connection connection = place.plain();
                        Statement statement = connection.createStatement()) {
                    statement.execute(
                            "insert into pruned (revision_id, swept) select id, -1 from revision where id <= 4");
                }
                dacite.prune(Retention.heads().withLast(100), ROWS, so -> {});
                assertEquals(content(2), lines(open));
            }
            for (int i = 0; i < line.size(); i++) {
                boolean pruned =
                        dacite.revision(Long.toString(line.get(i).id())).pruned();
                assertEquals(i < 4 && i != 2, pruned, "revision " + i);
            }
            assertEquals(List.of(), damage(dacite));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyShowsWhatKeptRevisionsHoldWhereDeletionsWentToo(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Branch main = dacite.branch("main");
            Revision first = main.commit("kept", batch -> batch.put("k", "1"));
            main.commit("pruned: its deletion stays as long as the first value", batch -> batch.delete("k"));
            Revision third = main.commit("kept", batch -> batch.put("k", "3"));
            main.commit("pruned", batch -> batch.put("k", "4"));
            main.commit("pruned: its deletion goes with the value before", batch -> batch.delete("k"));
            Revision head = main.commit("kept", batch -> batch.put("other", "1"));
            dacite.tag("a").create(first);
            dacite.tag("b").create(third);
            dacite.prune(Retention.heads(), ROWS, so -> {});

            List<String> found = dacite.history(head, List.of(), "k".getBytes(UTF_8)).stream()
                    .map(version -> version.value()
                            .map(value -> new String(value, UTF_8))
                            .orElse("deleted"))
                    .toList();

            assertEquals(List.of("deleted", "3", "1"), found);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void commitsAndReadsGoOnMeanwhile(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 12);
            List<String> order = new ArrayList<>();
            dacite.prune(Retention.heads(), ROWS, so -> {
                String key = "meanwhile" + order.size();
                (order.size() % 2 == 0 ? dacite : other).branch("main").commit("m", batch -> batch.put(key, "1"));
                order.add(key);
                assertHolds(dacite, line.get(11), 11);
            });
            assertTrue(order.size() > 5);
            Snapshot head = other.head();
            order.forEach(key -> assertEquals("1", head.get(key).orElseThrow()));
            assertEquals(List.of(), damage(other));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void noTransactionTakesMoreRowsThanItsBudget(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            line(dacite, 12);
            long[] before = {rows(dacite)};
            Sweep.Report report = dacite.prune(Retention.heads(), 13, so -> {
                long now = rows(dacite);
                assertTrue(before[0] - now <= 13, before[0] + " rows, then " + now);
                before[0] = now;
            });
            assertTrue(report.steps() >= (report.vertices() + report.leaves()) / 13, report::toString);
        }
    }

    private static long rows(Dacite dacite) {
        RowCounts counts = dacite.store().counts();
        return counts.vertices() + counts.leaves() + counts.deletions();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void onlyOnePrunesAtATime(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(place.url())) {
            line(dacite, 5);
            List<String> refused = new ArrayList<>();
            dacite.prune(Retention.heads(), ROWS, so -> {
                if (refused.isEmpty()) {
                    StoreException e =
                            assertThrows(StoreException.class, () -> other.prune(Retention.heads(), ROWS, each -> {}));
                    refused.add(e.getMessage());
                }
            });
            assertTrue(refused.get(0).startsWith("expected to be the one that prunes"), refused::toString);
            other.prune(Retention.heads(), ROWS, so -> {});
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rulesAreKeptChangedAndTakenBack(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Retention rules = Retention.all()
                    .withLast(7)
                    .withEvery(100)
                    .withAge(Duration.ofDays(30))
                    .withSince(1_000)
                    .withoutTags();
            try (Dacite dacite = Dacite.open(place.url())) {
                assertTrue(dacite.retention().keepsAll());
                dacite.setRetention(rules);
            }
            try (Dacite dacite = Dacite.open(place.url())) {
                assertEquals(rules, dacite.retention());
                dacite.setRetention(Retention.all());
                line(dacite, 3);
                assertEquals(0, dacite.planPrune(dacite.retention()).revisions());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Retention.heads().withLast(0));
        assertThrows(IllegalArgumentException.class, () -> Retention.heads().withEvery(0));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsOnNoBranchGoes(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 6);
            dacite.branch("side").create(line.get(2));
            Revision side = dacite.branch("side").commit("side", batch -> batch.put("side", "1"));
            dacite.branch("side").reset(side, line.get(1));
            dacite.prune(Retention.heads().withLast(100), ROWS, so -> {});
            for (Revision each : line) {
                assertFalse(dacite.revision(Long.toString(each.id())).pruned());
            }
            Revision gone = dacite.revision(Long.toString(side.id()));
            assertTrue(gone.pruned());
            assertThrows(
                    PrunedRevisionException.class, () -> dacite.branch("again").create(gone));
            assertThrows(
                    PrunedRevisionException.class, () -> dacite.branch("side").reset(line.get(1), gone));
        }
    }

    /** Revision i sets key j for j = i, i + 7, …, deletes one key, and changes a tree. */
    static List<Revision> line(Dacite dacite, int count) {
        List<Revision> line = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            line.add(dacite.branch("main").commit("block " + i, batch -> {
                Random random = new Random(number);
                for (int j = 0; j < 100; j++) {
                    if (number == 0 || random.nextInt(4) == 0) {
                        batch.put("key" + j, "value " + number);
                    }
                }
                batch.delete("key" + (number + 30));
                batch.tree("tree").put("inner" + number % 5, "value " + number);
            }));
        }
        return line;
    }

    /** What revision {@code number} of {@link #line} holds, from a store that was never pruned. */
    static List<String> content(int number) {
        return CONTENTS.computeIfAbsent(number, absent -> {
            try (TestStore place = Engine.SQLITE.fresh();
                    Dacite dacite = Dacite.open(place.url());
                    Snapshot snapshot = dacite.at(line(dacite, number + 1).get(number))) {
                return lines(snapshot);
            }
        });
    }

    static List<String> lines(Snapshot snapshot) {
        return snapshot.scan()
                .map(entry -> new String(entry.key(), UTF_8) + " " + new String(entry.value(), UTF_8))
                .toList();
    }

    private static void assertHolds(Dacite dacite, Revision revision, int number) {
        try (Snapshot snapshot = dacite.at(revision)) {
            assertEquals(content(number), lines(snapshot));
            assertArrayEquals(
                    revision.root().bytes(),
                    snapshot.prove("key1", "no such key")
                            .verify(revision.root())
                            .root()
                            .bytes());
        }
    }

    private static List<Fsck.Damage> damage(Dacite dacite) {
        return Fsck.check(dacite.store(), OptionalLong.empty(), so -> {}).damage();
    }
}
