package org.dacite.bench;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a bench whose process is told to end (Ctrl-C) take away what it made first. */
final class Stop implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::askAndWait, "dacite-bench-stop");
    private volatile boolean asked;

    private Stop() {}

    static Stop onShutdown() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Ends the work by an exception when the process is to end. */
    void check() {
        if (asked || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the bench was stopped; what it made is removed");
        }
    }

    private void askAndWait() {
        asked = true;
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("expected the bench to end within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bench has cleaned up. */
    @Override
    public void close() {
        ended.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending at this moment, and the hook finds nothing left to wait for
            }
        }
    }
}
