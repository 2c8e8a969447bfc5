package org.dacite.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.MirrorModelTest.Past;
import org.dacite.reference.ReferenceMap;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.dacite.store.RowCounts;
import org.dacite.store.Settings;
import org.dacite.store.Sweep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random commits on random branches, by two that have the store open, forks, resets, tags, changes of the rules, prunes that are killed and resumed, open
 * snapshots and reopenings, against plain maps and a slow reading of the rules: what is kept stays what it was, and all
 * else is said to be pruned.
 */
class BranchingModelTest {
    private static final int DEEDS = 160;
    private static final int CHANGES = 40;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsKeptStaysWhatItWas(Engine engine) {
        for (long seed = 7; seed < 9; seed++) {
            try (TestStore place = engine.fresh()) {
                new Model(place, seed).run();
            }
        }
    }

    /** The store beside what it should be. */
    private static final class Model {
        private final TestStore place;
        private final long seed;
        private final Random random;
        private final List<Past> pasts = new ArrayList<>();
        private final Map<Long, Past> byId = new HashMap<>();
        private final Map<String, Past> branches = new TreeMap<>();
        private final Map<String, Past> tags = new TreeMap<>();
        private final Set<Past> pruned = new HashSet<>();
        private final Map<Snapshot, Past> open = new HashMap<>();
        private Retention rules = Retention.all();
        private Dacite dacite;
        private Dacite other;
        private int names;

        private Model(TestStore place, long seed) {
            this.place = place;
            this.seed = seed;
            this.random = new Random(seed);
        }

        private void run() {
            dacite = reopened();
            other = reopened();
            try {
                commit("main");
                for (int i = 0; i < DEEDS; i++) {
                    deed();
                    if (i % 8 == 0) {
                        check();
                    }
                }
                check();
                end();
            } finally {
                other.close();
                dacite.close();
            }
        }

        private Dacite reopened() {
            return Dacite.open(place.url(), Settings.defaults().withCacheBytes(1 << 20));
        }

        private void deed() {
            int kind = random.nextInt(100);
            if (kind < 55) {
                commit(pick(new ArrayList<>(branches.keySet())));
            } else if (kind < 62) {
                Past at = pickKept();
                String name = "b" + names++;
                dacite.branch(name).create(at.revision());
                branches.put(name, at);
            } else if (kind < 66) {
                String name = pick(new ArrayList<>(branches.keySet()));
                if (branches.size() == 1) {
                    assertThrows(NameException.class, () -> dacite.branch(name).delete());
                } else {
                    dacite.branch(name).delete();
                    branches.remove(name);
                }
            } else if (kind < 68) {
                String name = pick(new ArrayList<>(branches.keySet()));
                String newName = "b" + names++;
                dacite.branch(name).rename(newName);
                branches.put(newName, branches.remove(name));
            } else if (kind < 74) {
                reset();
            } else if (kind < 79) {
                Past at = pickKept();
                String name = "t" + names++;
                dacite.tag(name).create(at.revision());
                tags.put(name, at);
            } else if (kind < 81 && !tags.isEmpty()) {
                String name = pick(new ArrayList<>(tags.keySet()));
                dacite.tag(name).delete();
                tags.remove(name);
            } else if (kind < 86) {
                rules = rules();
                dacite.setRetention(rules);
            } else if (kind < 92) {
                prune();
            } else if (kind < 96) {
                if (open.size() > 2) {
                    closeSnapshots();
                } else {
                    Past at = pickKept();
                    open.put(dacite.at(at.revision()), at);
                }
            } else {
                closeSnapshots();
                dacite.close();
                dacite = reopened();
            }
        }

