package org.dacite.context;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Batch;
import org.dacite.history.Dacite;
import org.dacite.store.Counters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What Tezos hashes cost, for docs/performance.md. No test, so it runs only when it is named: {@code -Dtest=ContextFigures}. The sides take
 * turns, commit by commit, on stores of their own; {@code -Ddacite.figures.commits} says how many commits.
 */
class ContextFigures {
    private static final int COMMITS = Integer.getInteger("dacite.figures.commits", 1_000);

    private static final int WARM = 50;
    private static final int STEPS = 200;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** 100 changes in a directory of 100,000 entries. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aBigDirectory(Engine engine) throws Exception {
        try (TestStore nativePlace = engine.fresh();
                TestStore tezosPlace = engine.fresh();
                Dacite plain = Dacite.open(nativePlace.url());
                Dacite tezos = Dacite.open(tezosPlace.url())) {
            HashScheme.TEZOS.settle(tezos);
            Random random = new Random(1);
            for (Dacite each : List.of(plain, tezos)) {
                each.branch("main").commit("load", batch -> {
                    for (int i = 0; i < 100_000; i++) {
                        put(batch, i, i);
                    }
                });
            }
            Counters counters = tezos.store().counters();
            long before = counters.contextInodes();
            long most = 0; // after the load
            long plainNanos = 0;
            long tezosNanos = 0;
            for (int step = -WARM; step < STEPS; step++) {
                int[] names = random.ints(100, 0, 100_000).toArray();
                int value = step;
                long plainStep = nanos(() -> commit(plain, names, value));
                long tezosStep = nanos(() -> commit(tezos, names, value));
                plainNanos += step < 0 ? 0 : plainStep;
                tezosNanos += step < 0 ? 0 : tezosStep;
                most = Math.max(most, counters.contextInodes() - before);
                before = counters.contextInodes();
            }
            System.out.printf(
                    "%s, 100 of 100,000 entries, processor time: native %,d µs, tezos %,d µs, ratio %.2f; %d inodes hashed at most%n",
                    engine,
                    plainNanos / 1000 / STEPS,
                    tezosNanos / 1000 / STEPS,
                    (double) tezosNanos / plainNanos,
                    most);
        }
    }

    private static void commit(Dacite dacite, int[] names, int value) {
        dacite.branch("main").commit("change", batch -> Arrays.stream(names).forEach(i -> put(batch, i, -value - 1)));
    }

    private static void put(Batch batch, int name, int value) {
        batch.tree("big").put("name" + name, "value of " + value);
    }

    /** Commits of 1,000 random actions: replayed with and without Tezos hashes, and the same changes as plain batches. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aReplay(Engine engine) throws Exception {
        try (TestStore first = engine.fresh();
                TestStore second = engine.fresh();
                TestStore third = engine.fresh();
                Dacite plain = Dacite.open(first.url());
                Dacite without = Dacite.open(second.url());
                Dacite with = Dacite.open(third.url())) {
            HashScheme.TEZOS.settle(with);
            Random random = new Random(2);
            long[] nanos = new long[3];
            try (Replay replayWithout = Replay.of(without);
                    Replay replayWith = Replay.of(with)) {
                for (int step = 0; step < COMMITS; step++) {
                    List<Action> actions = actions(random);
                    nanos[0] += nanos(() ->
                            plain.branch("main").commit("", batch -> actions.forEach(each -> add(batch, each))));
                    Action commit = new Action.Commit(step, "", "", Action.Expected.NOTHING);
                    nanos[1] += nanos(() -> replay(replayWithout, actions, commit));
                    nanos[2] += nanos(() -> replay(replayWith, actions, commit));
                }
            }
            if (!plain.head().root().equals(with.head().root())) {
                throw new AssertionError("the sides differ");
            }
            System.out.printf("%s, %d commits of 1,000 actions, processor time:", engine, COMMITS);
            String[] sides = {"plain batches", "replay", "replay with Tezos hashes"};
            for (int i = 0; i < sides.length; i++) {
                System.out.printf(
                        " %s %,.0f actions/s (ratio %.2f)",
                        sides[i], COMMITS * 1e12 / nanos[i], (double) nanos[i] / nanos[0]);
            }
            System.out.println();
        }
    }

    private static void replay(Replay replay, List<Action> actions, Action commit) {
        actions.forEach(replay::apply);
        replay.apply(commit);
    }

    private static List<Action> actions(Random random) {
        List<Action> actions = new ArrayList<>(1_000);
        for (int i = 0; i < 1_000; i++) {
            List<String> path = random.nextInt(10) == 0
                    ? List.of("big_maps", "key" + random.nextInt(20_000))
                    : List.of(
                            "contracts",
                            Integer.toHexString(random.nextInt(256)),
                            "contract" + random.nextInt(40),
                            "field" + random.nextInt(5));
            byte[] value = ("value " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
            actions.add(
                    random.nextInt(20) == 0
                            ? new Action.Delete(ContextPath.of(path))
                            : new Action.Set(ContextPath.of(path), value));
        }
        return actions;
    }

    private static void add(Batch batch, Action action) {
        if (action instanceof Action.Set set) {
            below(batch, set.path()).put(last(set.path()), set.value());
        } else if (action instanceof Action.Delete delete) {
            below(batch, delete.path()).delete(last(delete.path()));
        }
    }

    private static Batch below(Batch batch, ContextPath path) {
        Batch at = batch;
        for (byte[] name : path.names().subList(0, path.size() - 1)) {
            at = at.tree(name);
        }
        return at;
    }

    private static byte[] last(ContextPath path) {
        return path.names().get(path.size() - 1);
    }

    /** Processor time of the whole process, which other work on the machine does not touch; that of a server is not in it. */
    private static long nanos(Runnable work) {
        long start = PROCESS.getProcessCpuTime();
        work.run();
        return PROCESS.getProcessCpuTime() - start;
    }
}
