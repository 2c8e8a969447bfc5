package org.dacite.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dacite.store.Synchronous;

/**
 * The relation {@code state_at} of a store and plain tables with the rows that it has at one revision, inserted in the order in
 * which the store got them. Each has a connection of its own, with the same settings, that knows nothing of Dacite. For one
 * thread.
 */
final class StateTables implements AutoCloseable {
    /**
     * Something to ask.
     *
     * @param label how it is laid out
     * @param relation what stands behind {@code from}
     * @param condition what names the rows of the revision
     */
    record Table(String label, Connection connection, String relation, String condition) {}

    private final List<Connection> open;
    private final Table state;
    private final List<Table> plain;
    private final String prefixFormat;

    private StateTables(List<Connection> open, Table state, List<Table> plain, String prefixFormat) {
        this.open = open;
        this.state = state;
        this.plain = plain;
        this.prefixFormat = prefixFormat;
    }

    /** Tables of a new file beside the store's. */
    static StateTables sqlite(Path store, Path file, Synchronous synchronous, long revision) {
        return opened(open -> {
            Connection state = connected(open, PlainSqlite.connect(store, synchronous));
            List<Table> plain = new ArrayList<>();
            plain.add(new Table("rowid", connected(open, PlainSqlite.connect(file, synchronous)), "plain", "true"));
            plain.add(new Table(
                    "without rowid", connected(open, PlainSqlite.connect(file, synchronous)), "clustered", "true"));
            try (PreparedStatement attach = plain.get(0).connection().prepareStatement("attach ? as dacite")) {
                attach.setString(1, store.toString());
                attach.execute();
            }
            String columns = " (key text primary key, value text not null)";
            execute(
                    plain.get(0).connection(),
                    "create table plain" + columns,
                    "create table clustered" + columns + " without rowid",
                    "insert into plain select key, value from dacite.state_at where revision = " + revision
                            + " order by oid",
                    "insert into clustered select key, value from plain order by rowid",
                    "detach dacite",
                    "pragma wal_checkpoint(truncate)");
            return new StateTables(open, ofState(state, revision), plain, "key glob '%s*'");
        });
    }

    /** A table in another schema of the store's database. Both are left as the server's own upkeep leaves them. */
    static StateTables postgresql(
            String store, String other, String daciteSchema, Synchronous synchronous, long revision) {
        return opened(open -> {
            Connection state = connected(open, PlainPostgresql.connect(store, synchronous));
            Connection plain = connected(open, PlainPostgresql.connect(other, synchronous));
            execute(
                    plain,
                    "create table plain (key text collate \"C\" primary key, value text not null)",
                    "insert into plain select key, value from " + daciteSchema + ".state_at where revision = "
                            + revision + " order by oid",
                    "vacuum analyze plain");
            execute(state, "vacuum analyze leaf", "vacuum analyze revision");
            List<Table> tables = List.of(new Table("heap", plain, "plain", "true"));
            return new StateTables(open, ofState(state, revision), tables, "key like '%s%%'");
        });
    }

    private static Table ofState(Connection connection, long revision) {
        return new Table("state_at", connection, "state_at", "revision = " + revision);
    }

    Table state() {
        return state;
    }

    List<Table> plain() {
        return plain;
    }

    /** What the engine's shell is asked for all keys with that prefix, which has no special characters. */
    String prefixFilter(String prefix) {
        return String.format(Locale.ROOT, prefixFormat, prefix);
    }

    @Override
    public void close() {
        open.forEach(each -> PlainSide.attempt(() -> {
            each.close();
            return null;
        }));
    }

    private interface Opening {
        StateTables into(List<Connection> open) throws SQLException;
    }

    private static StateTables opened(Opening opening) {
        List<Connection> open = new ArrayList<>();
        return PlainSide.attempt(() -> {
            try {
                return opening.into(open);
            } catch (SQLException e) {
                for (Connection each : open) {
                    each.close();
                }
                throw e;
            }
        });
    }

    private static Connection connected(List<Connection> open, Connection connection) {
        open.add(connection);
        return connection;
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
