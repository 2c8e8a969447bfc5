package org.dacite.engines;

import java.sql.Connection;
import java.sql.SQLException;

/** A place for one store, empty at first and gone on {@link #close}. */
public interface TestStore extends AutoCloseable {
    /**
     * What {@code --store} takes: for SQLite the path of a file that is not there yet, for PostgreSQL a JDBC URL whose
     * {@code currentSchema} is not there yet.
     */
    String url();

    /** A new plain connection to the same place, for poking at rows; the caller closes it. */
    Connection plain() throws SQLException;

    /**
     * Takes everything away.
     *
     * @throws IllegalStateException when a connection to the store is still open where the engine can tell
     */
    @Override
    void close();
}
