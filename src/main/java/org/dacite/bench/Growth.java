package org.dacite.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dacite.store.Counters;

/**
 * What a change costs as the tree grows by powers of ten: commits of updates at each size, with what they read, wrote and
 * hashed. For one thread.
 */
public final class Growth {
    /** The size that is looked at first. */
    public static final int SMALLEST = 10_000;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final BenchOptions options;
    private final Stop stop;
    private final Consumer<String> progress;
    private final Workload work;

    private Growth(BenchOptions options, Stop stop, Consumer<String> progress) {
        this.options = options;
        this.stop = stop;
        this.progress = progress;
        this.work = new Workload(options.seed());
    }

    /**
     * Grows a store from 10,000 leaves by powers of ten up to {@link BenchOptions#leaves}, in batches of
     * {@link BenchOptions#batch}; at each size, {@link BenchOptions#commits} commits of {@link BenchOptions#changes}
     * updates. Everything is made anew and removed again.
     *
     * @param progress told what is done, in one line at a time
     */
    public static GrowthReport run(BenchOptions options, Consumer<String> progress) {
        if (options.leaves() < SMALLEST) {
            throw new IllegalArgumentException(
                    "expected " + SMALLEST + " leaves or more to grow to, got " + options.leaves());
        }
        try (Stop stop = Stop.onShutdown();
                Place place = Place.of(options)) {
            return new Growth(options, stop, progress).run(place);
        }
    }

    private GrowthReport run(Place place) {
        List<GrowthReport.Step> steps = new ArrayList<>();
        try (DaciteSide dacite = place.dacite(options)) {
            for (long size = SMALLEST; size <= options.leaves(); size *= 10) {
                grow(dacite, size);
                steps.add(step(dacite, place));
                progress.accept(steps.get(steps.size() - 1).toString());
            }
        }
        return new GrowthReport(options, steps);
    }

    private void grow(DaciteSide dacite, long size) {
        while (work.keys() < size) {
            stop.check();
            dacite.commit(Stream.generate(work::fresh).limit(Math.min(options.batch(), size - work.keys())));
            progress.accept(String.format(Locale.ROOT, "%,d leaves", work.keys()));
        }
    }

    private GrowthReport.Step step(DaciteSide dacite, Place place) {
        commits(dacite, 1 + options.commits() / 10); // so that the cache holds what such commits look at
        Counters counters = dacite.counters();
        long vertices = counters.verticesWritten();
        long leaves = counters.leavesWritten();
        long hashes = counters.hashes();
        long read = counters.rowsRead();
        long bytes = place.daciteBytes();
        long cpuNanos = PROCESS.getProcessCpuTime();
        long nanos = commits(dacite, options.commits());
        cpuNanos = PROCESS.getProcessCpuTime() - cpuNanos;
        double changes = (double) options.commits() * options.changes();
        return new GrowthReport.Step(
                dacite.count(),
                (counters.verticesWritten() - vertices + counters.leavesWritten() - leaves) / changes,
                (counters.hashes() - hashes) / changes,
                (counters.rowsRead() - read) / changes,
                (place.daciteBytes() - bytes) / changes,
                nanos / 1e3 / changes,
                cpuNanos / 1e3 / changes,
                liveBytes());
    }

    private long commits(DaciteSide dacite, int count) {
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            stop.check();
            Change[] changes = work.mixed(options.changes(), options.changes());
            long start = System.nanoTime();
            dacite.commit(changes);
            nanos += System.nanoTime() - start;
        }
        return nanos;
    }

    /** What the heap holds that is still in use. */
    private static long liveBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
