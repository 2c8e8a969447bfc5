package org.dacite.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dacite.tree.NodeSource;
import org.jooq.exception.DataAccessException;

/**
 * The rows of one store: opens or makes it, reads at any revision, writes one transaction at a time.
 *
 * <p>Any thread. One writer at a time, across threads and processes: another waits as long as
 * {@link Settings#lockTimeoutMillis} and then gets a {@link StoreException}. Readers see committed rows and wait for
 * nobody.
 */
public final class Store implements AutoCloseable {
    static {
        // jOOQ greets its users in the log otherwise
        System.setProperty("org.jooq.no-logo", System.getProperty("org.jooq.no-logo", "true"));
        System.setProperty("org.jooq.no-tips", System.getProperty("org.jooq.no-tips", "true"));
    }

    private final Dialect dialect;
    private final Settings settings;
    private final StoreFormat format;
    private final NodeCache cache;
    private final ContextCache contextCache = new ContextCache();
    private final Counters counters = new Counters();
    private final HikariDataSource readers;
    private final NodeSource source;
    private final Leases leases;
    private final Writing writing;

    private Store(Dialect dialect, Settings settings) {
        this.dialect = dialect;
        this.settings = settings;
        this.format = Engines.current(dialect, settings);
        this.cache = new NodeCache(settings.cacheBytes());
        this.readers = pool(dialect, settings, format);
        this.source = new RowSource(dialect, cache, this::read, counters);
        this.writing = new Writing(dialect, settings, format, cache, contextCache);
        this.leases = new Leases(dialect.leases(settings, format, this::givenUp));
    }

    /**
     * Opens the store at a path, or at a URL {@code jdbc:postgresql://…} or {@code jdbc:sqlite:…}; makes it when there
     * is none and the settings say so.
     */
    public static Store open(String where, Settings settings) {
        if (!settings.create() || settings.readOnly()) {
            return new Store(Engines.existing(where), settings);
        }
        Dialect dialect = Engines.of(where);
        if (!dialect.exists()) {
            dialect.create(settings);
        }
        return new Store(dialect, settings);
    }

    /** Whether a store stands at the place. */
    public static boolean exists(String where) {
        return Engines.of(where).exists();
    }

