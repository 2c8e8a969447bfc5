package org.dacite.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.SQLDialect;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite, inside the process, in one file. */
final class Sqlite implements Dialect {
    private static final int APPLICATION_ID = 0x44414331;
    private static final int WAL_MAX_PAGES = 16_000;
    private static final int PAGE_CACHE_KIB = 32_768;
    private static final char UNREADABLE = '\uFFFD';
    private static final int STEPS_A_LOOK = 20_000;

    private final Path file;
    private final Checkpoints checkpoints;

    Sqlite(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.checkpoints = new Checkpoints(() -> dataSource(config()));
    }

    @Override
    public String engine() {
        return "sqlite";
    }

    @Override
    public SQLDialect jooq() {
        return SQLDialect.SQLITE;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public boolean exists() {
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
                throw explain(e);
            }
        }
        try {
            return applicationId(file.toString());
        } catch (SQLException e) {
            throw explain(e);
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

    private String immutable() {
        return "file:" + file.toUri().getRawPath() + "?immutable=1";
    }

    /** Makes the store beside its place and moves it there whole, so that a killed process leaves none or all. */
    @Override
    public void create(Settings settings) {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException("expected a folder for the store at " + folder + ", found none; make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new StoreException("expected a folder that can be written for the store at " + folder
                    + ", got a read-only one; change its permissions or name another");
        }
        Path unfinished = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
        try {
            prepare(unfinished);
            Migrations.of(engine(), flyway -> flyway.dataSource("jdbc:sqlite:" + unfinished, null, null))
                    .make();
            try (Connection connection = dataSource(unfinished, config()).getConnection()) {
                Schema.describe(connection, this, settings);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("pragma wal_checkpoint(truncate)");
                }
            }
            publish(unfinished);
        } catch (IOException e) {
            throw new StoreException(
                    "expected to make a store at " + file + ", but that failed: " + reason(e)
                            + "; check the folder's permissions and space",
                    e);
        } catch (SQLException e) {
            throw explain(e);
        } catch (FlywayException e) {
            throw new StoreException(
                    "expected to make the tables of a store at " + file + ", but that failed: " + Migrations.reason(e),
                    e);
        } finally {
            discard(unfinished);
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

    private void publish(Path unfinished) throws IOException {
        if (Files.exists(file) && Files.size(file) == 0) {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            return; // another process was faster: its store is as good
        } catch (UnsupportedOperationException e) {
            Files.move(unfinished, file);
        }
    }

    private static void discard(Path unfinished) {
        try {
            for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(Path.of(unfinished + suffix));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void configure(FluentConfiguration flyway, Settings settings) {
        flyway.dataSource(writer(settings));
    }

    @Override
    public DataSource writer(Settings settings) {
        if (!Files.isWritable(file)) {
            throw new StoreException("expected a store that can be written at " + file
                    + ", got a read-only file; change its permissions or work on a copy");
        }
        SQLiteConfig config = config();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(settings.lockTimeoutMillis());
        config.setSynchronous(
                settings.synchronous() == Synchronous.FULL
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        return dataSource(config);
    }

    @Override
    public DataSource readers(Settings settings, StoreFormat format) {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        config.setBusyTimeout(Math.max(1_000, settings.lockTimeoutMillis()));
        return new SQLiteDataSource(config) {
            {
                setUrl("jdbc:sqlite:" + readerFile());
            }

            @Override
            public org.sqlite.SQLiteConnection getConnection(String user, String password) throws SQLException {
                org.sqlite.SQLiteConnection connection = super.getConnection(user, password);
                SqlFunctions.register(connection, format);
                return connection;
            }
        };
    }

    /** In a folder where nothing can be written, nor is, readers go without the write-ahead log's shared memory. */
    private String readerFile() {
        boolean frozen = !Files.isWritable(file.getParent()) && !Files.exists(walFile(file));
        return frozen ? immutable() : file.toString();
    }

    @Override
    public void configure(HikariConfig pool) {
        pool.setMaximumPoolSize(8);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, Integer.toString(-PAGE_CACHE_KIB));
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false); // else the driver asks for the last row's id after every insert
        return config;
    }

    private DataSource dataSource(SQLiteConfig config) {
        return dataSource(file, config);
    }

    private static DataSource dataSource(Path path, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }

    /** The transaction began as IMMEDIATE, which waited already. */
    @Override
    public void lock(Connection connection, Settings settings) {}

    @Override
    public RowAppender appender(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = " + WAL_MAX_PAGES);
        }
        return new ValuesAppender(connection);
    }

    @Override
    public String links() {
        return "(select value as link, key as place from json_each(?)) k";
    }

    @Override
    public String elements(String column) {
        return "json_each(" + column + ") e";
    }

    @Override
    public void bindLinks(PreparedStatement statement, int at, long[] links) throws SQLException {
        statement.setString(
                at, LongStream.of(links).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]")));
    }

    @Override
    public PreparedStatement skeleton(
            Connection connection, List<NodeSource.Start> starts, Selection selection, boolean withValues)
            throws SQLException {
        return SqliteFetch.skeleton(connection, starts, selection, withValues);
    }

    @Override
    public String path() {
        return SqliteFetch.path();
    }

    @Override
    public String reach(String links) {
        return NodeRows.reach(
                links, "left join vertex v on v.oid = reach.link left join leaf l on l.oid = -reach.link");
    }

    @Override
    public LeaseMarks leases(Settings settings, StoreFormat format, FileLeases.GivenUp givenUp) {
        return new FileLeases(LeaseFile.of(file), givenUp);
    }

    @Override
    public Turn upkeep(Connection connection, String deed) {
        LeaseFile turns = LeaseFile.of(file);
        boolean taken = false;
        try {
            taken = turns.takeTurn();
        } finally {
            if (!taken) {
                turns.close();
            }
        }
        if (!taken) {
            throw new StoreException("expected to be the one that " + deed + " " + file
                    + ", but another process or thread prunes, upgrades or fills it; wait for its end");
        }
        return () -> {
            turns.endTurn();
            turns.close();
        };
    }

    @Override
    public void prepareMaintenance(Connection connection) throws SQLException {
        SqliteUpkeep.prepare(connection, WAL_MAX_PAGES);
    }

    /** SQLite finds its way by the primary key. */
    @Override
    public void analyze(Connection connection, String table) {}

    @Override
    public boolean packs() {
        return true;
    }

    @Override
    public boolean hasFreePages(Connection connection) throws SQLException {
        return SqliteUpkeep.hasFreePages(connection);
    }

    @Override
    public void catchUp(Connection connection) throws SQLException {
        SqliteUpkeep.checkpoint(connection);
    }

    @Override
    public boolean giveBack(Connection connection, int pages) throws SQLException {
        return SqliteUpkeep.giveBack(connection, pages);
    }

    @Override
    public void settle(Connection connection) throws SQLException {
        SqliteUpkeep.truncate(connection);
    }

    /** SQLite's readers may do so always. */
    @Override
    public void allowTemporaryTables(Connection connection) {}

    @Override
    public boolean hasHash(HashAlgorithm algorithm) {
        return true;
    }

    @Override
    public String bytes(String hex) {
        return "x'" + hex + "'";
    }

    @Override
    public String concatenation(String... parts) {
        return "cast(" + String.join(" || ", parts) + " as blob)";
    }

    @Override
    public long sizeBytes(Connection connection) {
        try {
            return Files.size(file) + (Files.exists(walFile(file)) ? Files.size(walFile(file)) : 0);
        } catch (IOException e) {
            throw new StoreException("expected to read the size of " + file + ": " + reason(e), e);
        }
    }

    @Override
    public String indexes() {
        return "select name from sqlite_master where type = 'index'";
    }

    /** A cast makes text of any bytes here; the driver puts a mark in the place of those that are no UTF-8. */
    @Override
    public Object text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        if (text.indexOf(UNREADABLE) < 0) {
            return text;
        }
        byte[] bytes = row.getBytes(column);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : bytes;
    }

