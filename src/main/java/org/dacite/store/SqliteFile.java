package org.dacite.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** The file of a store on SQLite, with its write-ahead log beside it: what stands there, how it is made and opened. Any thread. */
final class SqliteFile {
    private static final int APPLICATION_ID = 0x44414331;
    private static final int PAGE_CACHE_KIB = 32_768;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path file;
    private final Path wal;

    SqliteFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.wal = Path.of(this.file + "-wal");
    }

    Path path() {
        return file;
    }

    boolean isWritable() {
        return Files.isWritable(file);
    }

    /** Whether commits may stand in the log alone. */
    boolean hasLog() {
        return Files.exists(wal);
    }

    /** Whether a store stands there; something else is a {@link StoreException}. */
    boolean exists() {
        if (Files.isDirectory(file)) {
            throw new StoreException("expected a store file at " + file + ", got a folder; name a file in it");
        }
        if (!Files.exists(file)) {
            return false;
        }
        if (size() == 0) {
            return false;
        }
        if (!Files.isReadable(file)) {
            throw new StoreException(
                    "expected to read " + file + ", but that failed: permission denied; check its permissions");
        }
        if (applicationId() != APPLICATION_ID) {
            throw new StoreException("expected a Dacite store at " + file
                    + ", got an SQLite database of something else; name another file");
        }
        return true;
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new StoreException(
                    "expected to read " + file + ", but that failed: " + reason(e) + "; check its permissions", e);
        }
    }

    /**
     * Asks SQLite, which takes no lock and makes no file for it. To open the file by other means, in a process that has the
     * store open, would lose that store its locks when the file is closed again.
     *
     * <p>What is looked at so is the file without its log. Where a checkpoint was cut off, or runs at this moment, its first
     * page may already tell of more pages than it has; then the file is opened as a reader does, with the log.
     */
    private int applicationId() {
        try {
            return applicationId(immutable());
        } catch (SQLException e) {
            if (has(e, SQLiteErrorCode.SQLITE_NOTADB)) {
                throw new StoreException(
                        "expected a Dacite store at " + file + ", got a file that is not a database; name another file",
                        e);
            }
            if (!has(e, SQLiteErrorCode.SQLITE_CORRUPT)) {
                throw SqliteFaults.explain(file, e);
            }
        }
        try {
            return applicationId(file.toString());
        } catch (SQLException e) {
            throw SqliteFaults.explain(file, e);
        }
    }

    private static int applicationId(String where) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + where);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma application_id")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static boolean has(SQLException e, SQLiteErrorCode code) {
        return e instanceof SQLiteException sqlite && sqlite.getResultCode() == code;
    }

    /** Where a reader finds it that takes no lock and makes no file. */
    private String immutable() {
        return "file:" + file.toUri().getRawPath() + "?immutable=1";
    }

    /**
     * Makes the store beside its place and moves it there whole, so that a killed process leaves none or all; waits while another
     * one makes it.
     */
    void create(Dialect dialect, Settings settings) {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException("expected a folder for the store at " + folder + ", found none; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new StoreException("expected a folder that can be written for the store at " + folder
                    + ", got a read-only one; change its permissions or name another");
        }
        long startNanos = System.nanoTime();
        while (!exists()) {
            Optional<UnfinishedFile> begun = UnfinishedFile.begin(file);
            if (begun.isPresent()) {
                try (UnfinishedFile unfinished = begun.get()) {
                    if (!exists()) {
                        make(unfinished, dialect, settings);
                    }
                }
            } else if (System.nanoTime() - startNanos > TimeUnit.MILLISECONDS.toNanos(settings.lockTimeoutMillis())) {
                throw new StoreException("expected to make a store at " + file
                        + ", but another process makes it and did not finish in time; try again, or wait longer");
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void make(UnfinishedFile unfinished, Dialect dialect, Settings settings) {
        Path path = unfinished.path();
        try {
            prepare(path);
            Migrations.of(dialect.engine(), flyway -> flyway.dataSource("jdbc:sqlite:" + path, null, null))
                    .make();
            try (Connection connection = dataSource(path, config()).getConnection()) {
                Schema.describe(connection, dialect, settings);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("pragma wal_checkpoint(truncate)");
                }
            }
            unfinished.publish();
        } catch (IOException e) {
            throw new StoreException(
                    "expected to make a store at " + file + ", but that failed: " + reason(e)
                            + "; check the folder's permissions and space",
                    e);
        } catch (SQLException e) {
            throw SqliteFaults.explain(file, e);
        } catch (FlywayException e) {
            throw new StoreException(
                    "expected to make the tables of a store at " + file + ", but that failed: " + Migrations.reason(e),
                    e);
        }
    }

    /** Lets the file give back free pages little by little, which can be chosen only before its first table. */
    private static void prepare(Path unfinished) throws SQLException {
        try (Connection connection = dataSource(unfinished, new SQLiteConfig()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma auto_vacuum = incremental");
            statement.execute("vacuum");
        }
    }

    /** What every connection has. */
    static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.NOMUTEX); // the driver lets in one thread at a time, with a lock of its own
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, Integer.toString(-PAGE_CACHE_KIB));
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false); // else the driver asks for the last row's id after every insert
        return config;
    }

    /** Connections to it. */
    DataSource connections(SQLiteConfig config) {
        return dataSource(file, config);
    }

    private static DataSource dataSource(Path path, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }

    /** In a folder where nothing can be written, nor is, readers go without the write-ahead log's shared memory. */
    String forReaders() {
        boolean frozen = !Files.isWritable(file.getParent()) && !Files.exists(wal);
        return frozen ? immutable() : file.toString();
    }

    /** Bytes on disk, the write-ahead log included. */
    long sizeBytes() {
        try {
            return Files.size(file) + (Files.exists(wal) ? Files.size(wal) : 0);
        } catch (IOException e) {
            throw new StoreException("expected to read the size of " + file + ": " + reason(e), e);
        }
    }

    static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
