package org.dacite.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.SQLDialect;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, one store a schema: the first of {@code currentSchema} in the URL, else the connection's own. */
final class Postgresql implements Dialect {
    private final String url;
    private final String schema;
    private final String place;

    Postgresql(String url) {
        this.url = url;
        Properties properties = Driver.parseURL(url, new Properties());
        if (properties == null) {
            throw new IllegalArgumentException("expected jdbc:postgresql://host:port/database?user=…&password=…, got '"
                    + withoutPassword(url) + "'");
        }
        String currentSchema = properties.getProperty("currentSchema");
        this.schema = currentSchema == null
                ? null
                : currentSchema.replaceFirst(",.*", "").trim();
        this.place = withoutPassword(url);
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?i)([?&](?:ssl)?password=)[^&]*", "$1…").replaceAll("//([^/@:]*):[^@/]*@", "//$1:…@");
    }

    @Override
    public String engine() {
        return "postgresql";
    }

    @Override
    public SQLDialect jooq() {
        return SQLDialect.POSTGRES;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public boolean exists() {
        String question = """
                select count(*) filter (where c.relname = 'store' and c.relkind = 'r'),
                    count(*) filter (where c.relname <> 'flyway_schema_history'),
                    count(*) filter (where c.relname = 'vertex' and c.relkind = 'r')
                from pg_class c
                where c.relnamespace = to_regnamespace(quote_ident(?)) and c.relkind in ('r', 'v', 'm', 'f', 'p')""";
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(question)) {
            String name = schemaOf(connection);
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                boolean store = row.getLong(1) == 1 && row.getLong(3) == 1;
                if (!store && row.getLong(2) > 0) {
                    throw new StoreException("expected a Dacite store or an empty schema '" + name + "' at " + place
                            + ", got a schema that holds something else; name another with ?currentSchema=…");
                }
                return store && described(connection, name);
            }
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    private static boolean described(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from \"" + name.replace("\"", "\"\"") + "\".store")) {
            row.next();
            return row.getLong(1) == 1;
        }
    }

    private String schemaOf(Connection connection) throws SQLException {
        if (schema != null) {
            return schema;
        }
        String own = connection.getSchema();
        return own == null ? "public" : own;
    }

    @Override
    public void create(Settings settings) {
        try (Connection connection = connect()) {
            Migrations.of(engine(), flyway -> configure(flyway, connection)).make();
            connection.setAutoCommit(false);
            Schema.describe(connection, this, settings);
            connection.commit();
        } catch (SQLException e) {
            throw explain(e);
        } catch (FlywayException e) {
            throw new StoreException(
                    "expected to make the tables of a store at " + place + ", but that failed: " + Migrations.reason(e),
                    e);
        }
    }

    @Override
    public void configure(FluentConfiguration flyway, Settings settings) throws SQLException {
        try (Connection connection = connect()) {
            configure(flyway, connection);
        }
    }

    private void configure(FluentConfiguration flyway, Connection connection) throws SQLException {
        String name = schemaOf(connection);
        flyway.dataSource(url, null, null).schemas(name).defaultSchema(name).createSchemas(true);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Override
    public DataSource writer(Settings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    @Override
    public DataSource readers(Settings settings, StoreFormat format) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setReadOnly(true);
        return source;
    }

    @Override
    public void configure(HikariConfig pool) {
        pool.setMaximumPoolSize(8);
    }

    @Override
    public OptionalInt lock(Connection connection, Settings settings) throws SQLException {
        String text = "set local lock_timeout = " + Math.max(1, settings.lockTimeoutMillis())
                + "; set local synchronous_commit = " + (settings.synchronous() == Synchronous.FULL ? "on" : "off")
                + "; select format_version from store for update; " + SecondConnection.AWAIT;
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.execute(); // one round trip, with the begin before it
            statement.getMoreResults();
            statement.getMoreResults();
            OptionalInt format = first(statement);
            statement.getMoreResults();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                long lastOid = row.getLong(1);
                if (row.getLong(2) > lastOid && format.equals(OptionalInt.of(StoreFormat.CURRENT))) {
                    SecondConnection.clear(connection, lastOid);
                }
            }
            return format;
        }
    }

    private static OptionalInt first(Statement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
    }

    @Override
    public RowAppender appender(Connection connection) throws SQLException {
        return new FewRowsAppender(connection, new CopyAppender(connection, new SecondConnection(this::connect)));
    }

    @Override
    public boolean leavesVertices() {
        return true;
    }

    @Override
    public String links() {
        return "unnest(?::bigint[]) with ordinality k (link, place)";
    }

    @Override
    public String elements(String column) {
        return "lateral json_array_elements_text(" + column + "::json) e (value)";
    }

    @Override
    public void bindLinks(PreparedStatement statement, int at, long[] links) throws SQLException {
        Array array = statement
                .getConnection()
                .createArrayOf("bigint", LongStream.of(links).boxed().toArray());
        statement.setArray(at, array);
    }

    @Override
    public PreparedStatement skeleton(
            Connection connection, List<NodeSource.Start> starts, Selection selection, boolean withValues)
            throws SQLException {
        return PostgresqlFetch.skeleton(connection, starts, selection, withValues);
    }

    @Override
    public <T> T walk(Connection connection, long link, byte[] key, KeptStatement.Reader<T> rows) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(link < 0 ? NodeRows.LEAF : PostgresqlFetch.WALK)) {
            return NodeRows.walk(statement, link, key, rows);
        }
    }

    @Override
    public void allowTemporaryTables(Connection connection) throws SQLException {
        connection.setReadOnly(false);
    }

    @Override
    public String reach(String links) {
        return NodeRows.reach(
                links,
                "left join lateral (select * from vertex x where x.oid = reach.link offset 0) v on true"
                        + " left join lateral (select * from leaf x where x.oid = -reach.link offset 0) l on true");
    }

    @Override
    public LeaseMarks leases(Settings settings, StoreFormat format, FileLeases.GivenUp givenUp) {
        return new SessionLeases(readers(settings, format));
    }

    @Override
    public Turn upkeep(Connection connection, String deed) throws SQLException {
        return PostgresqlUpkeep.turn(connection, deed, place);
    }

    @Override
    public void beforeMigrations(Connection connection, int format, Settings settings) throws SQLException {
        PostgresqlUpgrade.before(connection, format, settings, place);
    }

    @Override
    public void afterMigrations(Connection connection) throws SQLException {
        PostgresqlUpgrade.after(connection);
    }

    @Override
    public void prepareMaintenance(Connection connection) throws SQLException {
        PostgresqlUpkeep.prepare(connection);
    }

    @Override
    public void analyze(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze " + table);
        }
    }

    /** New rows fill the gaps. */
    @Override
    public boolean packs() {
        return false;
    }

    @Override
    public boolean hasFreePages(Connection connection) {
        return false;
    }

    @Override
    public void catchUp(Connection connection) {}

    @Override
    public boolean giveBack(Connection connection, int pages) {
        return false;
    }

    @Override
    public void settle(Connection connection) throws SQLException {
        PostgresqlUpkeep.settle(connection);
    }

    @Override
    public boolean hasHash(HashAlgorithm algorithm) {
        return algorithm == HashAlgorithm.SHA_256;
    }

    @Override
    public String bytes(String hex) {
        return "'\\x" + hex + "'::bytea";
    }

    @Override
    public String concatenation(String... parts) {
        return "(" + String.join(" || ", parts) + ")";
    }

    @Override
    public long sizeBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(sum(pg_total_relation_size(c.oid)), 0)"
                        + " from pg_class c where c.relnamespace = to_regnamespace(quote_ident(current_schema()))"
                        + " and c.relkind = 'r'")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public String indexes() {
        return "select indexname from pg_indexes where schemaname = current_schema()";
    }

    @Override
    public Object text(ResultSet row, int column) throws SQLException {
        return PostgresqlText.of(row, column);
    }

    @Override
    public FieldForms fields() {
        return new PostgresqlFields();
    }

    @Override
    public String relations() {
        return "select name from (select relname::text as name from pg_class"
                + " where relnamespace = current_schema()::regnamespace) relations";
    }

    @Override
    public String leafIndex(boolean text) {
        return (text ? "(text_of_key(key)) collate \"C\"" : "key") + ", oid";
    }

    /** The index computes the text for itself. */
    @Override
    public List<String> readyForText(Connection connection) {
        return List.of();
    }

    @Override
    public List<String> choose(String view, String other) {
        return List.of("do $$ begin execute 'create or replace view " + view + " as ' || pg_get_viewdef('" + other
                + "'::regclass); end $$");
    }

    @Override
    public boolean laterLeafIndex() {
        return true;
    }

    @Override
    public void committed(long appendedBytes) {}

    @Override
    public void close() {}

    @Override
    public void limit(Connection connection, long deadlineNanos) throws SQLException {
        connection.setAutoCommit(false);
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            statement.execute("set local statement_timeout = " + millis);
            statement.execute("set local standard_conforming_strings = on");
            statement.execute("set local jit = off"); // compiling takes longer than running
        }
    }

    @Override
    public String fault(SQLException error) {
        return PostgresqlErrors.fault(error);
    }

    @Override
    public StoreException explain(SQLException error) {
        return PostgresqlErrors.explain(error, place);
    }
}
