package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.dacite.tree.Skeleton;

/** How SQLite fetches nodes: recursive statements beside temporary tables that say what is asked for. Stateless. */
final class SqliteFetch {
    private static final String TEMP_TABLES = """
            create temp table if not exists dacite_start (link integer, tree integer, lower blob, upper blob);
            create temp table if not exists dacite_selection (tree integer, lo blob, hi blob, below integer,
                primary key (tree, lo)) without rowid;
            delete from dacite_start;
            delete from dacite_selection""";

    private static final String END = "x'" + HexFormat.of().formatHex(Skeleton.end()) + "'";

    private static final String STEP =
            "v.depth, v.left_oid, v.right_oid, case when ?2 < v.prefix then v.left_oid else v.right_oid end";

    /** From a link, the first parameter, to the leaf that a key, the second, leads to. */
    static final String WALK = "with recursive walk (link, depth, a, b, next) as (select ?1, " + STEP
            + " from (select 1) left join vertex v on v.oid = ?1"
            + " union all select w.next, " + STEP + " from walk w left join vertex v on v.oid = w.next"
            + " where w.next is not null)"
            + " select w.link, w.depth, w.a, w.b, " + NodeRows.LEAF_COLUMNS
            + " from walk w left join leaf l on l.oid = case when w.link < 0 then -w.link end";

    private SqliteFetch() {}

    /** The recursive statement of a fetch, ready to run. */
    static PreparedStatement skeleton(
            Connection connection, List<NodeSource.Start> starts, Selection selection, boolean withValues)
            throws SQLException {
        select(connection, starts, selection);
        return connection.prepareStatement(walk(withValues));
    }

    /** Puts a fetch's starts and selection into temporary tables. */
    private static void select(Connection connection, List<NodeSource.Start> starts, Selection selection)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : TEMP_TABLES.split(";", -1)) {
                statement.execute(each);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into dacite_start (link, tree, lower, upper) values (?, ?, ?, ?)")) {
            for (NodeSource.Start start : starts) {
                insert.setLong(1, start.link());
                insert.setInt(2, start.tree());
                insert.setBytes(3, start.lower());
                insert.setBytes(4, start.upper() == null ? Skeleton.end() : start.upper());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into dacite_selection (tree, lo, hi, below) values (?, ?, ?, ?)")) {
            for (int tree = 0; tree < selection.trees(); tree++) {
                Selection.Entries entries = selection.tree(tree);
                for (int i = 0; i < entries.size(); i++) {
                    insert.setInt(1, tree);
                    insert.setBytes(2, entries.from(i));
                    insert.setBytes(3, entries.to(i));
                    insert.setObject(4, entries.below(i) < 0 ? null : entries.below(i));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static String walk(boolean withValues) {
        String link = "case side.n when 0 then w.a else w.b end";
        String lower = "case when w.depth is null then x'' when side.n = 1 then w.bits else w.lower end";
        String upper = "case when w.depth is null then " + END + " when side.n = 0 then w.bits else w.upper end";
        return "with recursive walk (" + NodeRows.NAMES + ", go, lower, upper) as (select s.link, "
                + NodeRows.columns("s.tree", withValues) + ", " + NodeRows.go("s.tree", "s.lower", "s.upper")
                + ", s.lower, s.upper from dacite_start s"
                + " left join vertex v on v.oid = s.link left join leaf l on l.oid = -s.link"
                + " union all select " + link + ", " + NodeRows.columns("w.go", withValues) + ", "
                + NodeRows.go("w.go", lower, upper) + ", " + lower + ", " + upper
                + " from walk w cross join (select 0 as n union all select 1) side"
                + " left join vertex v on v.oid = " + link
                + " left join leaf l on l.oid = -(" + link + ")"
                + " where w.go is not null and (" + link + ") is not null)"
                + " select " + NodeRows.NAMES + " from walk";
    }
}
