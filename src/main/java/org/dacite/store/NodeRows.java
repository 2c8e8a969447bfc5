package org.dacite.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.dacite.tree.DamageException;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;

/**
 * Vertices and leaves as rows of one shape, so that one walk can carry both: {@code link, bits, depth, a, b, hash,
 * leaf_count, value, user_key, revision_id}. Of a vertex {@code a} and {@code b} are its children; of a leaf
 * {@code depth} is null and {@code a} the linked tree.
 */
final class NodeRows {
    /** The columns after {@code link}, of a vertex {@code v} and a leaf {@code l} one of which is there. */
    static final String COLUMNS = "coalesce(v.prefix, l.key), v.depth, coalesce(v.left_oid, l.tree_oid), v.right_oid,"
            + " coalesce(v.hash, l.hash), coalesce(v.leaf_count, l.tree_leaf_count), %s, l.user_key, l.revision_id";

    /** The names of those columns, {@code link} first. */
    static final String NAMES = "link, bits, depth, a, b, hash, leaf_count, value, user_key, revision_id";

    /** Vertices in that shape by their links; each table is asked for what it has, since a row that is not there costs, too. */
    static final String VERTICES =
            "select k.link, v.prefix as bits, v.depth, v.left_oid as a, v.right_oid as b, v.hash,"
                    + " v.leaf_count, null as value, null as user_key, null as revision_id from %s join vertex v on v.oid = k.link";

    /** Leaves in that shape, with what is made of their value. */
    static final String LEAVES = "select k.link, l.key, null, l.tree_oid, null, l.hash, l.tree_leaf_count, %s,"
            + " l.user_key, l.revision_id from %s join leaf l on l.oid = -k.link";

    private NodeRows() {}

    /** The links of all rows that are reached from some, given how a link {@code reach.link} finds its {@code v} or {@code l}. */
    static String reach(String links, String joins) {
        String below = "case side.n when 0 then coalesce(v.left_oid, l.tree_oid) else v.right_oid end";
        return "with recursive reach (link) as (" + links + " union select " + below
                + " from reach cross join (select 0 as n union all select 1) side " + joins + " where " + below
                + " is not null) select link from reach";
    }

    /** The columns of a fetch's walk: the value of a plain leaf comes only where it is asked for and touched. */
    static String columns(String tree, boolean withValues) {
        String touched = withValues
                ? " or (select q.hi from dacite_selection q where q.tree = " + tree
                        + " and q.lo <= l.key order by q.lo desc limit 1) > l.key"
                : "";
        return String.format(COLUMNS, "case when l.kind = 1" + touched + " then l.value end");
    }

    /** The number of the tree in which the walk goes on below this node, null: nowhere. */
    static String go(String tree, String lower, String upper) {
        return "case when v.oid is not null then case when (select q.hi from dacite_selection q where q.tree = " + tree
                + " and q.lo < " + upper + " order by q.lo desc limit 1) > " + lower + " then " + tree + " end"
                + " when l.kind = 1 then (select q.below from dacite_selection q where q.tree = " + tree
                + " and q.lo = l.key) end";
    }

    /** {@code link, depth, a, b}, in a walk that begins at a vertex. */
    static final int COLUMNS_BEFORE_LEAF = 4;

    /** The columns of a walk that come of the leaf. */
    static final String LEAF_COLUMNS =
            "l.key, l.value, l.hash, l.revision_id, l.user_key, l.tree_oid, l.tree_leaf_count";

    /** A walk that begins at the leaf whose OID is the parameter. */
    static final String LEAF = "select " + LEAF_COLUMNS + " from leaf l where l.oid = ?";

    /** The same where the leaf holds a value under a key that is not hashed: without the columns that are null then. */
    static final String PLAIN_LEAF =
            "select l.key, l.value, l.hash, l.revision_id from leaf l where l.oid = ? and l.kind = 0 and l.user_key is null";

    private static final int PLAIN_COLUMNS = 4;

    /** Runs a walk from a link, by {@link #LEAF} or {@link #PLAIN_LEAF} if that is a leaf's, and makes something of its rows. */
    static <T> T walk(PreparedStatement statement, long link, byte[] key, KeptStatement.Reader<T> reader)
            throws SQLException {
        statement.setLong(1, Math.abs(link));
        if (link > 0) {
            statement.setBytes(2, key);
        }
        try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
        }
    }

    /** Where a vertex leads. */
    record Way(int depth, long left, long right) {}

    /** The vertex in the current row of a walk to a leaf. */
    static Way way(ResultSet row) throws SQLException {
        long link = row.getLong(1);
        int depth = row.getInt(2);
        long left = row.getLong(3);
        long right = row.getLong(4);
        if (left == 0) {
            throw missing(link);
        }
        checkChildren(link, left, right);
        return new Way(depth, left, right);
    }

    /** The leaf of a link in the current row of a walk to it, whose columns come after so many. */
    static Leaf leaf(long link, ResultSet row, int before) throws SQLException {
        byte[] key = row.getBytes(before + 1);
        if (key == null) {
            throw missing(link);
        }
        byte[] hash = row.getBytes(before + 3);
        if (hash == null) {
            throw withoutHash(link);
        }
        if (row.getMetaData().getColumnCount() == PLAIN_COLUMNS) {
            return new Leaf(-link, key, null, row.getBytes(2), 0, 1, hash, row.getLong(4));
        }
        long tree = row.getLong(before + 6);
        return new Leaf(
                -link,
                key,
                row.getBytes(before + 5),
                row.getBytes(before + 2),
                tree,
                tree == 0 ? 1 : row.getLong(before + 7),
                hash,
                row.getLong(before + 4));
    }

    static DamageException missing(long link) {
        return new DamageException(
                link,
                "expected a row for " + (link > 0 ? "vertex " + link : "leaf " + -link)
                        + ", found none; run 'dacite fsck'");
    }

    private static DamageException withoutHash(long link) {
        return new DamageException(
                link, "expected a row with a hash for link " + link + ", found none; run 'dacite fsck'");
    }

    private static void checkChildren(long link, long left, long right) {
        if (Math.max(Math.abs(left), Math.abs(right)) >= link) {
            throw new DamageException(
                    link,
                    "expected children of vertex " + link + " with OIDs below its own, found " + left + " and " + right
                            + "; run 'dacite fsck'");
        }
    }

    /** The node of the current row. */
    static Node read(ResultSet row) throws SQLException {
        long link = row.getLong(1);
        byte[] bits = row.getBytes(2);
        if (bits == null) {
            throw missing(link);
        }
        byte[] hash = row.getBytes(6);
        if (hash == null) {
            throw withoutHash(link);
        }
        if (link > 0) {
            long left = row.getLong(4);
            long right = row.getLong(5);
            checkChildren(link, left, right);
            return new Vertex(link, bits, row.getInt(3), left, right, row.getLong(7), hash);
        }
        long tree = row.getLong(4);
        return new Leaf(
                -link,
                bits,
                row.getBytes(9),
                row.getBytes(8),
                tree,
                tree == 0 ? 1 : row.getLong(7),
                hash,
                row.getLong(10));
    }
}
