package org.dacite.store;

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

    /** The node of the current row. */
    static Node read(ResultSet row) throws SQLException {
        long link = row.getLong(1);
        byte[] bits = row.getBytes(2);
        if (bits == null) {
            throw new DamageException(
                    link,
                    "expected a row for " + (link > 0 ? "vertex " + link : "leaf " + -link)
                            + ", found none; run 'dacite fsck'");
        }
        byte[] hash = row.getBytes(6);
        if (hash == null) {
            throw new DamageException(
                    link, "expected a row with a hash for link " + link + ", found none; run 'dacite fsck'");
        }
        if (link > 0) {
            if (Math.max(Math.abs(row.getLong(4)), Math.abs(row.getLong(5))) >= link) {
                throw new DamageException(
                        link,
                        "expected children of vertex " + link + " with OIDs below its own, found " + row.getLong(4)
                                + " and " + row.getLong(5) + "; run 'dacite fsck'");
            }
            return new Vertex(link, bits, row.getInt(3), row.getLong(4), row.getLong(5), row.getLong(7), hash);
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
