package org.dacite.store;

import static org.dacite.store.schema.Tables.LOG;
import static org.dacite.store.schema.Tables.LOG_ENTRY;
import static org.dacite.store.schema.Tables.LOG_NODE;
import static org.dacite.store.schema.Tables.REVISION;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.dacite.hashing.Digest;
import org.dacite.log.CompactRange;
import org.dacite.log.LogNodeSink;
import org.dacite.log.LogNodeSource;
import org.dacite.log.Positions;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The sequential trees of a store: the lines of revisions and the logs that people name. Bound to one connection; what
 * writes belongs into a {@link WriteTransaction}.
 */
public final class LogRows {
    private static final Field<Long> LENGTH = DSL.field("length({0})", Long.class, LOG_ENTRY.ENTRY);
    private static final int PAGE_ENTRIES = 1_000;
    private static final long PAGE_BYTES = 4 << 20;

    /** What the row of an entry and those of its two nodes take beside the entry. */
    private static final int ENTRY_BYTES = 120;

    private final Connection connection;
    private final Dialect dialect;
    private final DSLContext sql;
    private final Map<Long, LogChain> chains = new HashMap<>();
    private RowAppender bulk;

    LogRows(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.sql = DSL.using(connection, dialect.jooq(), RevisionRows.SETTINGS);
    }

    /** Makes the log of a new line whose first {@code forkSize} entries are those of another; answers its id. */
    public long fork(OptionalLong parent, long forkSize) {
        return make(null, parent, forkSize);
    }

    /** Makes a log that people name; answers its id. */
    public long create(String name) {
        return make(name, OptionalLong.empty(), 0);
    }

    private long make(String name, OptionalLong parent, long forkSize) {
        long id = 1
                + sql.select(DSL.coalesce(DSL.max(LOG.ID), 0L))
                        .from(LOG)
                        .fetchSingle()
                        .value1();
        sql.insertInto(LOG, LOG.ID, LOG.NAME, LOG.PARENT_ID, LOG.FORK_SIZE)
                .values(id, name, parent.isPresent() ? parent.getAsLong() : null, forkSize)
                .execute();
        return id;
    }

