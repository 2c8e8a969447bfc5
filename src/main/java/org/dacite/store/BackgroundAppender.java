package org.dacite.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;

/**
 * Appends rows on a thread of its own, and keeps their nodes in memory, while the merge goes on: bulk rows take a third
 * of a commit. A small commit stays on the caller's thread.
 *
 * <p>For one caller. Its connection belongs to the thread here between the first row that is handed over and
 * {@link #settle}; who wants the connection in between calls that first.
 */
final class BackgroundAppender implements AutoCloseable {
    private static final int CHUNK_ROWS = 512;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int MAX_CHUNKS = 8;
    private static final List<Object> END = List.of();

    private final RowAppender rows;
    private final NodeCache cache;
    private final BlockingQueue<List<Object>> queue = new ArrayBlockingQueue<>(MAX_CHUNKS);
    private List<Object> chunk = new ArrayList<>(CHUNK_ROWS);
    private long chunkBytes;
    private Thread thread;
    private int underWay;
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

    /** Waits until the rows handed over so far are appended; then the caller may use the connection. */
    void settle() throws SQLException {
        await();
        rows.rest();
    }

    private synchronized void await() throws SQLException {
        try {
            while (underWay > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Appends what is held back and waits until all rows are with the database. */
    void flush() throws SQLException {
        await();
        append(chunk);
        chunk.clear();
        chunkBytes = 0;
        rows.flush();
    }

    private void add(Object row, int sizeBytes) throws SQLException {
        chunk.add(row);
        chunkBytes += sizeBytes;
        if (chunk.size() == CHUNK_ROWS || chunkBytes > CHUNK_BYTES) {
            handOver();
        }
    }

    private void handOver() throws SQLException {
        if (thread == null) {
            thread = new Thread(this::run, "dacite-rows");
            thread.setDaemon(true);
            thread.start();
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            underWay++;
        }
        put(chunk);
        chunk = new ArrayList<>(CHUNK_ROWS);
        chunkBytes = 0;
    }

    private void run() {
        try {
            for (List<Object> next = queue.take(); next != END; next = queue.take()) {
                SQLException failed = null;
                try {
                    if (!failed()) {
                        append(next);
                    }
                } catch (SQLException e) {
                    failed = e;
                } catch (RuntimeException | Error e) {
                    failed = new SQLException("the rows could not be appended: " + e, e);
                }
                done(failed);
            }
        } catch (InterruptedException e) {
            done(new SQLException("interrupted while appending rows", e));
        }
    }

    private void append(List<Object> next) throws SQLException {
        for (Object each : next) {
            if (each instanceof Vertex vertex) {
                rows.vertex(vertex);
            } else {
                RowAppender.LeafRow row = (RowAppender.LeafRow) each;
                rows.leaf(row);
                Node node = row.node();
                if (node != null) {
                    cache.put(node);
                }
            }
        }
    }

    private synchronized boolean failed() {
        return failure != null;
    }

    private synchronized void done(SQLException failed) {
        failure = failure == null ? failed : failure;
        underWay--;
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
