package org.dacite.store;

import com.zaxxer.hikari.HikariConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.SQLDialect;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** SQLite, inside the process, in one file. */
final class Sqlite implements Dialect {
    private static final int WAL_MAX_PAGES = 16_000;
    private static final char UNREADABLE = '\uFFFD';
    private static final int STEPS_A_LOOK = 20_000;

    private final SqliteFile file;
    private final Checkpoints checkpoints;
    private final SqliteStatements statements = new SqliteStatements();
    private volatile boolean plainLeaves = true;

    Sqlite(Path file) {
        this.file = new SqliteFile(file);
        this.checkpoints = new Checkpoints(() -> this.file.connections(SqliteFile.config()));
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
        return file.path().toString();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }

    @Override
    public void create(Settings settings) {
        file.create(this, settings);
    }

    @Override
    public void configure(FluentConfiguration flyway, Settings settings) {
        flyway.dataSource(writer(settings));
    }

    @Override
    public DataSource writer(Settings settings) {
        if (!file.isWritable()) {
            throw new StoreException("expected a store that can be written at " + file.path()
                    + ", got a read-only file; change its permissions or work on a copy");
        }
        UnfinishedFile.tidy(file.path());
        SQLiteConfig config = SqliteFile.config();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(settings.lockTimeoutMillis());
        config.setSynchronous(
                settings.synchronous() == Synchronous.FULL
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        return file.connections(config);
    }

    @Override
    public DataSource readers(Settings settings, StoreFormat format) {
        SQLiteConfig config = SqliteFile.config();
        config.setReadOnly(true);
        config.setBusyTimeout(Math.max(1_000, settings.lockTimeoutMillis()));
        return new SQLiteDataSource(config) {
            {
                setUrl("jdbc:sqlite:" + file.forReaders());
            }

            @Override
            public org.sqlite.SQLiteConnection getConnection(String user, String password) throws SQLException {
                org.sqlite.SQLiteConnection connection = super.getConnection(user, password);
                SqlFunctions.register(connection, format);
                return connection;
            }
        };
    }

    @Override
    public void configure(HikariConfig pool) {
        pool.setMaximumPoolSize(8);
    }

    /** The transaction began as IMMEDIATE, which waited already. */
    @Override
    public OptionalInt lock(Connection connection, Settings settings) {
        return OptionalInt.empty();
    }

    @Override
    public Optional<String> othersCommits() {
        return Optional.of("pragma data_version");
    }

    /** For the writer's connection: {@link RowChecks} looks at what is appended, and who makes a row of a small table at that. */
    @Override
    public RowAppender appender(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = " + WAL_MAX_PAGES);
            statement.execute("pragma ignore_check_constraints = on");
        }
        return new ValuesAppender(connection);
    }

    @Override
    public boolean leavesVertices() {
        return false;
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

    /** To begin with a leaf is taken for a plain one, since each column costs; the first that is none ends that. */
    @Override
    public <T> T walk(Connection connection, long link, byte[] key, KeptStatement.Reader<T> rows) throws SQLException {
        if (link < 0 && plainLeaves) {
            T leaf = NodeRows.walk(statements.prepared(connection, NodeRows.PLAIN_LEAF), link, key, rows);
            if (leaf != null) {
                return leaf;
            }
            plainLeaves = false;
        }
        return NodeRows.walk(
                statements.prepared(connection, link < 0 ? NodeRows.LEAF : SqliteFetch.WALK), link, key, rows);
    }

    @Override
    public String reach(String links) {
        return NodeRows.reach(
                links, "left join vertex v on v.oid = reach.link left join leaf l on l.oid = -reach.link");
    }

    @Override
    public LeaseMarks leases(Settings settings, StoreFormat format, FileLeases.GivenUp givenUp) {
        return new FileLeases(LeaseFile.of(file.path()), givenUp);
    }

    @Override
    public Turn upkeep(Connection connection, String deed) {
        LeaseFile turns = LeaseFile.of(file.path());
        boolean taken = false;
        try {
            taken = turns.takeTurn();
        } finally {
            if (!taken) {
                turns.close();
            }
        }
        if (!taken) {
            throw new StoreException("expected to be the one that " + deed + " " + file.path()
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
        return file.sizeBytes();
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
    public FieldForms fields() {
        return new SqliteFields();
    }

    @Override
    public String relations() {
        return "select name from sqlite_schema";
    }

    /** The last two, small ones, let the state at a revision be read off the index alone. */
    @Override
    public String leafIndex(boolean text) {
        return (text ? "key_text" : "key") + ", oid, tree_id, kind";
    }

    /** A column that stands in no row, since SQLite reads a column off an index, but of an expression often what it is made of. */
    @Override
    public List<String> readyForText(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pragma_table_xinfo('leaf') where name = 'key_text'")) {
            if (row.getInt(1) > 0) {
                return List.of();
            }
        }
        return List.of(
                "drop index if exists leaf_by_text",
                "drop view keyed_leaf",
                "alter table leaf add column key_text text generated always as"
                        + " (cast(substr(key, 1, length(key) - 1) as text)) virtual",
                "create view keyed_leaf as select oid, tree_id, kind, revision_id, key_text from leaf");
    }

    @Override
    public List<String> choose(String view, String other) {
        return List.of("drop view " + view, "create view " + view + " as select * from " + other);
    }

    @Override
    public boolean laterLeafIndex() {
        return false;
    }

    @Override
    public void between(Connection writer) {
        checkpoints.finish(writer);
    }

    @Override
    public void committed(long appendedBytes) {
        checkpoints.wake(appendedBytes);
    }

    /** A reader cannot take the write-ahead log away; the last one that may write does. */
    @Override
    public void close() {
        checkpoints.close();
        if (file.hasLog() && file.isWritable()) {
            try (Connection connection = file.connections(SqliteFile.config()).getConnection();
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
            statement.execute("pragma case_sensitive_like = on"); // as on PostgreSQL
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
        return SqliteFaults.fault(error);
    }

    @Override
    public StoreException explain(SQLException error) {
        return SqliteFaults.explain(file.path(), error);
    }
}