    private static HikariDataSource pool(Dialect dialect, Settings settings, StoreFormat format) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("dacite-readers");
        config.setDataSource(dialect.readers(settings, format));
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        dialect.configure(config);
        return new HikariDataSource(config);
    }

    public StoreFormat format() {
        return format;
    }

    /** {@code sqlite} or {@code postgresql}. */
    public String engine() {
        return dialect.engine();
    }

    /** Where it is: a path, or a URL without its password. */
    public String place() {
        return dialect.place();
    }

    /** What it has done since it was opened. */
    public Counters counters() {
        return counters;
    }

    /** The nodes of every committed revision. */
    public NodeSource nodes() {
        return source;
    }

    public Optional<Revision> revision(long id) {
        return rows(rows -> rows.revision(id));
    }

    /** The revision on the line of another, or that one itself, with so many before it. */
    public Optional<Revision> ancestor(Revision of, long height) {
        return read(connection -> new RevisionRows(connection, dialect)
                .at(new LogRows(connection, dialect).holding(of.line(), height), height));
    }

    /** The last revision before one on its line whose state was not given up. */
    public Optional<Revision> keptBefore(Revision revision) {
        return rows(rows -> rows.keptBefore(revision));
    }

    /** Reads branches and tags. */
    public <T> T names(Function<NameRows, T> work) {
        return read(connection -> work.apply(new NameRows(connection, dialect)));
    }

    /** Reads the lines of revisions and the logs that people name. */
    public <T> T logs(Function<LogRows, T> work) {
        return read(connection -> work.apply(new LogRows(connection, dialect)));
    }

    /** Reads what revisions were made of, where they come from another store. */
    public <T> T rehashes(Function<RehashRows, T> work) {
        return read(connection -> work.apply(new RehashRows(connection, dialect)));
    }

    /** Reads the staging areas of the context. */
    public <T> T stages(Function<StageRows, T> work) {
        return read(connection -> work.apply(new StageRows(connection, dialect)));
    }

    /** The revisions whose hash lies in [from, to], in order of id, at most {@code limit}. */
    public List<Revision> hashed(byte[] from, byte[] to, int limit) {
        return rows(rows -> rows.hashed(from, to, limit));
    }

    /** Hands over a revision and those before it on its line, newest first, at most {@code limit}. */
    public void line(long head, long limit, Consumer<Revision> action) {
        rows(rows -> {
            rows.line(head, limit, action);
            return null;
        });
    }

    /** The revisions up to {@code newest} that deleted a key of the top tree, newest first. */
    public List<Long> deletions(byte[] key, long newest) {
        return rows(rows -> rows.deletions(key, newest));
    }

    /** How many rows there are; walks the tables. */
    public RowCounts counts() {
        return rows(RevisionRows::counts);
    }

    /** Runs one statement that only reads, on a connection of its own, and hands over its rows. */
    public void query(ReadOnlyQuery query, ReadOnlyQuery.Rows rows) {
        try (Connection connection = dialect.readers(settings, format).getConnection()) {
            query.run(connection, dialect, rows);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    /** Bytes on disk, the indexes and SQLite's write-ahead log included. */
    public long sizeBytes() {
        return read(dialect::sizeBytes);
    }

    public IndexLevel indexes() {
        return read(connection -> Schema.level(connection, dialect));
    }

    Dialect dialect() {
        return dialect;
    }

    /** Makes and drops indexes until they are those of a level; waits for the writer. */
    public void index(IndexLevel level) {
        inTransaction(connection -> {
            Schema.index(connection, dialect, level);
            return null;
        });
    }

    /** Reads the hashes that commits carry beside the store's own. */
    public <T> T contexts(Function<ContextRows, T> work) {
        return read(connection -> work.apply(new ContextRows(connection, dialect, contextCache)));
    }

    /** Reads the rules of retention and what was given up. */
    public <T> T prunes(Function<PruneRows, T> work) {
        return read(connection -> work.apply(new PruneRows(connection, dialect)));
    }

    /**
     * Keeps pruning away from a revision, by whatever process, until the lease is closed or this process ends; empty when it
     * was given up already. On SQLite in a folder that cannot be written, only pruning by this process.
     */
    public Optional<Lease> lease(Revision revision) {
        try {
            return !revision.pruned() && leases.take(revision.id())
                    ? Optional.of(new Lease(leases, revision.id()))
                    : Optional.empty();
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    private boolean givenUp(long revision) {
        return prunes(prunes -> prunes.givenUp(revision));
    }

    /** Those of the revisions that any process leases now. */
    Set<Long> leased(Set<Long> revisions) {
        try {
            return leases.leased(revisions);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    /**
     * Writes down which revisions are given up. Whoever leased one meanwhile, and did not find it written down yet, is seen
     * by the second look; only then are they given up for good, and their rows may go.
     */
    void giveUp(Keep keep) {
        Set<Long> givenUp = write(transaction -> {
            PruneRows prunes = transaction.prunes();
            Set<Long> fresh = prunes.giveUp(keep);
            Set<Long> leased = leased(fresh);
            prunes.takeBack(leased);
            fresh.removeAll(leased);
            return fresh;
        });
        if (givenUp.isEmpty()) {
            return;
        }
        Set<Long> leased = leased(givenUp);
        write(transaction -> {
            transaction.prunes().takeBack(leased);
            transaction.prunes().confirm();
            return null;
        });
    }

    /** Lends a connection of its own that can write, for long work in many short transactions. */
    <T> T maintain(DialectWork<T> work) {
        writing.requireWritable();
        try (Connection connection = dialect.writer(settings).getConnection()) {
            dialect.prepareMaintenance(connection);
            return work.run(connection, dialect);
        } catch (SQLException e) {
            throw dialect.explain(e);
        } catch (DataAccessException e) {
            throw dialect.explain(e);
        }
    }

    /** Works while nobody else prunes, upgrades or fills the store. */
    <T> T upkeep(String deed, DialectWork<T> work) {
        return maintain((connection, own) -> {
            Turn turn = own.upkeep(connection, deed);
            try {
                return work.run(connection, own);
            } finally {
                turn.end();
            }
        });
    }

    /** Reads one state, whatever is committed meanwhile. */
    <T> T readAtOnce(DialectWork<T> work) {
        return read((connection, own) -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ); // the pool takes it back
            connection.setAutoCommit(false);
            try {
                return work.run(connection, own);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /** Runs a write: committed when {@code work} returns, undone when it throws. */
    public <T> T write(Function<WriteTransaction, T> work) {
        List<WriteTransaction> done = new ArrayList<>(1);
        T result = writing.transact(writer -> {
            WriteTransaction transaction = new WriteTransaction(writer, dialect, cache, counters);
            done.add(transaction);
            T made = work.apply(transaction);
            transaction.complete();
            writer.leaves(transaction.standing());
            return made;
        });
        done.get(0).committed(counters);
        dialect.committed(done.get(0).appendedBytes());
        return result;
    }

    <T> T inTransaction(RowSource.Work<T> work) {
        return writing.transact(writer -> work.run(writer.connection()));
    }

    /** One transaction on a lent connection, while nobody else writes. */
    void inTransaction(Connection connection, Writing.Step step) throws SQLException {
        writing.transact(connection, step);
    }

    <T> T read(RowSource.Work<T> work) {
        try (Connection connection = readers.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw dialect.explain(e.getCause() instanceof SQLException cause ? cause : e);
        } catch (DataAccessException e) {
            throw dialect.explain(e);
        }
    }

    /** Lends a connection that can only read, with its dialect, for more than one statement. */
    <T> T read(DialectWork<T> work) {
        return read((Connection connection) -> work.run(connection, dialect));
    }

    interface DialectWork<T> {
        T run(Connection connection, Dialect dialect) throws SQLException;
    }

    private <T> T rows(Function<RevisionRows, T> work) {
        return read(connection -> work.apply(new RevisionRows(connection, dialect)));
    }

    /** Waits for the write under way, then ends all connections. */
    @Override
    public void close() {
        try {
            writing.close();
            leases.close();
            readers.close();
            dialect.close();
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }
}
