package org.dacite.cli;

import java.util.Optional;

/** The records of a file, one after the other. For one thread. */
interface Records {
    /**
     * A record: what stands in its key column, and its value.
     *
     * @param line the line on which it begins, counted from 1
     */
    record Entry(long line, String key, String value) {}

    /** The next record; empty after the last. A {@link BadRecordException} when it cannot be had. */
    Optional<Entry> next();
}
