package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.dacite.hashing.Digest;
import org.jooq.exception.DataAccessException;

/**
 * The Tezos hashes that commits carry beside the store's own, and what of them is remembered of directories. Bound to one
 * connection; what writes belongs into a {@link WriteTransaction}.
 */
public final class ContextRows {
    private static final String DIRECTORIES =
            "select d.top_oid, d.entry_count, d.inode_id, d.hash from %s join context_directory d on d.top_oid = k.link";
    private static final String INODES = "select i.id, i.depth, i.entry_count, i.children, i.content"
            + " from %s join context_inode i on i.id = k.link";
    private static final String VALUES =
            "select v.leaf_oid, v.hash from %s join context_value v on v.leaf_oid = k.link";

    /** The question for the scheme; no row where there is none but the store's own. */
    static final String SCHEME = "select hash_scheme from context where hash_scheme <> 'native'";

    private final Connection connection;
    private final Dialect dialect;
    private final ContextCache cache;
    private final KeptStatement scheme;
    private final KeptStatement hash;
    private final KeptStatement lastInode;
    private final KeptStatement addCommit;
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    ContextRows(Connection connection, Dialect dialect, ContextCache cache) {
        this.connection = connection;
        this.dialect = dialect;
        this.cache = cache;
        this.scheme = new KeptStatement(connection, SCHEME);
        this.hash = new KeptStatement(connection, "select hash from context_commit where revision_id = ?");
        this.lastInode = new KeptStatement(connection, "select coalesce(max(id), 0) from context_inode");
        this.addCommit = new KeptStatement(connection, "insert into context_commit (revision_id, hash) values (?, ?)");
    }

    /** The hashes that commits carry beside the store's own: {@code tezos}, or none. */
    public Optional<String> scheme() {
        return scheme.find(none -> {}, row -> row.getString(1));
    }

    /** The hash that a revision carries; none where it was committed before there was a scheme. */
    public Optional<Digest> hash(long revision) {
        return hash.find(asked -> asked.setLong(1, revision), row -> Digest.of(row.getBytes(1)));
    }

    /** The ids of the revisions, at most {@code limit}, that carry a hash in [from, to], in order, with their hashes. */
    public Map<Long, Digest> hashed(byte[] from, byte[] to, int limit) {
        return asked(
                "select revision_id, hash from context_commit where hash between ? and ? order by revision_id limit "
                        + limit,
                statement -> {
                    statement.setBytes(1, from);
                    statement.setBytes(2, to);
                },
                row -> Digest.of(row.getBytes(2)));
    }

    /** What is remembered of the trees with these tops; what is not is left out. */
    public Map<Long, DirectoryHash> directories(long[] tops) {
        Map<Long, DirectoryHash> found = new HashMap<>();
        long[] missing = Arrays.stream(tops)
                .filter(top -> {
                    DirectoryHash cached = cache.directory(top);
                    if (cached != null) {
                        found.put(top, cached);
                    }
                    return cached == null;
                })
                .toArray();
        linked(DIRECTORIES, missing, ContextRows::directory).forEach((top, each) -> {
            cache.put(each);
            found.put(top, each);
        });
        return found;
    }

    /** The inodes of these ids; what is not there is left out. */
    public Map<Long, Inode> inodes(long[] ids) {
        return linked(INODES, ids, ContextRows::inode);
    }

    /** The hashes that are remembered of the values of these leaves. */
    public Map<Long, byte[]> values(long[] leafOids) {
        return linked(VALUES, leafOids, row -> row.getBytes(2));
    }

    /** The highest id of an inode, 0 as long as there is none. */
    public long lastInode() {
        return lastInode.find(none -> {}, row -> row.getLong(1)).orElse(0L);
    }

    /** The hash of a commit. */
    public void append(long revision, Digest hash) {
        addCommit.execute(insert -> {
            insert.setLong(1, revision);
            insert.setBytes(2, hash.bytes());
        });
    }

    /** What is to be remembered of the directories of a commit. */
    public void append(Collection<DirectoryHash> directories, Collection<Inode> inodes, Map<Long, byte[]> values) {
        insert("context_directory (top_oid, entry_count, inode_id, hash)", 4, directories, (insert, each) -> {
            insert.setLong(1, each.top());
            insert.setLong(2, each.entryCount());
            if (each.inode() == 0) {
                insert.setNull(3, Types.BIGINT);
            } else {
                insert.setLong(3, each.inode());
            }
            insert.setBytes(4, each.hash());
        });
        insert("context_inode (id, depth, entry_count, children, content)", 5, inodes, (insert, each) -> {
            insert.setLong(1, each.id());
            insert.setInt(2, each.depth());
            insert.setLong(3, each.entryCount());
            insert.setString(4, text(each.children()));
            insert.setBytes(5, each.content());
        });
        insert("context_value (leaf_oid, hash)", 2, values.entrySet(), (insert, each) -> {
            insert.setLong(1, each.getKey());
            insert.setBytes(2, each.getValue());
        });
        directories.forEach(cache::put);
    }

    private <R> void insert(String table, int columns, Collection<R> rows, Binder<R> binder) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            PreparedStatement insert = kept("insert into " + table + " values (?" + ", ?".repeat(columns - 1) + ")");
            for (R each : rows) {
                binder.bind(insert, each);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new DataAccessException("rows of the context could not be appended", e);
        }
    }

    private <T> Map<Long, T> linked(String statement, long[] links, KeptStatement.Reader<T> reader) {
        return links.length == 0
                ? Map.of()
                : asked(String.format(statement, dialect.links()), asked -> dialect.bindLinks(asked, 1, links), reader);
    }

    private <T> Map<Long, T> asked(String text, KeptStatement.Binder binder, KeptStatement.Reader<T> reader) {
        try {
            PreparedStatement statement = kept(text);
            binder.bind(statement);
            Map<Long, T> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getLong(1), reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new DataAccessException("rows of the context could not be read", e);
        }
    }

    private PreparedStatement kept(String text) throws SQLException {
        PreparedStatement found = kept.get(text);
        if (found == null) {
            found = connection.prepareStatement(text);
            kept.put(text, found);
        }
        return found;
    }

    /** Of a row of all columns of {@code context_directory}. */
    static DirectoryHash directory(ResultSet row) throws SQLException {
        return new DirectoryHash(row.getLong(1), row.getLong(2), row.getLong(3), row.getBytes(4));
    }

    /** Of a row of all columns of {@code context_inode}. */
    static Inode inode(ResultSet row) throws SQLException {
        return new Inode(row.getLong(1), row.getInt(2), row.getLong(3), numbers(row.getString(4)), row.getBytes(5));
    }

    private static String text(long[] numbers) {
        return LongStream.of(numbers).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static long[] numbers(String text) {
        return text.length() <= 2
                ? new long[0]
                : Arrays.stream(text.substring(1, text.length() - 1).split(","))
                        .mapToLong(each -> Long.parseLong(each.strip()))
                        .toArray();
    }

    private interface Binder<R> {
        void bind(PreparedStatement insert, R row) throws SQLException;
    }
}
