package org.dacite.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dacite.history.Dacite;
import org.dacite.store.StoreException;

/** Three schemas of a PostgreSQL database: both sides and the floor. */
final class SchemaPlace implements Place {
    /** What the names of all schemas of this process begin with. */
    static final String PREFIX =
            "dacite_bench_" + ProcessHandle.current().pid() + "_" + Long.toString(System.nanoTime(), 36) + "_";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String url;
    private final String daciteSchema;
    private final String plainSchema;
    private final String floorSchema;

    private SchemaPlace(String url, String name) {
        this.url = url;
        this.daciteSchema = name + "_dacite";
        this.plainSchema = name + "_plain";
        this.floorSchema = name + "_floor";
    }

    static SchemaPlace in(String url) {
        SchemaPlace place = new SchemaPlace(url, PREFIX + COUNTER.incrementAndGet());
        place.execute("create schema " + place.plainSchema);
        return place;
    }

    @Override
    public String daciteStore() {
        return in(url, daciteSchema);
    }

    @Override
    public DaciteSide dacite(BenchOptions options) {
        return new DaciteSide(daciteStore(), options);
    }

    @Override
    public PlainSide plain(BenchOptions options) {
        return PlainPostgresql.in(in(url, plainSchema), options.synchronous(), options.plainOrder());
    }

    @Override
    public StateTables stateTables(BenchOptions options, long revision) {
        return StateTables.postgresql(
                in(url, daciteSchema), in(url, plainSchema), daciteSchema, options.synchronous(), revision);
    }

    @Override
    public Floor floor(BenchOptions options) {
        String floor = in(url, floorSchema);
        Dacite.open(floor, options.settings()).close(); // makes the tables
        return Floor.of(
                () -> DriverManager.getConnection(in(url, daciteSchema)),
                () -> PlainPostgresql.connect(floor + "&reWriteBatchedInserts=true", options.synchronous()),
                options.hash());
    }

    /** What the server plans with, and what it knows of rows that all see. */
    @Override
    public void settle() {
        for (String table : List.of("leaf", "vertex", "revision", "log_node")) {
            execute("vacuum analyze " + daciteSchema + "." + table);
        }
        execute("vacuum analyze " + plainSchema + ".plain");
    }

    private static String in(String url, String schema) {
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    @Override
    public long daciteBytes() {
        return bytes(daciteSchema);
    }

    @Override
    public long plainBytes() {
        return bytes(plainSchema);
    }

    private long bytes(String schema) {
        String question = "select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c"
                + " where c.relnamespace = to_regnamespace(?) and c.relkind = 'r'";
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        execute("drop schema if exists " + daciteSchema + ", " + plainSchema + ", " + floorSchema + " cascade");
    }

    private void execute(String text) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(SQLException e) {
        return new StoreException(
                "expected a PostgreSQL database in which schemas may be made and dropped, but it said: "
                        + e.getMessage(),
                e);
    }
}