    /** The id of the log that people call so. */
    public OptionalLong named(String name) {
        Long id = sql.select(LOG.ID).from(LOG).where(LOG.NAME.eq(name)).fetchOne(LOG.ID);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /** The names of logs with their sizes, by name. */
    public Map<String, Long> names() {
        Map<String, Long> names = new TreeMap<>();
        sql.select(LOG.NAME, size(LOG.ID))
                .from(LOG)
                .where(LOG.NAME.isNotNull())
                .forEach(row -> names.put(row.value1(), row.value2()));
        return names;
    }

    /** How many entries a log that people name has. */
    public long size(long log) {
        return sql.select(size(DSL.val(log))).fetchSingle().value1();
    }

    /** By the end of the index: no walk over the entries. */
    private static Field<Long> size(Field<Long> log) {
        return DSL.field(DSL.select(DSL.coalesce(DSL.max(LOG_ENTRY.NUMBER), -1L).plus(1L))
                .from(LOG_ENTRY)
                .where(LOG_ENTRY.LOG_ID.eq(log)));
    }

    /** An entry of a log that people name. */
    public Optional<byte[]> entry(long log, long number) {
        return sql.select(LOG_ENTRY.ENTRY)
                .from(LOG_ENTRY)
                .where(LOG_ENTRY.LOG_ID.eq(log).and(LOG_ENTRY.NUMBER.eq(number)))
                .fetchOptional(LOG_ENTRY.ENTRY);
    }

    /**
     * Entries of a log that people name, from {@code from} on and before {@code to}: as many as follow each other and take 4
     * MiB or less, 1,000 at most, and the first one whatever it takes; none when that is not there.
     */
    public List<byte[]> page(long log, long from, long to) {
        long end = from;
        long sizeBytes = 0;
        for (Record2<Long, Long> row : sql.select(LOG_ENTRY.NUMBER, LENGTH)
                .from(LOG_ENTRY)
                .where(between(log, from, to))
                .orderBy(LOG_ENTRY.NUMBER)
                .limit(PAGE_ENTRIES)
                .fetch()) {
            sizeBytes += row.value2();
            if (row.value1() != end || (end > from && sizeBytes > PAGE_BYTES)) {
                break;
            }
            end++;
        }
        return sql.select(LOG_ENTRY.ENTRY)
                .from(LOG_ENTRY)
                .where(between(log, from, end))
                .orderBy(LOG_ENTRY.NUMBER)
                .fetch(LOG_ENTRY.ENTRY);
    }

    private static Condition between(long log, long from, long to) {
        return LOG_ENTRY.LOG_ID.eq(log).and(LOG_ENTRY.NUMBER.ge(from)).and(LOG_ENTRY.NUMBER.lt(to));
    }

    /**
     * Appends entries to a log that people name, behind those that the range covers, with the nodes that they complete: many
     * rows to a statement. Answers about how many bytes that were.
     */
    long append(long log, CompactRange range, List<byte[]> entries) throws SQLException {
        if (bulk == null) {
            bulk = dialect.appender(connection);
        }
        LogNodeSink nodes = (position, digest) -> {
            try {
                bulk.logNode(log, position, digest.bytes());
            } catch (SQLException e) {
                throw new DataAccessException("a node of a log could not be appended", e);
            }
        };
        long sizeBytes = 0;
        for (byte[] each : entries) {
            byte[] entry = each.clone(); // what is hashed is what is stored, whatever becomes of the caller's array
            bulk.logEntry(log, range.size(), entry);
            range.append(entry, nodes);
            sizeBytes += entry.length + ENTRY_BYTES;
        }
        bulk.flush();
        return sizeBytes;
    }

    /** The stored nodes of a log that people name. */
    public LogNodeSource nodes(long log) {
        return positions -> {
            Map<Long, Digest> found = new HashMap<>();
            sql.select(LOG_NODE.POSITION, LOG_NODE.HASH)
                    .from(LOG_NODE)
                    .where(LOG_NODE.LOG_ID.eq(log).and(LOG_NODE.POSITION.in(boxed(positions))))
                    .forEach((Record2<Long, byte[]> row) -> found.put(row.value1(), Digest.of(row.value2())));
            return found;
        };
    }

    private static List<Long> boxed(long[] positions) {
        return LongStream.of(positions).boxed().toList();
    }

    /** The stored nodes of a line, those of the lines that it forked from included: each in the row of the revision that completed it. */
    public LogNodeSource lineNodes(long line) {
        LogChain chain = chain(line);
        return positions -> {
            Map<Long, Set<Long>> wanted = new TreeMap<>();
            for (long position : positions) {
                long height = Positions.entry(position);
                wanted.computeIfAbsent(chain.logOfEntry(height), log -> new TreeSet<>())
                        .add(height);
            }
            Map<Long, byte[]> nodes = new HashMap<>();
            wanted.entrySet().stream()
                    .map(part -> completed(part.getKey(), part.getValue()))
                    .reduce(Select::unionAll)
                    .ifPresent(all -> all.forEach(row -> nodes.put(row.value1(), row.value2())));
            Map<Long, Digest> found = new HashMap<>();
            for (long position : positions) {
                byte[] own = nodes.get(Positions.entry(position));
                int from = Positions.level(position) * Digest.BYTES;
                if (own != null && own.length >= from + Digest.BYTES) {
                    found.put(position, Digest.of(Arrays.copyOfRange(own, from, from + Digest.BYTES)));
                }
            }
            return found;
        };
    }

    /** The nodes in the rows of some revisions of one line, by height. */
    private Select<Record2<Long, byte[]>> completed(long line, Set<Long> heights) {
        Condition there =
                REVISION.LINE_ID.eq(line).and(REVISION.HEIGHT.in(heights)).and(REVISION.NODES.isNotNull());
        List<Long> ids = heights.stream().map(height -> height + 1).toList();
        return sql.select(REVISION.HEIGHT, REVISION.NODES)
                .from(REVISION)
                .where(there.and(REVISION.ID.in(ids)).andNot(RevisionRows.INDEXED))
                .unionAll(sql.select(REVISION.HEIGHT, REVISION.NODES)
                        .from(REVISION)
                        .where(there.and(RevisionRows.INDEXED)));
    }

    /** How many entries two logs share from their start, given how many of each are looked at. */
    public long shared(long log, long size, long other, long otherSize) {
        return chain(log).shared(size, chain(other), otherSize);
    }

    /** The log in which an entry of a log stands: itself, or one that it forked from. */
    public long holding(long log, long entry) {
        return chain(log).logOfEntry(entry);
    }

    private LogChain chain(long log) {
        return chains.computeIfAbsent(log, this::readChain);
    }

    private LogChain readChain(long log) {
        List<LogChain.Part> parts = new ArrayList<>();
        var chain = DSL.name("chain")
                .fields("id", "parent_id", "fork_size")
                .as(DSL.select(LOG.ID, LOG.PARENT_ID, LOG.FORK_SIZE)
                        .from(LOG)
                        .where(LOG.ID.eq(log))
                        .unionAll(DSL.select(LOG.ID, LOG.PARENT_ID, LOG.FORK_SIZE)
                                .from(DSL.table(DSL.name("chain")))
                                .join(LOG)
                                .on(LOG.ID.eq(DSL.field(DSL.name("chain", "parent_id"), Long.class)))));
        sql.withRecursive(chain)
                .select(
                        DSL.field(DSL.name("chain", "id"), Long.class),
                        DSL.field(DSL.name("chain", "fork_size"), Long.class))
                .from(chain)
                .orderBy(DSL.field(DSL.name("chain", "id"), Long.class).desc())
                .forEach(row -> parts.add(new LogChain.Part(row.value1(), row.value2())));
        if (parts.isEmpty()) {
            throw new StoreException("expected log " + log + ", found none; the store is damaged, run 'dacite fsck'");
        }
        return new LogChain(parts);
    }
}
