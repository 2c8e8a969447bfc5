package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Batch;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.history.Snapshot;
import org.dacite.store.IndexLevel;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The views over every revision, through a driver that knows nothing of Dacite, beside walks down the tree
 * and what the library scans: over random lines that fork, link, delete and are pruned, with an index and without one.
 */
class StateViewTest {
    private static final int DEEDS = 30;
    private static final List<String> CODECS = List.of("", "text", "hashed");
    private static final List<String> TOPS = List.of("accounts", "names", "copy", "key 1");
    private static final String STATE =
            "select tree, key, value, path_hex from state_at where revision = ?" + " order by path_hex";

    private static final String WALK = """
            with recursive walk (link, tree, tree_hex) as (
                select root_oid, '', '' from revision where id = ? and root_oid <> 0
                union all
                select
                    case when v.oid is null then l.tree_oid when side.bit = 0 then v.left_oid else v.right_oid end,
                    case when v.oid is null
                        then w.tree || case w.tree when '' then '' else '/' end || (select name from leaf_text t where t.oid = l.oid)
                        else w.tree
                    end,
                    case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
                from walk w
                left join vertex v on v.oid = w.link
                left join leaf l on l.oid = -w.link
                join (select 0 as bit union all select 1) side on v.oid is not null or (l.kind = 1 and side.bit = 0)
            )
            select w.tree, t.key, t.value, w.tree_hex || lower(hex(l.key))
            from walk w
            join leaf l on l.oid = -w.link
            join leaf_text t on t.oid = l.oid
            where l.kind = 0
            """;

