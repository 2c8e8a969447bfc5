package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dacite.bits.Bits;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each query says what the library says, at every revision of a world that changes at random. */
class NamedQueryTest {
    private static final int REVISIONS = 14;
    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void stateIsWhatAScanSees(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (Revision at : world(dacite)) {
                List<String> expected = dacite.at(at)
                        .scan()
                        .map(each -> World.path(each) + " " + World.text(each.key()) + " " + World.text(each.value()))
                        .toList();
                assertEquals(expected, Asked.query(dacite, "state", at).lines("tree", "key", "value"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void blameNamesTheLastRevisionOfAKeysHistory(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (Revision at : World.grow(dacite, REVISIONS, SEED)) {
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
            List<Revision> line = world(dacite);
            for (Revision at : List.of(line.get(line.size() - 1), line.get(line.size() / 2))) {
                List<Entry> keys = new ArrayList<>(everyKey(dacite, line));
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
            List<Revision> line = World.grow(dacite, REVISIONS, SEED);
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
            World.grow(dacite, REVISIONS, SEED);
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

    @ParameterizedTest
    @EnumSource(Engine.class)
    void pathEndsAtTheKeyOrWhereItIsAbsent(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = world(dacite);
            Revision at = line.get(line.size() - 1);
            for (Entry key : everyKey(dacite, line)) {
                Asked path = Asked.query(dacite, "path", at, key.trees(), World.text(key.key()));
                String value = within(dacite.at(at), key.trees())
                        .get(key.key())
                        .map(World::text)
                        .orElse(null);
                Map<String, Object> last = path.last();
                boolean found = World.text(key.key()).equals(last.get("key"))
                        && World.path(key).equals(last.get("tree"));
                assertEquals(
                        value,
                        found ? last.get("value") : null,
                        () -> path.rows().toString());
                assertEquals(dacite.at(at).leafCount(), path.rows().get(0).get("leaf_count"));
                assertEquals((long) path.rows().size() - 1, last.get("step"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void siblingsHashUpToTheRoot(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = world(dacite);
            Revision at = line.get(line.size() - 1);
            for (Entry key : everyKey(dacite, line)) {
                Asked proof = Asked.query(dacite, "siblings", at, key.trees(), World.text(key.key()));
                assertEquals(
                        at.root(),
                        fold(proof, CanonicalHash.of(dacite.hash())),
                        () -> World.path(key) + " " + World.text(key.key()));
            }
        }
    }

    /** As the query's own header says it. */
    private static Digest fold(Asked proof, CanonicalHash rule) {
        List<Map<String, Object>> upwards = new ArrayList<>(proof.rows());
        Collections.reverse(upwards);
        byte[] h = null;
        for (Map<String, Object> row : upwards) {
            byte[] hash = Digest.parse((String) row.get("hash")).bytes();
            switch ((String) row.get("side")) {
                case "leaf" -> h = hash;
                case "right" -> h = rule.vertex(h, enc(row.get("own_skip")), hash, enc(row.get("skip")));
                case "left" -> h = rule.vertex(hash, enc(row.get("skip")), h, enc(row.get("own_skip")));
                case "root" -> {
                    h = rule.root(h, enc(row.get("own_skip")));
                    assertEquals(Digest.of(hash), Digest.of(h));
                }
                case "link" -> {
                    h = rule.link(h);
                    assertEquals(Digest.of(hash), Digest.of(h));
                }
                default -> throw new IllegalStateException(row.toString());
            }
        }
        return Digest.of(h);
    }

    private static byte[] enc(Object bits) {
        return Bits.of((String) bits).encoded();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void depthsCountTheSiblingsOfEveryKey(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = world(dacite);
            Revision at = line.get(line.size() - 1);
            Map<Long, Long> expected = new TreeMap<>();
            dacite.at(at).scan().forEach(each -> {
                Asked proof = Asked.query(dacite, "siblings", at, each.trees(), World.text(each.key()));
                long depth = proof.column("side").stream()
                        .filter(side -> side.equals("left") || side.equals("right"))
                        .count();
                expected.merge(depth, 1L, Long::sum);
            });
            Map<Object, Object> counted = new TreeMap<>();
            Asked.query(dacite, "depths", at).rows().forEach(row -> counted.put(row.get("depth"), row.get("leaves")));
            assertEquals(expected, counted);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void ancestorsAreTheVerticesThatAChangeReplaces(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = World.grow(dacite, REVISIONS, SEED);
            for (int i = 1; i < line.size(); i++) {
                Revision before = line.get(i - 1);
                Set<Object> gone = vertices(dacite, before);
                gone.removeAll(vertices(dacite, line.get(i)));
                Set<Object> ancestors = new TreeSet<>();
                Map<String, List<Object>> keys = new TreeMap<>();
                Asked.query(dacite, "changes", line.get(i))
                        .rows()
                        .forEach(row -> keys.computeIfAbsent((String) row.get("tree"), tree -> new ArrayList<>())
                                .add('"' + (String) row.get("key") + '"'));
                keys.forEach((tree, each) -> ancestors.addAll(Asked.query(
                                dacite,
                                "ancestors",
                                Map.of("revision", Long.toString(before.id()), "keys", each.toString()),
                                names(tree))
                        .column("oid")));
                assertEquals(gone, ancestors, "revision " + before.id());
            }
        }
    }

    private static Set<Object> vertices(Dacite dacite, Revision at) {
        String walk = "with recursive walk (link) as (select root_oid from revision where id = :revision union"
                + " select case s.n when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end"
                + " from walk w left join vertex v on v.oid = w.link left join leaf l on l.oid = -w.link"
                + " cross join (select 0 as n union all select 1) s where w.link is not null)"
                + " select link from walk where link > 0";
        return new TreeSet<>(Asked.sql(dacite, walk, OptionalLong.of(at.id())).column("link"));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void treesHaveTheRootsOfTheirSnapshots(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (Revision at : world(dacite)) {
                Asked trees = Asked.query(dacite, "trees", at);
                Set<String> holding = dacite.at(at)
                        .scan()
                        .flatMap(each -> Stream.iterate(1, i -> i + 1)
                                .limit(each.trees().size())
                                .map(i -> World.path(each.trees().subList(0, i))))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(holding, new TreeSet<>(trees.lines("tree")));
                for (Map<String, Object> row : trees.rows()) {
                    Snapshot tree = within(dacite.at(at), names((String) row.get("tree")));
                    assertEquals(tree.root().toString(), row.get("root"));
                    assertEquals(tree.leafCount(), row.get("leaf_count"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void revisionsAndGrowthFollowTheLine(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = world(dacite);
            Revision at = line.get(line.size() - 2);
            List<String> expected = new ArrayList<>();
            List<String> sizes = new ArrayList<>();
            dacite.log(at, Long.MAX_VALUE, each -> {
                expected.add(each.id() + " " + each.height() + " " + each.root() + " " + each.hash() + " "
                        + each.leafCount() + " " + each.timeMillis() + " " + each.message());
                sizes.add(each.id() + " " + (each.lastOid() - each.firstOid() + 1));
            });
            assertEquals(
                    expected,
                    Asked.query(dacite, "revisions", at)
                            .lines("id", "height", "root", "hash", "leaf_count", "committed_at", "message"));
            Collections.reverse(sizes);
            Asked growth = Asked.query(dacite, "growth", at);
            assertEquals(
                    sizes,
                    growth.rows().stream()
                            .map(row -> row.get("id") + " " + ((Long) row.get("vertices") + (Long) row.get("leaves")))
                            .toList());
            long bytes = growth.rows().stream()
                    .mapToLong(row -> (Long) row.get("vertex_bytes") + (Long) row.get("leaf_bytes"))
                    .sum();
            assertEquals(bytes, growth.last().get("total_bytes"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void anEmptyMapHasNothing(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision empty = dacite.branch("main").commit("nothing", batch -> {});
            for (String name : List.of("state", "blame", "trees", "depths", "changes")) {
                assertEquals(List.of(), Asked.query(dacite, name, empty).rows(), name);
            }
            for (String name : List.of("path", "siblings", "history")) {
                assertEquals(
                        List.of(),
                        Asked.query(dacite, name, empty, List.of(), "a").rows(),
                        name);
            }
            assertEquals(
                    List.of("yes"),
                    Asked.query(dacite, "rehash_revision", empty).column("agrees"));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void answersWithTheColumnsOfTheHeader(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = world(dacite);
            Revision at = line.get(line.size() - 1);
            for (NamedQuery query : Queries.list()) {
                if (!query.texts().containsKey(dacite.store().engine())) {
                    continue;
                }
                Map<String, String> given = new TreeMap<>();
                for (NamedQuery.Parameter parameter : query.parameters()) {
                    given.put(
                            parameter.name(),
                            switch (parameter.type()) {
                                case INTEGER -> parameter.name().equals("from") ? "1" : Long.toString(at.id());
                                case TEXT, KEY -> "key one";
                                case KEYS -> "[\"key one\"]";
                            });
                }
                Asked asked =
                        Asked.query(dacite, query.name(), given, query.asksAboutKeys() ? names("accounts") : List.of());
                assertEquals(
                        query.columns().stream().map(NamedQuery.Column::name).toList(), asked.columns(), query.name());
                assertFalse(asked.rows().isEmpty(), query.name());
                for (NamedQuery.Column column : query.columns()) {
                    Class<?> type = column.type().equals("integer") ? Long.class : String.class;
                    assertTrue(
                            asked.column(column.name()).stream()
                                    .allMatch(each -> each == null || type.isInstance(each)),
                            () -> query.name() + "." + column.name());
                }
            }
        }
    }

    private static List<Revision> world(Dacite dacite) {
        List<Revision> line = new ArrayList<>(World.grow(dacite, REVISIONS, SEED));
        line.addAll(World.copyAndDelete(dacite));
        return line;
    }

    /** Every key that ever was, and some that never were. */
    private static List<Entry> everyKey(Dacite dacite, List<Revision> line) {
        Map<String, Entry> keys = new TreeMap<>();
        for (Revision at : line) {
            dacite.at(at).scan().forEach(each -> keys.put(World.path(each) + "/" + World.text(each.key()), each));
        }
        byte[] never = "never".getBytes(StandardCharsets.UTF_8);
        keys.put("", new Entry(List.of(), never, never));
        keys.put("/", new Entry(names("accounts/savings"), never, never));
        keys.put("//", new Entry(names("nowhere"), never, never));
        return List.copyOf(keys.values());
    }

    private static List<byte[]> names(String path) {
        return path.isEmpty()
                ? List.of()
                : Stream.of(path.split("/"))
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toList();
    }

    private static Snapshot within(Snapshot top, List<byte[]> trees) {
        Snapshot tree = top;
        for (byte[] name : trees) {
            tree = tree.tree(name);
        }
        return tree;
    }
}
