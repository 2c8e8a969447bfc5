package org.dacite.store;

import java.lang.ref.Cleaner;

/**
 * Keeps pruning away from one revision until it is closed, or, where that was forgotten, until nothing refers to it, its store
 * is closed or its process ends. Any thread; to close it again does nothing.
 */
public final class Lease implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Cleaner.Cleanable release;

    Lease(Leases leases, long revision) {
        this.release = CLEANER.register(this, () -> leases.release(revision));
    }

    @Override
    public void close() {
        release.clean();
    }
}
