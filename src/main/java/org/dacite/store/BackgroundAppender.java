package org.dacite.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;

/**
 * Appends rows on a thread of its own while the merge goes on, and keeps their nodes in memory while the commit waits for the
 * disk. A small commit stays on the caller's thread.
 *
 * <pre>
 *   caller   merge ─────────────── flush   commit ──── awaitKept
 *   thread       rows   rows   rows   rows   nodes ──────┘
 * </pre>
 *
 * <p>For one caller. Its connection belongs to the thread here between the first row that is handed over and
 * {@link #settle}; who wants the connection in between calls that first.
 */
final class BackgroundAppender implements AutoCloseable {
    static final int CHUNK_ROWS = 256;
    private static final int CHUNK_BYTES = 1 << 19;
    private static final int MAX_CHUNKS = 16;

    /** The most rows between the merge and the database: those that wait, a chunk on its way in and one on its way out. */
    static final int MAX_WAITING_ROWS = (MAX_CHUNKS + 2) * CHUNK_ROWS;

    /** As many chunks, or bytes, wait for the commit at most, so that a large batch streams; the others are kept before. */
    private static final int MAX_UNKEPT = 256;

    private static final long MAX_UNKEPT_BYTES = 16 << 20;
    private static final int VERTEX_BYTES = 120;

    private static final List<Object> KEEP = new ArrayList<>(0);
    private static final List<Object> END = new ArrayList<>(0);

    private final RowAppender rows;
    private final NodeCache cache;
    private final BlockingQueue<List<Object>> queue = new ArrayBlockingQueue<>(MAX_CHUNKS);
    private final Queue<List<Object>> unkept = new ArrayDeque<>();
    private List<Object> chunk = new ArrayList<>(CHUNK_ROWS);
    private long chunkBytes;
    private boolean handedOver;
    private boolean flushed;
    private Thread thread;
    private int underWay;
    private int waitingRows;
    private int mostWaitingRows;
    private long unkeptBytes;
    private boolean keeping;
    private SQLException failure;

    BackgroundAppender(RowAppender rows, NodeCache cache) {
        this.rows = rows;
        this.cache = cache;
    }

    void vertex(Vertex vertex) throws SQLException {
        add(vertex, 0);
    }

    void leaf(RowAppender.LeafRow row) throws SQLException {
        add(row, row.sizeBytes());
    }

    /** Waits until the rows handed over so far are on their way; then the caller may use the connection for all but reading nodes. */
    void rest() throws SQLException {
        await();
        rows.rest();
    }

    /** The same, but whatever was flushed can be read then. */
    void settle() throws SQLException {
        rest();
        finish();
    }

    /** After a flush: waits until its rows are where the commit makes them last. */
    void finish() throws SQLException {
        if (flushed) {
            flushed = false;
            rows.finish();
        }
    }

    private synchronized void await() throws SQLException {
        try {
            while (underWay > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
    }

    /** A refusal is told in its own words. */
    private void throwFailure() throws SQLException {
        if (failure != null && failure.getCause() instanceof StoreException refusal) {
            throw refusal;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Appends what is held back and waits until all rows are with the database; their nodes are kept from now on. */
    void flush() throws SQLException {
        await();
        append(chunk);
        flushed = true;
        rows.flush();
        keep(chunk);
        chunk.clear();
        chunkBytes = 0;
        if (handedOver) {
            handedOver = false;
            synchronized (this) {
                keeping = true;
            }
            put(KEEP);
        }
    }

    /** Waits until memory has the nodes of all rows that were flushed; whoever is interrupted meanwhile stays so. */
    synchronized void awaitKept() {
        boolean interrupted = false;
        while (keeping) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // the rows are committed, and no one must think otherwise
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Object row, int sizeBytes) throws SQLException {
        chunk.add(row);
        chunkBytes += sizeBytes;
        if (chunk.size() == CHUNK_ROWS || chunkBytes > CHUNK_BYTES) {
            handOver();
        }
    }

    /** The most rows that were handed over and not with the database, ever. */
    synchronized int mostWaitingRows() {
        return mostWaitingRows;
    }

    private void handOver() throws SQLException {
        if (thread == null) {
            thread = new Thread(this::run, "dacite-rows");
            thread.setDaemon(true);
            thread.start();
        }
        synchronized (this) {
            throwFailure();
            underWay++;
            waitingRows += chunk.size();
            mostWaitingRows = Math.max(mostWaitingRows, waitingRows);
        }
        handedOver = true;
        put(chunk);
        chunk = new ArrayList<>(CHUNK_ROWS);
        chunkBytes = 0;
    }

    private void run() {
        try {
            for (List<Object> next = queue.take(); next != END; next = queue.take()) {
                if (next == KEEP) {
                    keepAll();
                } else {
                    done(next.size(), attempt(next));
                }
            }
        } catch (InterruptedException e) {
            SQLException failed = new SQLException("interrupted while appending rows", e);
            done(0, failed);
            kept(failed);
        }
    }

    private SQLException attempt(List<Object> next) {
        try {
            if (!failed()) {
                append(next);
                unkept.add(next);
                unkeptBytes += sizeBytes(next);
                while (unkept.size() > MAX_UNKEPT || unkeptBytes > MAX_UNKEPT_BYTES) {
                    unkeptBytes -= sizeBytes(unkept.peek());
                    keep(unkept.remove());
                }
            }
            return null;
        } catch (SQLException e) {
            return e;
        } catch (RuntimeException | Error e) {
            return new SQLException("the rows could not be appended: " + e, e);
        }
    }

    private static long sizeBytes(List<Object> rows) {
        long bytes = 0;
        for (Object each : rows) {
            bytes += each instanceof RowAppender.LeafRow row ? row.sizeBytes() : VERTEX_BYTES;
        }
        return bytes;
    }

    private void append(List<Object> next) throws SQLException {
        for (Object each : next) {
            if (each instanceof Vertex vertex) {
                rows.vertex(vertex);
            } else {
                rows.leaf((RowAppender.LeafRow) each);
            }
        }
    }

    /** What fails here is told at the next write, which then begins with an empty memory. */
    private void keepAll() {
        SQLException failed = null;
        try {
            unkept.forEach(this::keep);
        } catch (RuntimeException | Error e) {
            failed = new SQLException("the nodes of a commit could not be kept in memory: " + e, e);
        }
        unkept.clear();
        unkeptBytes = 0;
        kept(failed);
    }

    private synchronized void kept(SQLException failed) {
        failure = failure == null ? failed : failure;
        keeping = false;
        notifyAll();
    }

    private void keep(List<Object> nodes) {
        for (Object each : nodes) {
            Node node = each instanceof RowAppender.LeafRow row ? row.node() : (Vertex) each;
            if (node != null) {
                cache.putNew(node);
            }
        }
    }

    private synchronized boolean failed() {
        return failure != null;
    }

    private synchronized void done(int rowsDone, SQLException failed) {
        failure = failure == null ? failed : failure;
        underWay--;
        waitingRows -= rowsDone;
        notifyAll();
    }

    private void put(List<Object> next) throws SQLException {
        try {
            queue.put(next);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SQLException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SQLException("interrupted while appending rows", e);
    }

    /** Waits for the rows under way and ends the thread. */
    @Override
    public void close() {
        endThread();
        rows.close();
    }

    private void endThread() {
        if (thread == null) {
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(END);
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
