package org.dacite.store;

import java.util.concurrent.atomic.AtomicLong;

/** How much work a store has done since it was opened: what tests of proportion look at. Any thread. */
public final class Counters {
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong rowsRead = new AtomicLong();
    private final AtomicLong verticesWritten = new AtomicLong();
    private final AtomicLong leavesWritten = new AtomicLong();
    private final AtomicLong hashes = new AtomicLong();

    /** Statements that fetched vertices and leaves. */
    public long statements() {
        return statements.get();
    }

    /** Rows of vertices and leaves that they brought. */
    public long rowsRead() {
        return rowsRead.get();
    }

    /** Rows appended to {@code vertex}. */
    public long verticesWritten() {
        return verticesWritten.get();
    }

    /** Rows appended to {@code leaf}, deletions included. */
    public long leavesWritten() {
        return leavesWritten.get();
    }

    /** Digests made by commits. */
    public long hashes() {
        return hashes.get();
    }

    void statement() {
        statements.incrementAndGet();
    }

    void read(int rows) {
        rowsRead.addAndGet(rows);
    }

    void wrote(long vertices, long leaves, long digests) {
        verticesWritten.addAndGet(vertices);
        leavesWritten.addAndGet(leaves);
        hashes.addAndGet(digests);
    }
}
