package org.dacite.cli;

import java.util.Locale;
import java.util.Optional;

/** The records of a file, one after the other. For one thread. */
interface Records {
    /**
     * A record: what stands in its key column, and its value.
     *
     * @param line the line on which it begins, or the number of the row, counted from 1
     * @param value as text; null where it is bytes, or where the record deletes
     * @param bytes the value where it is no text, else null
     * @param marks what else it says
     */
    record Entry(long line, String key, String value, byte[] bytes, Marks marks) {}

    /**
     * What a record says of its revision, each null where no column does.
     *
     * @param revision the number of the revision that it belongs to
     * @param time when that was made
     * @param op whether it puts or deletes
     */
    record Marks(String revision, String time, String op) {
        static final Marks NONE = new Marks(null, null, null);

        /** Whether the record deletes its key. */
        boolean deletes(long line) {
            if (op == null) {
                return false;
            }
            return switch (op.toLowerCase(Locale.ROOT)) {
                case "put", "insert", "update", "upsert" -> false;
                case "delete" -> true;
                default ->
                    throw new BadRecordException(
                            line, "expected put, insert, update, upsert or delete to be done, got '" + op + "'");
            };
        }
    }

    /** The next record; empty after the last. A {@link BadRecordException} when it cannot be had. */
    Optional<Entry> next();
}
