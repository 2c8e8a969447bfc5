package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dacite.bits.Bits;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queries about the way to a key, and what it takes to prove or change one, in a world that changed at random. */
class PathQueryTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void pathEndsAtTheKeyOrWhereItIsAbsent(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = World.whole(dacite);
            Revision at = line.get(line.size() - 1);
            for (Entry key : World.everyKey(dacite, line)) {
                Asked path = Asked.query(dacite, "path", at, key.trees(), World.text(key.key()));
                String value = World.within(dacite.at(at), key.trees())
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
            List<Revision> line = World.whole(dacite);
            Revision at = line.get(line.size() - 1);
            for (Entry key : World.everyKey(dacite, line)) {
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
            List<Revision> line = World.whole(dacite);
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
            List<Revision> line = World.grow(dacite);
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
                                World.names(tree))
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
}
