package org.dacite.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteException;

/** SQLite's errors in words. Stateless. */
final class SqliteFaults {
    /** How the views refuse a state that was given up: SQLite lets nobody but a trigger raise an error, so it is a path of no JSON. */
    private static final Pattern PRUNED = Pattern.compile("'revision ([0-9]{1,18}) was pruned'");

    private SqliteFaults() {}

    /** Where an error is the statement's own fault, one sentence that says so; else null. */
    static String fault(SQLException error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return "expected a statement that only reads, got one that answers with no rows: " + error.getMessage();
        }
        Matcher pruned = PRUNED.matcher(sqlite.getMessage());
        if (pruned.find()) {
            return ReadOnlyQuery.pruned(Long.parseLong(pruned.group(1)));
        }
        return switch (sqlite.getResultCode()) {
            case SQLITE_READONLY -> "expected a statement that only reads, got one that writes";
            case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG, SQLITE_AUTH ->
                "expected a statement that SQLite understands, but it said: "
                        + sqlite.getMessage().replaceFirst("(?s)^\\[\\w+\\] [^(]*\\((.*)\\)$", "$1");
            default -> null;
        };
    }

    /** What an error means for the store in a file. */
    static StoreException explain(Path file, SQLException error) {
        String text = error instanceof SQLiteException sqlite
                ? switch (sqlite.getResultCode()) {
                    case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED, SQLITE_BUSY_RECOVERY ->
                        "expected to become the one writer of " + file
                                + ", but another process is writing and did not finish in time; try again, or wait longer";
                    case SQLITE_FULL ->
                        "expected room on the disk of " + file
                                + ", but it is full; nothing was lost, make room and try again";
                    case SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE ->
                        "expected to write to " + file
                                + ", but the system did not let it grow; nothing was lost, raise the limit on the size of"
                                + " files (ulimit -f) or the quota and try again";
                    case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_DBMOVED ->
                        "expected a store that can be written at " + file
                                + ", got a read-only one; change its permissions or work on a copy";
                    case SQLITE_CANTOPEN ->
                        "expected to open " + file
                                + ", but that failed; check that it and its folder may be read and written";
                    case SQLITE_NOTADB, SQLITE_CORRUPT ->
                        "expected a sound SQLite file at " + file + ", got a damaged one; restore a copy";
                    case SQLITE_INTERRUPT -> "expected an answer within the time limit, got none";
                    default -> null;
                }
                : null;
        return new StoreException(
                text == null
                        ? "expected SQLite to do its work on " + file + ", but it said: " + error.getMessage()
                        : text,
                error);
    }
}
