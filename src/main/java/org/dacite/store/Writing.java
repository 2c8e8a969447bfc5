package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.exception.DataAccessException;

/**
 * Who may write: one thread at a time here, one process at a time by the engine. Keeps the connection that writes from one
 * write to the next. Any thread.
 */
final class Writing implements AutoCloseable {
    private final Dialect dialect;
    private final Settings settings;
    private final StoreFormat format;
    private final NodeCache cache;
    private final ContextCache contexts;
    private final ReentrantLock turns = new ReentrantLock(true);
    private Writer writer;
    private boolean closed;

    Writing(Dialect dialect, Settings settings, StoreFormat format, NodeCache cache, ContextCache contexts) {
        this.dialect = dialect;
        this.settings = settings;
        this.format = format;
        this.cache = cache;
        this.contexts = contexts;
    }

    interface Work<T> {
        T run(Writer writer) throws SQLException;
    }

    interface Step {
        void run(Connection connection) throws SQLException;
    }

    /** Runs a write: committed when {@code work} returns, undone when it throws. */
    <T> T transact(Work<T> work) {
        requireWritable();
        awaitTurn();
        try {
            Writer open = writer();
            try {
                Connection connection = open.connection();
                connection.setAutoCommit(false);
                open.begun();
                if (!open.isAlone()) {
                    lock(connection, open.format());
                }
                T result = work.run(open);
                open.appender().finish();
                connection.setAutoCommit(true); // commits; commit() would have SQLite's driver begin anew, and lock
                open.appender().awaitKept();
                dialect.between(connection);
                return result;
            } catch (SQLException e) {
                abandon();
                throw dialect.explain(e);
            } catch (DataAccessException e) {
                abandon();
                throw dialect.explain(e);
            } catch (RuntimeException | Error e) {
                abandon();
                throw e;
            }
        } catch (SQLException e) {
            throw dialect.explain(e);
        } finally {
            turns.unlock();
        }
    }

    /** One transaction on another connection, while nobody else writes. */
    void transact(Connection connection, Step step) throws SQLException {
        awaitTurn();
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement format = connection.prepareStatement(Writer.FORMAT)) {
                lock(connection, format);
            }
            step.run(connection);
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException | Error e) {
            undo(connection, e);
            throw e;
        } finally {
            turns.unlock();
        }
    }

    /** Undoes a transaction that failed; SQLite may have done so itself, as it does on a full disk. */
    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e); // what went wrong first is what is told
        }
    }

    private void lock(Connection connection, PreparedStatement format) throws SQLException {
        OptionalInt told = dialect.lock(connection, settings);
        requireSameFormat(told.isPresent() ? told.getAsInt() : Writer.formatVersion(format));
    }

    /** Who upgraded it meanwhile knows tables that are not written here. */
    private void requireSameFormat(int found) {
        if (found != format.version()) {
            throw new StoreException("expected a store of format " + format.version() + " at " + dialect.place()
                    + ", as it was when it was opened, got format " + found
                    + ": it was upgraded meanwhile; open it anew with the Dacite that did so");
        }
    }

    void requireWritable() {
        if (settings.readOnly()) {
            throw new StoreException(
                    "expected a store opened for writing at " + dialect.place() + ", got one opened read-only");
        }
    }

    private void awaitTurn() {
        try {
            if (!turns.tryLock(settings.lockTimeoutMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreException("expected to become the one writer of " + dialect.place() + " within "
                        + settings.lockTimeoutMillis()
                        + " ms, but another thread is still writing; try again, or wait longer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for another writer of " + dialect.place(), e);
        }
    }

    private Writer writer() throws SQLException {
        if (closed) {
            throw new StoreException("expected an open store at " + dialect.place() + ", got a closed one");
        }
        if (writer == null) {
            Connection connection = dialect.writer(settings).getConnection();
            try {
                writer = Writer.on(connection, dialect, cache, contexts);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        }
        return writer;
    }

    /**
     * Closes the connection, which undoes what it did, and forgets the nodes of it; the next write opens another. Nobody
     * can have read them: no revision led there.
     */
    private void abandon() {
        Writer abandoned = writer;
        writer = null;
        try {
            abandoned.close();
        } catch (SQLException e) {
            // the server ends the transaction when the connection is gone
        } finally {
            cache.clear();
            contexts.clear();
        }
    }

    /** Waits for the write under way; nobody writes any more. */
    @Override
    public void close() throws SQLException {
        turns.lock();
        try {
            closed = true;
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } finally {
            turns.unlock();
        }
    }
}
