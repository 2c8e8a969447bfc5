package org.dacite.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;

/**
 * What differs between the engines, and nothing else. Stateless but for where the store is; any thread.
 *
 * <p>Statements that both engines take are written once, in the classes that use them.
 */
interface Dialect {
    /** {@code sqlite} or {@code postgresql}. */
    String engine();

    SQLDialect jooq();

    /** What people call the place: a path, or a URL without its password. */
    String place();

    /** What stands at the place now: nothing, a store, or something that a {@link StoreException} tells of. */
    boolean exists();

    /** Makes the tables and the one row of {@code store}; another process may do the same at the same time. */
    void create(Settings settings);

    /** Tells Flyway where the store is. */
    void configure(FluentConfiguration flyway, Settings settings) throws SQLException;

    /** Connections for the one writer. */
    DataSource writer(Settings settings);

    /** Connections that can only read. */
    DataSource readers(Settings settings, StoreFormat format);

    /** Sets what a pool of connections to this engine needs. */
    void configure(HikariConfig pool);

    /** Inside a new transaction: waits until no other process writes. Answers the format of the store then, if that is told on the way. */
    OptionalInt lock(Connection connection, Settings settings) throws SQLException;

    /**
     * The question for a number that is another one in each transaction that writes if anybody else, on whatever connection, committed
     * since the last one on the same connection; empty where the engine has none.
     */
    default Optional<String> othersCommits() {
        return Optional.empty();
    }

    /** Appends rows on this connection, for as long as it is open. */
    RowAppender appender(Connection connection) throws SQLException;

    /**
     * Whether vertices may stand above the last OID of the newest revision: those of a commit under way, or of one that died, which
     * the next writer deletes.
     */
    boolean leavesVertices();

    /** Binds links to the parameter of {@link #links()}. */
    void bindLinks(PreparedStatement statement, int at, long[] links) throws SQLException;

    /** A table expression {@code k} of one bound parameter with the columns {@code link} and {@code place}. */
    String links();

    /** A table expression {@code e} with the column {@code value}: the elements of a JSON array of numbers in a column. */
    String elements(String column);

    /** The recursive statement of a fetch, ready to run on this connection; it brings {@link NodeRows#NAMES}. */
    PreparedStatement skeleton(
            Connection connection, List<NodeSource.Start> starts, Selection selection, boolean withValues)
            throws SQLException;

    /**
     * Walks from a link to the leaf that a key leads to, by one statement, and hands over its rows in that order: {@code link,
     * depth, a, b}, unless it begins at the leaf, then {@link NodeRows#LEAF_COLUMNS}, null of a vertex.
     */
    <T> T walk(Connection connection, long link, byte[] key, KeptStatement.Reader<T> rows) throws SQLException;

    /** Lets a reader make temporary tables until {@code setReadOnly(true)}; outside of a transaction. */
    void allowTemporaryTables(Connection connection) throws SQLException;

    /** The recursive statement for the links of all rows that can be reached from the links that a query answers. */
    String reach(String links);

    /** Where the leases of a store are marked; the file or connection that takes is there from the first one on. */
    LeaseMarks leases(Settings settings, StoreFormat format, FileLeases.GivenUp givenUp);

    /**
     * Takes the turn of upkeep, which pruning and upgrading share, until it is ended or the connection is closed; or says that
     * somebody has it.
     *
     * @param deed what is done in this turn, such as {@code prunes}
     */
    Turn upkeep(Connection connection, String deed) throws SQLException;

    /**
     * In the transaction of an upgrade, before its migrations: sees to it that they and those who read are not in each other's way.
     *
     * @param format the format of the store
     */
    default void beforeMigrations(Connection connection, int format, Settings settings) throws SQLException {}

    /** After them: gives those who may read the rights to what is new. */
    default void afterMigrations(Connection connection) throws SQLException {}

    /** Sets what a connection for long work in short transactions needs. */
    void prepareMaintenance(Connection connection) throws SQLException;

    /** Tells the planner how large a new table is, where it wants to know. */
    void analyze(Connection connection, String table) throws SQLException;

    /** Whether rows that stay should be written anew beside each other where many around them went. */
    boolean packs();

    /** Whether there are free pages that {@link #giveBack} could give back. */
    boolean hasFreePages(Connection connection) throws SQLException;

    /** Between two transactions of long work: lets the engine put away what they wrote. */
    void catchUp(Connection connection) throws SQLException;

    /** Gives back about so many pages of free space; false when there is no more to give back this way. */
    boolean giveBack(Connection connection, int pages) throws SQLException;

    /** After many deletions, outside of a transaction: lets the engine tidy up and hand space to the file system. */
    void settle(Connection connection) throws SQLException;

    /** Whether the function {@code dacite_hash} can hash with this algorithm. */
    boolean hasHash(HashAlgorithm algorithm);

    /** A literal of bytes. */
    String bytes(String hex);

    /** The expressions of bytes joined, null when one is null. */
    String concatenation(String... parts);

    /** What the store takes on disk, in bytes. */
    long sizeBytes(Connection connection) throws SQLException;

    /** The query for the names of the store's indexes. */
    String indexes();

    /** The text of a column, or its bytes where the engine calls text what is none. */
    Object text(ResultSet row, int column) throws SQLException;

    /** How fields of JSON values are read. */
    FieldForms fields();

    /** A query for the {@code name} of every table, view and index, to which a condition may be added. */
    String relations();

    /** The columns of the index of leaves by key: by the text that it is made of, or by its bytes. */
    String leafIndex(boolean text);

    /** What readies the leaves for an index by the text of their keys; nothing where they are ready. */
    List<String> readyForText(Connection connection) throws SQLException;

    /** Whether leaves that replace others need an index by their bytes beside the one by text. */
    boolean laterLeafIndex();

    /** What makes a view one that selects what another does, with the same columns. */
    List<String> choose(String view, String other);

    /** Between two transactions of the one writer, on its connection: what can be done at no other time, and soon. */
    default void between(Connection writer) {}

    /** After a commit: work that should not be in anybody's way. */
    void committed(long appendedBytes);

    /** Says in one sentence what an error of the engine means. */
    StoreException explain(SQLException error);

    /** Says the same of an error that jOOQ wrapped. */
    default StoreException explain(DataAccessException error) {
        return error.getCause() instanceof SQLException cause
                ? explain(cause)
                : new StoreException("expected the database to answer, but it said: " + error.getMessage(), error);
    }

    /** Makes a new connection one that can only read, and that gives up what it does once the nano time is past. */
    void limit(Connection connection, long deadlineNanos) throws SQLException;

    /** Where an error is the statement's own fault, one sentence that says so; else null. */
    String fault(SQLException error);

    /** Ends what it started. */
    void close();
}
