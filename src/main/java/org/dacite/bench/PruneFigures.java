package org.dacite.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.dacite.store.Sweep;

/**
 * What pruning all but the last revisions takes, and how long others wait for it: a second thread commits one change after
 * the other, first alone, then beside the prune. Immutable.
 *
 * @param report what pruning did
 * @param nanos how long it took
 * @param aloneNanos the median of a commit of one change before it
 * @param aloneWorstNanos the longest of those
 * @param besideNanos the median of a commit of one change while it ran
 * @param besideWorstNanos the longest of those
 * @param commits how many those are
 */
public record PruneFigures(
        Sweep.Report report,
        long nanos,
        double aloneNanos,
        long aloneWorstNanos,
        double besideNanos,
        long besideWorstNanos,
        long commits) {
    /** How many revisions are kept. */
    static final int KEPT = 10;

    static PruneFigures of(DaciteSide dacite, Workload work, int commitsAlone) {
        List<Long> alone = new ArrayList<>();
        for (int i = 0; i < commitsAlone; i++) {
            alone.add(commit(dacite, work));
        }
        List<Long> beside = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Thread committer = new Thread(
                () -> {
                    try {
                        while (!done.get()) {
                            beside.add(commit(dacite, work));
                        }
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                },
                "bench-committer");
        long start = System.nanoTime();
        committer.start();
        Sweep.Report report;
        long nanos;
        try {
            report = dacite.prune(KEPT);
            nanos = System.nanoTime() - start;
        } finally {
            done.set(true);
            join(committer);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return new PruneFigures(
                report, nanos, median(alone), worst(alone), median(beside), worst(beside), beside.size());
    }

    private static long commit(DaciteSide dacite, Workload work) {
        Change[] change = work.mixed(1, 1);
        long start = System.nanoTime();
        dacite.commit(change);
        return System.nanoTime() - start;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double median(List<Long> nanos) {
        return Compared.median(nanos.stream().mapToDouble(Long::doubleValue).toArray());
    }

    private static long worst(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kept", KEPT);
        map.put("revisions", report.revisions());
        map.put("rows", report.vertices() + report.leaves());
        map.put("bytes_before", report.bytesBefore());
        map.put("bytes_after", report.bytesAfter());
        map.put("ms", TimeUnit.NANOSECONDS.toMillis(nanos));
        map.put("steps", report.steps());
        map.put("longest_step_ms", TimeUnit.NANOSECONDS.toMillis(report.longestStepNanos()));
        map.put("commit_alone_us", TimeUnit.NANOSECONDS.toMicros((long) aloneNanos));
        map.put("commit_alone_worst_us", TimeUnit.NANOSECONDS.toMicros(aloneWorstNanos));
        map.put("commit_beside_us", TimeUnit.NANOSECONDS.toMicros((long) besideNanos));
        map.put("commit_beside_worst_us", TimeUnit.NANOSECONDS.toMicros(besideWorstNanos));
        map.put("commits_beside", commits);
        return map;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "prune to the last %d revisions: %,d given up, %,d rows away, %,d to %,d bytes, %,.1f s, %,d steps,"
                        + " the longest %,.0f ms%na commit of one change: alone p50 %,.0f us, worst %,.0f us;"
                        + " beside the prune p50 %,.0f us, worst %,.0f us (%,d commits)",
                KEPT,
                report.revisions(),
                report.vertices() + report.leaves(),
                report.bytesBefore(),
                report.bytesAfter(),
                nanos / 1e9,
                report.steps(),
                report.longestStepNanos() / 1e6,
                aloneNanos / 1e3,
                aloneWorstNanos / 1e3,
                besideNanos / 1e3,
                besideWorstNanos / 1e3,
                commits);
    }
}