        private void commit(String branch) {
            Past parent = branches.get(branch);
            ReferenceMap next =
                    parent == null ? new ReferenceMap() : parent.state().copy();
            int changes = random.nextInt(CHANGES);
            Note note = new Note("commit", "someone", 1_000_000L * (1 + random.nextInt(100)));
            Dacite writer = random.nextInt(4) == 0 ? other : dacite;
            Revision revision = writer.branch(branch).commit(note, batch -> {
                for (int i = 0; i < changes; i++) {
                    MirrorModelTest.change(random, batch, next, 2);
                }
            });
            Past past = new Past(revision, next);
            pasts.add(past);
            byId.put(revision.id(), past);
            branches.put(branch, past);
        }

        private void reset() {
            String name = pick(new ArrayList<>(branches.keySet()));
            Past from = branches.get(name);
            Past to = pickKept();
            Past wrong = pickKept();
            if (!wrong.equals(from)) {
                assertInstanceOf(Move.MovedMeanwhile.class, dacite.branch(name).reset(wrong.revision(), to.revision()));
            }
            List<Past> before = line(from);
            List<Past> after = line(to);
            if (!after.contains(from)) {
                assertInstanceOf(Move.NotAnAncestor.class, dacite.branch(name).advance(from.revision(), to.revision()));
            }
            Move.Done done = (Move.Done) dacite.branch(name).reset(from.revision(), to.revision());
            assertEquals(before.stream().filter(each -> !after.contains(each)).count(), done.dropped(), where());
            assertEquals(after.stream().filter(each -> !before.contains(each)).count(), done.adopted(), where());
            branches.put(name, to);
        }

        private Retention rules() {
            Retention chosen = Retention.heads();
            if (random.nextInt(4) == 0) {
                return Retention.all();
            }
            if (random.nextBoolean()) {
                chosen = chosen.withLast(1 + random.nextInt(6));
            }
            if (random.nextInt(3) == 0) {
                chosen = chosen.withEvery(2 + random.nextInt(4));
            }
            if (random.nextInt(3) == 0) {
                chosen = chosen.withSince(1_000_000L * (1 + random.nextInt(100)));
            }
            return random.nextInt(4) == 0 ? chosen.withoutTags() : chosen;
        }

        private void prune() {
            Set<Past> kept = kept();
            Sweep.Plan plan = dacite.planPrune(rules);
            long expected = pasts.stream()
                    .filter(each -> !kept.contains(each) && !pruned.contains(each))
                    .count();
            assertEquals(expected, plan.revisions(), where());
            int killedAfter = random.nextInt(12);
            int[] steps = {0};
            try {
                dacite.prune(rules, 20 + random.nextInt(100), so -> {
                    if (steps[0]++ == killedAfter) {
                        throw new IllegalStateException("killed");
                    }
                });
            } catch (IllegalStateException e) {
                assertEquals("killed", e.getMessage());
            }
            pasts.stream().filter(each -> !kept.contains(each)).forEach(pruned::add);
        }

        /** A slow reading of the rules. */
        private Set<Past> kept() {
            Set<Past> kept = new HashSet<>(branches.values());
            kept.addAll(open.values());
            if (rules.keepsAll()) {
                kept.addAll(pasts);
            }
            if (rules.tags()) {
                kept.addAll(tags.values());
            }
            for (Past head : branches.values()) {
                List<Past> line = line(head);
                kept.addAll(
                        line.subList(0, (int) Math.min(line.size(), rules.last().orElse(1))));
                line.stream().filter(this::ruled).forEach(kept::add);
            }
            tags.values().forEach(tag -> line(tag).stream().filter(this::ruled).forEach(kept::add));
            kept.removeAll(pruned);
            return kept;
        }

        private boolean ruled(Past past) {
            Revision revision = past.revision();
            boolean step = rules.every().stream().anyMatch(every -> revision.height() % every == 0);
            return step || rules.sinceMillis().stream().anyMatch(since -> revision.timeMillis() >= since);
        }

        /** Newest first. */
        private List<Past> line(Past head) {
            List<Past> line = new ArrayList<>();
            Past at = head;
            while (true) {
                line.add(at);
                OptionalLong parent = at.revision().parent();
                if (parent.isEmpty()) {
                    return line;
                }
                at = byId.get(parent.getAsLong());
            }
        }