    @Override
    public String field(String name, FieldViews.FieldType type) {
        return SqliteFields.field(name, type);
    }

    @Override
    public String isObject() {
        return "coalesce(json_type(s.json) = 'object', 0)";
    }

    @Override
    public String relations() {
        return "select name from sqlite_schema";
    }

    /** The last two, small ones, let the state at a revision be read off the index alone. */
    @Override
    public String leafIndex() {
        return "key, oid, tree_id, kind";
    }

    @Override
    public void committed(long appendedBytes) {
        checkpoints.wake(appendedBytes);
    }

    /** A reader cannot take the write-ahead log away; the last one that may write does. */
    @Override
    public void close() {
        checkpoints.close();
        if (Files.exists(walFile(file)) && Files.isWritable(file)) {
            try (Connection connection = dataSource(config()).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select 1 from store");
                statement.getResultSet().close();
            } catch (SQLException e) {
                // another process has it open and will do the same
            }
        }
    }

    /** What sorts and recursions keep goes to a file, since a statement of anybody may keep much. */
    @Override
    public void limit(Connection connection, long deadlineNanos) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma temp_store = file");
            statement.execute("pragma query_only = on");
        }
        ProgressHandler.setHandler(connection, STEPS_A_LOOK, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - deadlineNanos >= 0 ? 1 : 0;
            }
        });
    }

    @Override
    public String fault(SQLException error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return "expected a statement that only reads, got one that answers with no rows: " + error.getMessage();
        }
        return switch (sqlite.getResultCode()) {
            case SQLITE_READONLY -> "expected a statement that only reads, got one that writes";
            case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG, SQLITE_AUTH ->
                "expected a statement that SQLite understands, but it said: "
                        + sqlite.getMessage().replaceFirst("(?s)^\\[\\w+\\] [^(]*\\((.*)\\)$", "$1");
            default -> null;
        };
    }

    @Override
    public StoreException explain(SQLException error) {
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

    private static Path walFile(Path file) {
        return Path.of(file + "-wal");
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
