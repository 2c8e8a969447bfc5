package org.dacite.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Moves SQLite's write-ahead log into the database on a thread and a connection of its own, so that no commit waits for
 * it. A checkpoint is passive: it never waits for readers or the writer. Any thread.
 *
 * <p>What is committed meanwhile it does not reach, and only a log that was moved to its end is written over from its start;
 * one that grows costs each commit the file system's work for new blocks, about as much as the commit itself. So the writer
 * moves that little rest itself, between two of its transactions; what a reader held back is not little, and is left to the thread.
 *
 * <pre>
 *   writer    commit  commit  commit  commit  commit | rest | commit, over the log's start
 *   thread            └──── most of the log ────┘
 * </pre>
 */
final class Checkpoints {
    private static final long WAL_BYTES = 16L << 20;

    /** What a commit writes beside its rows: the last pages of three tables and an index, and those of a table that grows. */
    private static final long COMMIT_BYTES = 6L << 12;

    /** More than this the writer does not move; in pages of the log. */
    private static final long MAX_REST_PAGES = WAL_BYTES >> 12;

    /** So often the thread begins anew with what was committed meanwhile, which is less each time. */
    private static final int ROUNDS = 2;

    private final Supplier<DataSource> connections;
    private Thread thread;
    private long newBytes;
    private boolean wanted;
    private boolean closed;
    private volatile boolean restLeft;

    Checkpoints(Supplier<DataSource> connections) {
        this.connections = connections;
    }

    /** A commit appended about so many bytes: checkpoints when enough have come together since the last time. */
    synchronized void wake(long appendedBytes) {
        newBytes += appendedBytes + COMMIT_BYTES;
        if (closed || wanted || newBytes < WAL_BYTES) {
            return;
        }
        newBytes = 0; // the file tells nothing: it is written over from its start, and never shrinks
        wanted = true;
        if (thread == null) {
            thread = new Thread(this::run, "dacite-checkpoint");
            thread.setDaemon(true);
            thread.start();
        } else {
            notifyAll();
        }
    }

    /** Moves what was committed while the thread worked: on the connection of the writer, while nobody writes. */
    void finish(Connection writer) {
        if (restLeft) {
            restLeft = false;
            try (Statement statement = writer.createStatement()) {
                checkpoint(statement);
            } catch (SQLException e) {
                // the log grows on, and the next checkpoint does it
            }
        }
    }

    /** Whether there may be something to {@link #finish}, little enough for the writer. */
    boolean isRestLeft() {
        return restLeft;
    }

    /** Ends the thread, after the checkpoint that is under way. */
    void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            notifyAll();
            ending = thread;
        }
        if (ending != null) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try (Connection connection = connections.get().getConnection();
                Statement statement = connection.createStatement()) {
            while (await()) {
                long pages = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    pages = checkpoint(statement);
                }
                restLeft = pages <= MAX_REST_PAGES;
                synchronized (this) {
                    wanted = false;
                }
            }
        } catch (SQLException e) {
            // the next commit that wakes it begins anew; SQLite checkpoints by itself at its own limit, and when the
            // last connection closes
        } finally {
            synchronized (this) {
                thread = null;
                wanted = false;
            }
        }
    }

    /** Moves what no reader needs; answers how many pages of the log are left. */
    private static long checkpoint(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(passive)")) {
            row.next();
            return row.getLong("log") - row.getLong("checkpointed");
        }
    }

    private synchronized boolean await() {
        try {
            while (!wanted && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }
}
