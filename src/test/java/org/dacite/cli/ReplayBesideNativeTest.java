package org.dacite.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dacite.context.Action;
import org.dacite.context.Context;
import org.dacite.context.ContextPath;
import org.dacite.history.Batch;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random changes as native commits, as commits of a context, and replayed from the log of these: the same hashes.
 * {@code -Ddacite.replay.commits=1000 -Ddacite.replay.actions=1000} does the work of docs/performance.md and prints what each
 * took of the processor.
 */
class ReplayBesideNativeTest {
    private static final int COMMITS = Integer.getInteger("dacite.replay.commits", 5);
    private static final int ACTIONS = Integer.getInteger("dacite.replay.actions", 200);
    private static final long SEED = 11;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    /** Of 20 changes one copies a directory that is committed, 16 set a value, three delete one; copies come first. */
    private List<Action> changes(int commit) {
        List<Action> changes = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            if (i < ACTIONS / 20) {
                changes.add(new Action.Copy(
                        ContextPath.parse("d" + random.nextInt(20) + "/e" + random.nextInt(10)),
                        ContextPath.parse("copies/" + random.nextInt(100))));
                continue;
            }
            ContextPath path = ContextPath.parse(
                    "d" + random.nextInt(20) + "/e" + random.nextInt(10) + "/key " + random.nextInt(1_000));
            changes.add(
                    random.nextInt(19) < 16
                            ? new Action.Set(path, ("value " + commit + " " + i).getBytes(UTF_8))
                            : new Action.Delete(path));
        }
        return changes;
    }

    @Test
    void comesToTheSameHashes() throws IOException {
        List<List<Action>> commits = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
            commits.add(changes(i));
        }
        Path log = folder.resolve("actions.jsonl");
        List<Revision> made = new ArrayList<>();
        double contextSeconds = inContext(commits, log, made);
        double nativeSeconds = natively(commits, made);
        double start = processorSeconds();
        var replayed = Cli.on(folder.resolve("replayed.db").toString())
                .run("context", "replay", log.toString(), "--json")
                .done()
                .json();
        double replaySeconds = processorSeconds() - start;
        assertEquals(COMMITS, replayed.get("commits").asInt());
        assertEquals(
                made.get(COMMITS - 1).hash().toString(), replayed.get("hash").asText());
        if (Integer.getInteger("dacite.replay.commits") != null) {
            System.out.printf(
                    "processor time: native %.1f s, context recorded %.1f s, replay %.1f s: ratios %.2f and %.2f%n",
                    nativeSeconds,
                    contextSeconds,
                    replaySeconds,
                    nativeSeconds / contextSeconds,
                    nativeSeconds / replaySeconds);
        }
    }

    /** What this process has used so far, of all cores. */
    private static double processorSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private double natively(List<List<Action>> commits, List<Revision> expected) {
        try (Dacite dacite = Dacite.open(folder.resolve("native.db").toString())) {
            Branch main = dacite.branch(Branch.MAIN);
            double start = processorSeconds();
            for (int i = 0; i < commits.size(); i++) {
                List<Action> changes = commits.get(i);
                try (Snapshot before = dacite.head()) {
                    Revision revision = main.commit(
                            Note.of("").at(i * 1_000L), batch -> changes.forEach(each -> apply(batch, before, each)));
                    assertEquals(expected.get(i).hash(), revision.hash(), "commit " + i);
                }
            }
            return processorSeconds() - start;
        }
    }

    private static void apply(Batch batch, Snapshot before, Action action) {
        if (action instanceof Action.Copy copy) {
            Snapshot source = before;
            for (byte[] name : copy.from().names()) {
                source = source.tree(name);
            }
            if (!source.isEmpty()) {
                within(batch, copy.to()).link(last(copy.to()), source);
            }
        } else if (action instanceof Action.Set set) {
            within(batch, set.path()).put(last(set.path()), set.value());
        } else if (action instanceof Action.Delete delete) {
            within(batch, delete.path()).delete(last(delete.path()));
        }
    }

    private static Batch within(Batch batch, ContextPath path) {
        Batch inner = batch;
        for (byte[] name : path.names().subList(0, path.size() - 1)) {
            inner = inner.tree(name);
        }
        return inner;
    }

    private static byte[] last(ContextPath path) {
        return path.names().get(path.size() - 1);
    }

    private double inContext(List<List<Action>> commits, Path log, List<Revision> made) throws IOException {
        try (Dacite dacite = Dacite.open(folder.resolve("context.db").toString());
                Context context = Context.of(dacite);
                BufferedWriter out = Files.newBufferedWriter(log)) {
            long[] number = {0};
            context.recordTo(action -> {
                try {
                    out.write(new ActionLine(++number[0], action).text() + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            double start = processorSeconds();
            for (int i = 0; i < commits.size(); i++) {
                for (Action action : commits.get(i)) {
                    if (action instanceof Action.Copy copy) {
                        context.copy(copy.from(), copy.to());
                    } else if (action instanceof Action.Set set) {
                        context.set(set.path(), set.value());
                    } else if (action instanceof Action.Delete delete) {
                        context.delete(delete.path());
                    }
                }
                made.add(context.commit(i, "", "").revision());
            }
            return processorSeconds() - start;
        }
    }
}
