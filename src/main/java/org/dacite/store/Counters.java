package org.dacite.store;

import java.util.concurrent.atomic.AtomicLong;

/** How much work a store has done since it was opened: what tests of proportion look at. Any thread. */
public final class Counters {
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong rowsRead = new AtomicLong();
    private final AtomicLong verticesWritten = new AtomicLong();
    private final AtomicLong leavesWritten = new AtomicLong();
    private final AtomicLong hashes = new AtomicLong();
    private final AtomicLong mostWaitingRows = new AtomicLong();
    private final AtomicLong contextValues = new AtomicLong();
    private final AtomicLong contextDirectories = new AtomicLong();
    private final AtomicLong contextInodes = new AtomicLong();

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

    /** The most rows that stood at once between a merge and the database. */
    public long mostWaitingRows() {
        return mostWaitingRows.get();
    }

    /** Values hashed for the hashes that commits carry beside the store's own. */
    public long contextValues() {
        return contextValues.get();
    }

    /** Directories hashed in one piece for those. */
    public long contextDirectories() {
        return contextDirectories.get();
    }

    /** Inodes of big directories hashed for those. */
    public long contextInodes() {
        return contextInodes.get();
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

    void waited(long rows) {
        mostWaitingRows.accumulateAndGet(rows, Math::max);
    }

    void contextHashed(long values, long directories, long inodes) {
        contextValues.addAndGet(values);
        contextDirectories.addAndGet(directories);
        contextInodes.addAndGet(inodes);
    }
}