        private void check() {
            for (int i = 0; i < 6; i++) {
                Past past = pasts.get(random.nextInt(pasts.size()));
                Revision now = dacite.revision(Long.toString(past.revision().id()));
                assertEquals(pruned.contains(past), now.pruned(), where() + ", revision " + now.id());
                if (now.pruned()) {
                    assertThrows(PrunedRevisionException.class, () -> dacite.at(now));
                } else {
                    MirrorModelTest.checkPast(dacite, past, random, seed);
                }
            }
            open.forEach((snapshot, past) -> MirrorModelTest.checkSnapshot(snapshot, past, random, where()));
            checkNames();
            checkHistory();
            assertEquals(
                    List.of(),
                    Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage(),
                    where());
        }

        private void checkNames() {
            Map<String, Long> expected = new TreeMap<>();
            branches.forEach((name, past) -> expected.put(name, past.revision().id()));
            assertEquals(expected, dacite.branches());
            Map<String, Long> expectedTags = new TreeMap<>();
            tags.forEach((name, past) -> expectedTags.put(name, past.revision().id()));
            assertEquals(expectedTags, dacite.tags());
            String branch = pick(new ArrayList<>(branches.keySet()));
            List<Past> line = line(branches.get(branch));
            int back = random.nextInt(line.size());
            assertEquals(
                    line.get(back).revision().id(),
                    dacite.revision(branch + "~" + back).id(),
                    where());
        }

        /** What a key held in one kept revision of a line after the other, repetitions left out. */
        private void checkHistory() {
            Past head = branches.get(pick(new ArrayList<>(branches.keySet())));
            byte[] user = ("k" + random.nextInt(40)).getBytes(UTF_8);
            byte[] key = Arrays.copyOf(user, user.length + 1);
            List<String> expected = new ArrayList<>();
            line(head).stream()
                    .filter(past -> !pruned.contains(past))
                    .map(past -> MirrorModelTest.held(past.state(), key))
                    .forEach(held -> addOther(expected, held));
            List<String> found = new ArrayList<>();
            dacite.history(head.revision(), List.of(), user)
                    .forEach(version -> addOther(found, MirrorModelTest.held(version)));
            if (!expected.isEmpty() && expected.get(expected.size() - 1).equals("gone")) {
                expected.remove(expected.size() - 1);
            }
            if (!found.isEmpty() && found.get(found.size() - 1).equals("gone")) {
                found.remove(found.size() - 1); // deleted what a pruned revision held
            }
            assertEquals(
                    expected,
                    found,
                    where() + ", key " + new String(user, UTF_8) + " at "
                            + head.revision().id());
        }

        private static void addOther(List<String> all, String next) {
            if (all.isEmpty() || !all.get(all.size() - 1).equals(next)) {
                all.add(next);
            }
        }

        /** One empty revision, and no row is left. */
        private void end() {
            closeSnapshots();
            tags.keySet().forEach(name -> dacite.tag(name).delete());
            String last = branches.keySet().iterator().next();
            branches.keySet().stream()
                    .filter(name -> !name.equals(last))
                    .forEach(name -> dacite.branch(name).delete());
            dacite.branch(last).commit("away with all", batch -> {
                for (int i = 0; i < 40; i++) {
                    batch.delete("k" + i);
                }
            });
            dacite.prune(Retention.heads(), 100, so -> {});
            RowCounts counts = dacite.store().counts();
            assertEquals(0, counts.vertices(), where());
            assertEquals(0, counts.leaves() + counts.deletions(), where());
            assertTrue(dacite.at(dacite.branch(last).head().orElseThrow()).isEmpty());
        }

        private void closeSnapshots() {
            open.keySet().forEach(Snapshot::close);
            open.clear();
        }

        private Past pickKept() {
            return pick(pasts.stream().filter(past -> !pruned.contains(past)).toList());
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private String where() {
            return "seed " + seed + ", " + pasts.size() + " commits";
        }
    }
}
