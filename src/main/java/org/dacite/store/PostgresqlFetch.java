package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.dacite.tree.Skeleton;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** How PostgreSQL fetches nodes: recursive statements that carry what is asked for, or find it in temporary tables. Stateless. */
final class PostgresqlFetch {
    private static final String TEMP_TABLES = """
            create temp table if not exists dacite_start (link bigint, tree integer, lower bytea, upper bytea);
            create temp table if not exists dacite_selection (tree integer, lo bytea, hi bytea, below integer,
                primary key (tree, lo));
            truncate dacite_start, dacite_selection""";

    private static final String INLINE_TABLES = "with recursive"
            + " dacite_start (link, tree, lower, upper) as materialized"
            + " (select * from unnest(?::bigint[], ?::integer[], ?::bytea[], ?::bytea[])),"
            + " dacite_selection (tree, lo, hi, below) as materialized"
            + " (select * from unnest(?::integer[], ?::bytea[], ?::bytea[], ?::integer[])), ";

    /** From a link, the first parameter, to the leaf that a key, the second, leads to. */
    static final String WALK = "with recursive asked (link, key) as (select ?::bigint, ?::bytea),"
            + " walk (link, depth, a, b, next, step) as (select asked.link, v.depth, v.left_oid, v.right_oid,"
            + " case when asked.key < v.prefix then v.left_oid else v.right_oid end, 0"
            + " from asked left join vertex v on v.oid = asked.link"
            + " union all select w.next, v.depth, v.left_oid, v.right_oid,"
            + " case when asked.key < v.prefix then v.left_oid else v.right_oid end, w.step + 1"
            + " from walk w cross join asked left join lateral"
            + " (select * from vertex x where x.oid = w.next offset 0) v on true where w.next is not null)"
            + " select w.link, w.depth, w.a, w.b, " + NodeRows.LEAF_COLUMNS + " from walk w left join lateral"
            + " (select * from leaf x where x.oid = -w.link and w.link < 0 offset 0) l on true order by w.step";

    private static final int MAX_INLINE_ENTRIES = 64;

    private static final String END = "'\\x" + HexFormat.of().formatHex(Skeleton.end()) + "'::bytea";

    private PostgresqlFetch() {}

    /** The recursive statement of a fetch, ready to run. */
    static PreparedStatement skeleton(
            Connection connection, List<NodeSource.Start> starts, Selection selection, boolean withValues)
            throws SQLException {
        int entries = 0;
        for (int tree = 0; tree < selection.trees(); tree++) {
            entries += selection.tree(tree).size();
        }
        if (entries + starts.size() > MAX_INLINE_ENTRIES) {
            copy(connection, starts, selection);
            return connection.prepareStatement("with recursive " + walk(withValues));
        }
        return inline(connection, starts, selection, withValues);
    }

    /** A small fetch carries its selection along: one round trip, and no table is needed, so a replica can serve it. */
    private static PreparedStatement inline(
            Connection connection, List<NodeSource.Start> starts, Selection selection, boolean withValues)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(INLINE_TABLES + walk(withValues));
        int count = starts.size();
        Long[] links = new Long[count];
        Integer[] numbers = new Integer[count];
        byte[][] lower = new byte[count][];
        byte[][] upper = new byte[count][];
        for (int i = 0; i < count; i++) {
            links[i] = starts.get(i).link();
            numbers[i] = starts.get(i).tree();
            lower[i] = starts.get(i).lower();
            upper[i] = upper(starts.get(i));
        }
        List<Integer> trees = new ArrayList<>();
        List<byte[]> from = new ArrayList<>();
        List<byte[]> to = new ArrayList<>();
        List<Integer> below = new ArrayList<>();
        for (int tree = 0; tree < selection.trees(); tree++) {
            Selection.Entries entries = selection.tree(tree);
            for (int i = 0; i < entries.size(); i++) {
                trees.add(tree);
                from.add(entries.from(i));
                to.add(entries.to(i));
                below.add(entries.below(i) < 0 ? null : entries.below(i));
            }
        }
        statement.setArray(1, connection.createArrayOf("bigint", links));
        statement.setArray(2, connection.createArrayOf("integer", numbers));
        statement.setArray(3, connection.createArrayOf("bytea", lower));
        statement.setArray(4, connection.createArrayOf("bytea", upper));
        statement.setArray(5, connection.createArrayOf("integer", trees.toArray()));
        statement.setArray(6, connection.createArrayOf("bytea", from.toArray(byte[][]::new)));
        statement.setArray(7, connection.createArrayOf("bytea", to.toArray(byte[][]::new)));
        statement.setArray(8, connection.createArrayOf("integer", below.toArray()));
        return statement;
    }

    /** A large fetch finds its selection by an index, in temporary tables. */
    private static void copy(Connection connection, List<NodeSource.Start> starts, Selection selection)
            throws SQLException {
        boolean readOnly = connection.isReadOnly();
        if (readOnly) {
            connection.setReadOnly(false);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(TEMP_TABLES);
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            CopyAppender.Table start = new CopyAppender.Table("copy dacite_start from stdin (format binary)");
            for (NodeSource.Start each : starts) {
                start.begin(4);
                start.bigint(each.link());
                start.integer(each.tree());
                start.bytes(each.lower());
                start.bytes(upper(each));
            }
            start.send(copies);
            CopyAppender.Table entry = new CopyAppender.Table("copy dacite_selection from stdin (format binary)");
            for (int tree = 0; tree < selection.trees(); tree++) {
                Selection.Entries entries = selection.tree(tree);
                for (int i = 0; i < entries.size(); i++) {
                    entry.begin(4);
                    entry.integer(tree);
                    entry.bytes(entries.from(i));
                    entry.bytes(entries.to(i));
                    entry.integerOrNull(entries.below(i));
                    entry.sendWhenLarge(copies);
                }
            }
            entry.send(copies);
        } finally {
            if (readOnly) {
                connection.setReadOnly(true);
            }
        }
    }

    private static byte[] upper(NodeSource.Start start) {
        return start.upper() == null ? Skeleton.end() : start.upper();
    }

    private static String walk(boolean withValues) {
        String vertex = " left join lateral (select * from vertex x where x.oid = %s offset 0) v on true";
        String leaf = " left join lateral (select * from leaf x where x.oid = -(%s) offset 0) l on true";
        return "walk (" + NodeRows.NAMES + ", go, lower, upper) as (select s.link, "
                + NodeRows.columns("s.tree", withValues) + ", " + NodeRows.go("s.tree", "s.lower", "s.upper")
                + ", s.lower, s.upper from dacite_start s"
                + String.format(vertex, "s.link") + String.format(leaf, "s.link")
                + " union all select c.link, " + NodeRows.columns("w.go", withValues) + ", "
                + NodeRows.go("w.go", "c.lower", "c.upper")
                + ", c.lower, c.upper from walk w cross join lateral (values"
                + " (w.a, case when w.depth is null then ''::bytea else w.lower end,"
                + " case when w.depth is null then " + END + " else w.bits end),"
                + " (w.b, w.bits, w.upper)) c (link, lower, upper)"
                + String.format(vertex, "c.link") + String.format(leaf, "c.link")
                + " where w.go is not null and c.link is not null)"
                + " select " + NodeRows.NAMES + " from walk";
    }
}
