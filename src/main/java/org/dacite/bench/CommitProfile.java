package org.dacite.bench;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the time of Dacite's commits goes: looks at the stacks of the thread that commits, and of those that work for it,
 * a thousand times a second while it runs. What it does not look at pays nothing. Only {@link #during} may be called by
 * several threads, one at a time.
 */
final class CommitProfile implements AutoCloseable {
    private static final String COMMITTER = "committer";
    private static final String OURS = "dacite-";

    private final Map<String, Map<Activity, Long>> samples = new TreeMap<>();
    private final Thread sampler = new Thread(this::sample, "bench-profile");
    private Thread committer;
    private long nanos;
    private volatile boolean ended;

    private CommitProfile() {}

    static CommitProfile start() {
        CommitProfile profile = new CommitProfile();
        profile.sampler.setDaemon(true);
        profile.sampler.start();
        return profile;
    }

    /** Watches this thread at what it does. */
    void during(Runnable work) {
        long start = System.nanoTime();
        watch(Thread.currentThread());
        try {
            work.run();
        } finally {
            watch(null);
            nanos += System.nanoTime() - start;
        }
    }

    private synchronized void watch(Thread thread) {
        committer = thread;
    }

    private void sample() {
        try {
            while (!ended) {
                look();
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        if (committer == null) {
            return;
        }
        count(COMMITTER, Activity.of(committer.getStackTrace()));
        for (Thread each : helpers()) {
            StackTraceElement[] stack = each.getStackTrace();
            if (!Activity.idle(stack)) {
                count(each.getName(), Activity.of(stack));
            }
        }
    }

    private static List<Thread> helpers() {
        Thread[] all = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(all);
        List<Thread> ours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (all[i].getName().startsWith(OURS)) {
                ours.add(all[i]);
            }
        }
        return ours;
    }

    private void count(String thread, Activity activity) {
        samples.computeIfAbsent(thread, name -> new EnumMap<>(Activity.class)).merge(activity, 1L, Long::sum);
    }

    @Override
    public void close() {
        ended = true;
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was seen so far. */
    synchronized CommitShares shares() {
        long looks = samples.getOrDefault(COMMITTER, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Map<String, Map<Activity, Double>> shares = new LinkedHashMap<>();
        samples.forEach((thread, counts) -> {
            Map<Activity, Double> of = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<Activity, Long>comparingByValue().reversed())
                    .forEach(entry -> of.put(entry.getKey(), (double) entry.getValue() / looks));
            shares.put(thread, of);
        });
        return new CommitShares(NANOSECONDS.toMillis(nanos), shares);
    }
}
