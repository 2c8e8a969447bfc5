package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each query about the whole map says what the library says, at every revision of a world that changes at random. */
class NamedQueryTest {
    /** Those that rightly have nothing to say here: a key of the top tree alone, a sound store, the hash of the shell. */
    private static final Set<String> SILENT = Set.of("first_and_last", "orphans", "rehash_tree");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void stateIsWhatAScanSees(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (Revision at : World.whole(dacite)) {
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
    void treesHaveTheRootsOfTheirSnapshots(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            for (Revision at : World.whole(dacite)) {
                Asked trees = Asked.query(dacite, "trees", at);
                Set<String> holding = dacite.at(at)
                        .scan()
                        .flatMap(each -> Stream.iterate(1, i -> i + 1)
                                .limit(each.trees().size())
                                .map(i -> World.path(each.trees().subList(0, i))))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(holding, new TreeSet<>(trees.lines("tree")));
                for (Map<String, Object> row : trees.rows()) {
                    Snapshot tree = World.within(dacite.at(at), World.names((String) row.get("tree")));
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
            List<Revision> line = World.whole(dacite);
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
            List<Revision> line = World.whole(dacite);
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
                                case INTEGER ->
                                    switch (parameter.name()) {
                                        case "from" -> "1";
                                        case "time" -> Long.toString(at.time().toEpochMilli());
                                        default -> Long.toString(at.id());
                                    };
                                case COUNT -> "3";
                                case HASHES -> "[\"00\"]";
                                case TEXT -> "accounts";
                                case BRANCH -> "main";
                                case KEY -> "key one";
                                case KEYS -> "[\"key one\"]";
                            });
                }
                Asked asked = Asked.query(
                        dacite, query.name(), given, query.asksAboutKeys() ? World.names("accounts") : List.of());
                assertEquals(
                        query.columns().stream().map(NamedQuery.Column::name).toList(), asked.columns(), query.name());
                assertFalse(asked.rows().isEmpty() && !SILENT.contains(query.name()), query.name());
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
}
