package org.dacite.bench;

/**
 * Keeps one processor from falling asleep while short questions are timed: a round trip to a server is two wake-ups, and that of
 * a sleeping processor takes a virtual machine from nothing to twice the whole answer, by chance. Any thread.
 */
final class AwakeProcessor implements AutoCloseable {
    private volatile boolean ended;

    AwakeProcessor() {
        Thread thread = new Thread(this::run, "dacite-awake");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!ended) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