    private static final String WALK_ON_POSTGRESQL = """
            with recursive walk (link, tree, tree_hex) as (
                select root_oid, '', '' from revision where id = ? and root_oid <> 0
                union all
                select
                    unnest(case when v.oid is null then array[l.tree_oid] else array[v.left_oid, v.right_oid] end),
                    case when v.oid is null then w.tree || case w.tree when '' then '' else '/' end || t.name else w.tree end,
                    case when v.oid is null then w.tree_hex || lower(hex(l.key)) else w.tree_hex end
                from walk w
                left join vertex v on v.oid = w.link
                left join leaf l on l.oid = -w.link
                left join leaf_text t on t.oid = l.oid
                where v.oid is not null or l.kind = 1
            )
            select w.tree, t.key, t.value, w.tree_hex || lower(hex(l.key))
            from walk w
            join leaf l on l.oid = -w.link
            join leaf_text t on t.oid = l.oid
            where l.kind = 0""";

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theIndexAndTheWalkAgreeEverywhere(Engine engine) throws SQLException {
        for (long seed = 1; seed <= 2; seed++) {
            try (TestStore place = engine.fresh();
                    Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec(CODECS.get((int) seed)));
                    Connection plain = place.plain()) {
                List<Revision> all = grow(dacite, new Random(seed));
                checkAll(dacite, plain, all, seed);
                Random random = new Random(seed);
                for (int i = 0; i < 2; i++) {
                    dacite.tag("kept" + i).create(any(dacite, all, random));
                    dacite.prune(Retention.heads().withLast(2).withEvery(5 + i), 100, so -> {});
                    all.addAll(deeds(dacite, random, 8));
                    checkAll(dacite, plain, all, seed);
                }
                dacite.store().index(IndexLevel.NONE);
                checkStates(dacite, plain, all, seed);
            }
        }
    }

    private static List<Revision> grow(Dacite dacite, Random random) {
        return new ArrayList<>(deeds(dacite, random, DEEDS));
    }

    private static List<Revision> deeds(Dacite dacite, Random random, int deeds) {
        List<Revision> made = new ArrayList<>();
        for (int i = 0; i < deeds; i++) {
            List<String> names = new ArrayList<>(dacite.branches().keySet());
            String name = names.isEmpty() ? Branch.MAIN : names.get(random.nextInt(names.size()));
            Branch branch = dacite.branch(name);
            if (!names.isEmpty() && random.nextInt(9) == 0) {
                Revision from = back(dacite, branch.head().orElseThrow(), random.nextInt(3));
                dacite.branch("b" + from.id() + "-" + random.nextInt(1_000_000)).create(from);
                continue;
            }
            Snapshot source = names.isEmpty() ? dacite.head() : dacite.at(any(dacite, made, random));
            made.add(branch.commit("deed " + i, batch -> change(batch, source, random)));
            source.close();
        }
        return made;
    }

    private static Revision back(Dacite dacite, Revision from, int steps) {
        Revision at = from;
        for (int i = 0; i < steps && at.parent().isPresent(); i++) {
            Revision before = dacite.store().revision(at.parent().getAsLong()).orElseThrow();
            if (before.pruned()) {
                return at;
            }
            at = before;
        }
        return at;
    }

    private static Revision any(Dacite dacite, List<Revision> made, Random random) {
        List<Revision> kept = kept(dacite, made);
        return kept.isEmpty()
                ? dacite.branch(dacite.branches().keySet().iterator().next())
                        .head()
                        .orElseThrow()
                : kept.get(random.nextInt(kept.size()));
    }

    private static List<Revision> kept(Dacite dacite, List<Revision> made) {
        return made.stream()
                .map(each -> dacite.store().revision(each.id()).orElseThrow())
                .filter(each -> !each.pruned())
                .toList();
    }

    private static void change(Batch batch, Snapshot source, Random random) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            String key = "key " + random.nextInt(8);
            String top = TOPS.get(random.nextInt(TOPS.size()));
            switch (random.nextInt(10)) {
                case 0, 1 -> batch.delete(key);
                case 2 -> batch.delete(top);
                case 3 -> {
                    batch.delete(top);
                    batch.tree(top).put(key, "anew " + i);
                }
                case 4 -> link(batch, source, top, random);
                case 5 -> {
                    batch.delete("accounts");
                    batch.tree("accounts").tree("savings").put(key, "value " + random.nextInt(3));
                }
                case 6 -> {
                    batch.delete("names");
                    batch.tree("names").put(key, "value " + random.nextInt(3));
                    batch.tree("names").delete("key 3");
                }
                default -> {
                    batch.delete(key);
                    batch.put(key, "value " + random.nextInt(3));
                }
            }
        }
    }

    /** A whole map, the top one or one in it, under another key. */
    private static void link(Batch batch, Snapshot source, String key, Random random) {
        Snapshot tree = random.nextBoolean() ? source : source.tree(TOPS.get(random.nextInt(TOPS.size())));
        if (tree.scan().findAny().isPresent()) {
            batch.delete(key);
            batch.link(key, tree);
        }
    }

    private static void checkAll(Dacite dacite, Connection plain, List<Revision> all, long seed) throws SQLException {
        checkStates(dacite, plain, all, seed);
        List<Revision> kept = kept(dacite, all);
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            Revision from = kept.get(random.nextInt(kept.size()));
            Revision to = kept.get(random.nextInt(kept.size()));
            checkChanges(dacite, plain, from, to, seed);
        }
        checkProofs(dacite, plain, kept.get(kept.size() - 1), seed);
    }

    private static void checkStates(Dacite dacite, Connection plain, List<Revision> all, long seed)
            throws SQLException {
        for (Revision each : all) {
            Revision at = dacite.store().revision(each.id()).orElseThrow();
            if (at.pruned()) {
                assertTrue(
                        assertThrows(SQLException.class, () -> rows(plain, STATE, at.id()))
                                        .getMessage()
                                        .contains("revision " + at.id() + ", which was pruned")
                                || dacite.store().engine().equals("sqlite"),
                        () -> "seed " + seed);
                continue;
            }
            List<String> walked =
                    rows(plain, dacite.store().engine().equals("sqlite") ? WALK : WALK_ON_POSTGRESQL, at.id());
            List<String> seen = rows(plain, STATE, at.id());
            assertEquals(
                    walked.stream().sorted().toList(),
                    seen.stream().sorted().toList(),
                    () -> "seed " + seed + ", revision " + at.id());
            assertEquals(
                    List.of(Integer.toString(seen.size())),
                    rows(plain, "select leaf_count from revision where id = ?", at.id()),
                    () -> "seed " + seed + ", revision " + at.id());
            try (Snapshot snapshot = dacite.at(at)) {
                assertEquals(
                        snapshot.scan()
                                .map(entry -> World.path(entry) + " " + World.text(entry.key()) + " "
                                        + World.text(entry.value()))
                                .toList(),
                        rows(plain, STATE.replace(", path_hex from", " from"), at.id()),
                        () -> "seed " + seed + ", revision " + at.id());
            }
        }
    }

    private static void checkChanges(Dacite dacite, Connection plain, Revision from, Revision to, long seed)
            throws SQLException {
        List<String> walked = Asked.query(
                        dacite,
                        "diff",
                        Map.of("from", Long.toString(from.id()), "revision", Long.toString(to.id())),
                        List.of())
                .lines("tree", "key", "before", "after", "path_hex");
        String sql = "select tree, key, before, after, path_hex from changes_between"
                + " where from_revision = ? and to_revision = ?";
        assertEquals(
                walked.stream().sorted().toList(),
                rows(plain, sql, from.id(), to.id()).stream().sorted().toList(),
                () -> "seed " + seed + ", " + from.id() + " to " + to.id());
    }

    private static void checkProofs(Dacite dacite, Connection plain, Revision at, long seed) throws SQLException {
        List<Object> keys = Asked.query(dacite, "state", at).column("path_hex");
        for (Object path : keys.subList(0, Math.min(4, keys.size()))) {
            Asked asked = new Asked();
            boolean sqlite = dacite.store().engine().equals("sqlite");
            String key = sqlite ? "x'" + path + "'" : "'\\x" + path + "'::bytea";
            String text = Queries.named("siblings")
                    .text(dacite.store().engine())
                    .replace(":revision", Long.toString(at.id()))
                    .replace("cast(:key as bytea)", key)
                    .replace(":key", key);
            ReadOnlySql.run(dacite.store(), text, Asked.TIMEOUT_SECONDS, asked);
            assertEquals(
                    asked.lines("step", "tree", "side", "depth", "hash", "skip", "own_skip"),
                    rows(
                            plain,
                            "select step, tree, side, depth, hash, skip, own_skip from proof_of where revision = ?"
                                    + " and path_hex = '" + path + "' order by step",
                            at.id()),
                    () -> "seed " + seed);
        }
    }

    private static List<String> rows(Connection plain, String sql, long... values) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = plain.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> line = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        line.add(String.valueOf(rows.getString(i)));
                    }
                    lines.add(String.join(" ", line));
                }
            }
        }
        return lines;
    }
}
