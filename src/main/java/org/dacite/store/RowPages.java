package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.tree.Leaf;
import org.dacite.tree.Vertex;

/** The rows of a store in order of OID or id, some at a time. Bound to one connection. */
final class RowPages {
    private static final int ROWS = 5_000;
    private static final long VALUE_BYTES = 8 << 20;
    private static final String RANGE = " where oid > ? and oid <= ? order by oid";

    private final Connection connection;
    private final Dialect explaining;

    /** What fails is told by a {@link SQLException}. */
    RowPages(Connection connection) {
        this(connection, null);
    }

    /** What fails is explained here, since another store is at work around it. */
    RowPages(Connection connection, Dialect explaining) {
        this.connection = connection;
        this.explaining = explaining;
    }

    /**
     * Vertices and leaves that follow each other.
     *
     * @param rows a {@link Vertex} or a {@link RowAppender.LeafRow} each, in order of OID
     * @param through the last OID that was looked at
     */
    record Page(List<Object> rows, long through) {}

    /** A row of the table {@code tree}. */
    record TreeRow(long id, long parent, byte[] key, byte[] userKey) {}

    /** A row of the table {@code log}; the name of a line and the parent of a log that did not fork are null and 0. */
    record LogRow(long id, String name, long parent, long forkSize) {}

    /** What has OIDs in (after, through]: 5,000 rows and 8 MiB of values at most, or one row. */
    Page nodes(long after, long through) throws SQLException {
        long end = Math.min(vertexEnd(after, through), leafEnd(after, through));
        List<Vertex> vertices = vertices(after, end);
        List<RowAppender.LeafRow> leaves = leaves(after, end);
        List<Object> rows = new ArrayList<>(vertices.size() + leaves.size());
        int leaf = 0;
        for (Vertex vertex : vertices) {
            while (leaf < leaves.size() && leaves.get(leaf).oid() < vertex.oid()) {
                rows.add(leaves.get(leaf++));
            }
            rows.add(vertex);
        }
        rows.addAll(leaves.subList(leaf, leaves.size()));
        return new Page(rows, end);
    }

    /** The hash that a revision carries beside the store's own. */
    Optional<Digest> carried(long revision) throws SQLException {
        return ask(
                        "select hash from context_commit where revision_id = ?",
                        List.of(revision),
                        row -> Digest.of(row.getBytes(1)))
                .stream()
                .findFirst();
    }

    private long vertexEnd(long after, long through) throws SQLException {
        List<Long> last = ask(
                "select oid from vertex" + RANGE + " limit 1 offset " + (ROWS - 1),
                List.of(after, through),
                row -> row.getLong(1));
        return last.isEmpty() ? through : last.get(0);
    }

    private long leafEnd(long after, long through) throws SQLException {
        List<long[]> sizes = ask(
                "select oid, coalesce(length(value), 0) from leaf" + RANGE + " limit " + (ROWS + 1),
                List.of(after, through),
                row -> new long[] {row.getLong(1), row.getLong(2)});
        long bytes = 0;
        for (int i = 0; i < sizes.size(); i++) {
            bytes += sizes.get(i)[1];
            if (i > 0 && (bytes > VALUE_BYTES || i == ROWS)) {
                return sizes.get(i - 1)[0];
            }
        }
        return through;
    }

    private List<Vertex> vertices(long after, long through) throws SQLException {
        return ask(
                "select oid, prefix, depth, left_oid, right_oid, leaf_count, hash from vertex" + RANGE,
                List.of(after, through),
                row -> new Vertex(
                        row.getLong(1),
                        row.getBytes(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getBytes(7)));
    }

    private List<RowAppender.LeafRow> leaves(long after, long through) throws SQLException {
        return ask(
                "select oid, tree_id, key, user_key, kind, value, tree_oid, tree_leaf_count, hash, previous_oid,"
                        + " revision_id from leaf" + RANGE,
                List.of(after, through),
                RowPages::leaf);
    }

    private static RowAppender.LeafRow leaf(ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        byte[] key = row.getBytes(3);
        byte[] userKey = row.getBytes(4);
        int kind = row.getInt(5);
        byte[] value = row.getBytes(6);
        long tree = row.getLong(7);
        long count = row.getLong(8);
        byte[] hash = row.getBytes(9);
        long revision = row.getLong(11);
        Leaf node = kind == RowAppender.LeafRow.DELETED
                ? null
                : new Leaf(oid, key, userKey, value, tree, tree == 0 ? 1 : count, hash, revision);
        return new RowAppender.LeafRow(
                oid, row.getLong(2), key, userKey, kind, value, tree, count, hash, row.getLong(10), revision, node);
    }

    /** Revisions after one in order of id, a thousand at most. */
    List<Revision> revisions(long after) throws SQLException {
        return ask(
                "select " + RevisionRows.READ_COLUMNS + " from revision where id > ? order by id limit 1000",
                List.of(after),
                RevisionRows::read);
    }

    /** Trees after one, up to another, in order of id, a thousand at most. */
    List<TreeRow> trees(long after, long through) throws SQLException {
        return ask(
                "select id, parent_id, key, user_key from tree where id > ? and id <= ? order by id limit 1000",
                List.of(after, through),
                row -> new TreeRow(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)));
    }

    /** All lines and logs in order of id. */
    List<LogRow> logs() throws SQLException {
        return ask(
                "select id, name, parent_id, fork_size from log order by id",
                List.of(),
                row -> new LogRow(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)));
    }

    /** The one number that a question answers. */
    long number(String question) throws SQLException {
        return ask(question, List.of(), row -> row.getLong(1)).get(0);
    }

    <T> List<T> ask(String question, List<Long> parameters, KeptStatement.Reader<T> reader) throws SQLException {
        List<T> answers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setLong(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(reader.read(rows));
                }
            }
        } catch (SQLException e) {
            if (explaining == null) {
                throw e;
            }
            throw explaining.explain(e);
        }
        return answers;
    }
}
