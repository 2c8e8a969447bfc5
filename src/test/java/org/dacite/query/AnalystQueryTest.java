package org.dacite.query;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.history.Note;
import org.dacite.history.Retention;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.Sweep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The questions of analysts beside the same told slowly from what the library scans. */
class AnalystQueryTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void countSizeAndCompareAStateAndItsLine(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = World.whole(dacite);
            Revision head = line.get(line.size() - 1);
            Revision old = line.get(5);
            List<Entry> state = dacite.at(head).scan().toList();

            assertEquals(
                    state.stream().collect(groupingBy(each -> World.path(each) + " key", TreeMap::new, counting())),
                    new TreeMap<>(ask(dacite, "prefixes", head, Map.of("length", "3")).rows().stream()
                            .collect(Collectors.toMap(
                                    row -> row.get("tree") + " " + row.get("prefix"), row -> (Long) row.get("keys")))));
            assertEquals(
                    state.stream()
                            .mapToInt(each -> each.value().length)
                            .boxed()
                            .sorted(Comparator.reverseOrder())
                            .limit(4)
                            .map(Long::valueOf)
                            .toList(),
                    ask(dacite, "largest", head, Map.of("most", "4")).column("bytes"));
            checkAsOf(dacite, head, old);
            Map<String, Long> kinds = new HashMap<>();
            dacite.at(old)
                    .diff(dacite.at(head))
                    .forEach(each -> kinds.merge(
                            each.before().isEmpty() ? "put" : each.after().isEmpty() ? "deleted" : "changed",
                            1L,
                            Long::sum));
            Asked counts = ask(dacite, "diff_counts", head, Map.of("from", Long.toString(old.id())));
            for (String kind : List.of("put", "changed", "deleted")) {
                assertEquals(
                        kinds.getOrDefault(kind, 0L),
                        counts.column(kind).stream()
                                .mapToLong(each -> (Long) each)
                                .sum(),
                        kind);
            }
            Asked depths = Asked.query(dacite, "depths", head);
            Asked balance = Asked.query(dacite, "balance", head);
            assertEquals((long) state.size(), balance.last().get("leaves"));
            assertEquals(depths.rows().get(0).get("depth"), balance.last().get("least_depth"));
            assertEquals(depths.last().get("depth"), balance.last().get("most_depth"));
        }
    }

    /** Times of a line that was made at once may be equal: the newest of them counts. */
    private static void checkAsOf(Dacite dacite, Revision head, Revision old) {
        List<Revision> line = new ArrayList<>();
        dacite.log(head, Long.MAX_VALUE, line::add);
        Revision newest = line.stream()
                .filter(each -> each.timeMillis() <= old.timeMillis())
                .findFirst()
                .orElseThrow();
        assertEquals(
                Asked.query(dacite, "state", newest).lines("tree", "key", "value"),
                ask(dacite, "as_of", head, Map.of("time", Long.toString(old.timeMillis())))
                        .lines("tree", "key", "value"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void tellWhichKeysAreBusy(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Branch main = dacite.branch("main");
            main.commit(Note.of("1").at(1_000), batch -> batch.put("a", "1").put("b", "1"));
            main.commit(
                    Note.of("2").at(2_000),
                    batch -> batch.put("a", "2").tree("t").put("c", "1"));
            dacite.branch("trial").create(main.getHead());
            Revision last = main.commit(Note.of("3").at(3_000), batch -> batch.delete("a"));
            dacite.branch("trial").commit("4", batch -> batch.put("b", "7"));

            assertEquals(
                    List.of(" a 3 1 3", " b 1 1 1", "t c 1 2 2"),
                    ask(dacite, "busiest_keys", last, Map.of("most", "9"))
                            .lines("tree", "key", "changes", "first_revision", "last_revision"));
            assertEquals(
                    List.of(" a 3 1", " b 1 1"),
                    ask(dacite, "busiest_prefixes", last, Map.of("length", "1", "most", "2"))
                            .lines("tree", "prefix", "changes", "keys"));
            assertEquals(
                    List.of("3 1 1000 3 3000 deleted"),
                    ask(dacite, "first_and_last", last, Map.of("key", "a"))
                            .lines(
                                    "changes",
                                    "first_revision",
                                    "first_committed_at",
                                    "last_revision",
                                    "last_committed_at",
                                    "last_kind"));
            assertEquals(
                    List.of("2 1 1 1"),
                    Asked.query(dacite, "common_ancestor", Map.of("branch", "main", "other", "trial"), List.of())
                            .lines("revision", "height", "ahead", "other_ahead"));
            String hashes = dacite.store().revision(1).orElseThrow().hash() + "\",\"" + "00".repeat(32);
            assertEquals(
                    List.of("1 2 " + "00".repeat(32)),
                    ask(dacite, "parting", last, Map.of("hashes", "[\"" + hashes + "\"]"))
                            .lines("height", "revision", "other_hash"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void countRowsThatAreSharedAndThatPruningWouldFree(Engine engine) {
        try (TestStore place = engine.fresh()) {
            List<Revision> line;
            try (Dacite dacite = Dacite.open(place.url())) {
                line = World.whole(dacite);
            }
            checkShared(place, line);
        }
    }

    /** With no snapshot open that would keep a revision. */
    private static void checkShared(TestStore place, List<Revision> line) {
        try (Dacite dacite = Dacite.open(place.url())) {
            Revision head = line.get(line.size() - 1);
            Asked shared = ask(dacite, "shared", head, Map.of("from", Long.toString(head.id())));
            assertEquals(List.of("vertex 0 0", "leaf 0 0"), shared.lines("nodes", "only_from", "only_revision"));
            Asked before = ask(
                    dacite,
                    "shared",
                    head,
                    Map.of("from", Long.toString(line.get(3).id())));
            assertTrue((Long) before.rows().get(0).get("only_revision") > 0);

            Sweep.Plan plan = dacite.planPrune(Retention.heads().withLast(2));
            Asked freed = Asked.query(dacite, "prunable", Map.of("keep", "2"), List.of());
            assertEquals(plan.vertices(), freed.rows().get(0).get("freed"));
            assertEquals(
                    List.of(),
                    Asked.query(dacite, "orphans", Map.of("most", "5"), List.of())
                            .rows());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aWholeMapIsHashedAnew(Engine engine) {
        HashAlgorithm hash = engine == Engine.SQLITE ? HashAlgorithm.SHA3_256 : HashAlgorithm.SHA_256;
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withHash(hash))) {
            List<Revision> line = World.whole(dacite);
            Revision head = line.get(line.size() - 1);
            Asked asked = Asked.query(dacite, "rehash_tree", head);
            assertEquals(asked.column("hashes"), asked.column("agree"));
            assertEquals(
                    head.root().toString(),
                    asked.rows().stream()
                            .filter(row -> row.get("kind").equals("revision"))
                            .findFirst()
                            .orElseThrow()
                            .get("computed"));
        }
    }

    private static Asked ask(Dacite dacite, String name, Revision at, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(more);
        given.put("revision", Long.toString(at.id()));
        return Asked.query(dacite, name, given, List.of());
    }
}
