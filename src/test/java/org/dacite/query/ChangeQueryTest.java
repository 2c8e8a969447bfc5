package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queries about change, history, changes and blame, say what the library says of a world that changes at random. */
class ChangeQueryTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void blameNamesTheLastRevisionOfAKeysHistory(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (Revision at : World.grow(dacite)) {
                List<String> expected = dacite.at(at)
                        .scan()
                        .map(each -> World.path(each) + " " + World.text(each.key()) + " "
                                + dacite.history(at, each.trees(), each.key())
                                        .get(0)
                                        .revision()
                                        .message())
                        .toList();
                assertEquals(expected, Asked.query(dacite, "blame", at).lines("tree", "key", "message"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyIsTheLibrarys(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = World.whole(dacite);
            for (Revision at : List.of(line.get(line.size() - 1), line.get(line.size() / 2))) {
                List<Entry> keys = new ArrayList<>(World.everyKey(dacite, line));
                byte[] accounts = "accounts".getBytes(StandardCharsets.UTF_8);
                keys.add(new Entry(List.of(), accounts, accounts));
                keys.add(new Entry(List.of(accounts), "savings".getBytes(StandardCharsets.UTF_8), accounts));
                for (Entry key : keys) {
                    List<String> expected = dacite.history(at, key.trees(), key.key()).stream()
                            .map(each -> each.revision().id() + " "
                                    + each.value()
                                            .map(World::text)
                                            .or(() -> each.treeRoot().map(Object::toString))
                                            .orElse("null"))
                            .toList();
                    Asked asked = Asked.query(dacite, "history", at, key.trees(), World.text(key.key()));
                    assertEquals(
                            expected,
                            asked.lines("revision", "value"),
                            () -> World.path(key) + " " + World.text(key.key()) + " at " + at.id());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyKeepsToItsLine(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision one = dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
            Revision two = dacite.branch("main").commit("two", batch -> batch.delete("a"));
            Revision three = dacite.branch("main").commit("three", batch -> batch.put("a", "3"));
            assertEquals(List.of("1 1"), lives(dacite, one));
            assertEquals(List.of("2 null", "1 1"), lives(dacite, two));
            assertEquals(List.of("3 3", "2 null", "1 1"), lives(dacite, three));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyTellsOfTrees(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("one", batch -> batch.put("k", "1"));
            dacite.branch("main").commit("two", batch -> batch.delete("k"));
            Revision last = dacite.branch("main")
                    .commit("three", batch -> batch.tree("k").put("x", "3"));
            String root = dacite.head().tree("k").root().toString();
            assertEquals(
                    List.of("3 tree " + root + " " + root, "2 deleted null null", "1 value 1 31"),
                    Asked.query(dacite, "history", last, List.of(), "k")
                            .lines("revision", "kind", "value", "value_hex"));
        }
    }

    private static List<String> lives(Dacite dacite, Revision at) {
        return Asked.query(dacite, "history", at, List.of(), "a").lines("revision", "value");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void changesAreTheDifferenceFromTheParent(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = World.grow(dacite);
            for (int i = 1; i < line.size(); i++) {
                Set<String> expected = dacite.at(line.get(i - 1))
                        .diff(dacite.at(line.get(i)))
                        .map(each -> World.path(each.trees()) + " " + World.text(each.key()) + " "
                                + (each.before().isEmpty()
                                        ? "put"
                                        : each.after().isEmpty() ? "deleted" : "changed")
                                + " " + each.before().map(World::text).orElse("null") + " "
                                + each.after().map(World::text).orElse("null"))
                        .collect(Collectors.toCollection(TreeSet::new));
                Asked asked = Asked.query(dacite, "changes", line.get(i));
                Set<String> values = asked.lines("tree", "key", "kind", "before", "after").stream()
                        .filter(each -> !each.contains(" tree "))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(expected, values, "revision " + line.get(i).id());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aWholeTreeIsOneChange(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            World.grow(dacite);
            List<Revision> four = World.copyAndDelete(dacite);
            assertEquals(
                    List.of(" copy tree put"),
                    Asked.query(dacite, "changes", four.get(0)).lines("tree", "key", "kind"));
            assertTrue(Asked.query(dacite, "changes", four.get(1))
                    .lines("tree", "key", "kind")
                    .containsAll(List.of("copy key one changed", " copy tree changed")));
            assertEquals(
                    List.of(" accounts tree deleted"),
                    Asked.query(dacite, "changes", four.get(2)).lines("tree", "key", "kind"));
            assertEquals(
                    List.of("accounts key one put", " accounts tree put"),
                    Asked.query(dacite, "changes", four.get(3)).lines("tree", "key", "kind"));
        }
    }
}
