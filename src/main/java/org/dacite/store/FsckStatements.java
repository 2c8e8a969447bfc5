package org.dacite.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The questions that fsck asks of rows, each in SQL. A question answers {@code oid, expected, found} for every row that
 * is wrong. The rows {@code v}, {@code l} that it looks at are those of a scope: all, or what one revision reaches.
 */
final class FsckStatements {
    private static final String CHILDREN = """
            from vertex v
            left join vertex lv on lv.oid = v.left_oid left join leaf ll on ll.oid = -v.left_oid
            left join vertex rv on rv.oid = v.right_oid left join leaf rl on rl.oid = -v.right_oid
            """;

    private static final String TOPS = """
            from leaf l
            left join vertex tv on tv.oid = l.tree_oid left join leaf tl on tl.oid = -l.tree_oid
            """;

    private static final String LEFT_BITS = "coalesce(lv.prefix, ll.key)";
    private static final String LEFT_END = "coalesce(lv.depth, 8 * length(ll.key))";
    private static final String RIGHT_BITS = "coalesce(rv.prefix, rl.key)";
    private static final String RIGHT_END = "coalesce(rv.depth, 8 * length(rl.key))";

    private static final String LAST_OID = "(select coalesce(max(last_oid), 0) from revision)";

    private final Dialect dialect;
    private final boolean reached;
    private final String written;

    FsckStatements(Dialect dialect, boolean reached) {
        this.dialect = dialect;
        this.reached = reached;
        this.written = dialect.leavesVertices() ? "v.oid <= " + LAST_OID : "1 = 1";
    }

    /** A digest that is recomputed from what it covers: {@code oid, stored, preimage}. */
    record Rehash(String table, String from) {}

    /** Rows whose digest must be that of a preimage. */
    List<Rehash> digests() {
        String vertex = dialect.concatenation(
                dialect.bytes("01"),
                "coalesce(lv.hash, ll.hash)",
                "dacite_skip(" + LEFT_BITS + ", v.depth + 1, " + LEFT_END + ")",
                "coalesce(rv.hash, rl.hash)",
                "dacite_skip(" + RIGHT_BITS + ", v.depth + 1, " + RIGHT_END + ")");
        String root = dialect.concatenation(
                dialect.bytes("02"),
                "coalesce(tv.hash, tl.hash)",
                "dacite_skip(coalesce(tv.prefix, tl.key), 0, coalesce(tv.depth, 8 * length(tl.key)))");
        return List.of(
                new Rehash(
                        "vertex",
                        "select v.oid as oid, v.hash as stored, " + vertex + " as preimage " + CHILDREN + " where "
                                + scope("v.oid")),
                new Rehash(
                        "leaf",
                        "select l.oid as oid, l.hash as stored, "
                                + dialect.concatenation(
                                        "case l.kind when 0 then " + dialect.bytes("00") + " else "
                                                + dialect.bytes("03") + " end",
                                        "l.value")
                                + " as preimage from leaf l where l.kind <> 2 and " + scope("-l.oid")),
                new Rehash(
                        "leaf",
                        "select l.oid as oid, l.value as stored, " + root + " as preimage " + TOPS
                                + " where l.kind = 1 and " + scope("-l.oid")));
    }

    /** Rows of {@code vertex} whose structure is wrong. */
    List<String> vertices() {
        return List.of(
                vertex("'a row for its left child'", "'none: ' || v.left_oid", "coalesce(lv.oid, ll.oid) is null"),
                vertex("'a row for its right child'", "'none: ' || v.right_oid", "coalesce(rv.oid, rl.oid) is null"),
                vertex("'a value or a tree on the left'", "'a deletion: ' || v.left_oid", "ll.kind = 2"),
                vertex("'a value or a tree on the right'", "'a deletion: ' || v.right_oid", "rl.kind = 2"),
                vertex(
                        "'prefix ' || depth || ' bits, a one, then zeros'",
                        "lower(hex(v.prefix))",
                        "case when v.depth = 0 then v.prefix <> " + dialect.bytes("80")
                                + " else substr(dacite_skip(v.prefix, 0, v.depth), case when v.depth / 8 + 1 < 128"
                                + " then 2 else 3 end) <> v.prefix end"),
                vertex(
                        "'a left child below bit 0 of its prefix'",
                        "lower(hex(" + LEFT_BITS + "))",
                        LEFT_END + " <= v.depth or " + LEFT_BITS + " >= v.prefix or dacite_skip(" + LEFT_BITS
                                + ", 0, v.depth) <> dacite_skip(v.prefix, 0, v.depth)"),
                vertex(
                        "'a right child below bit 1 of its prefix'",
                        "lower(hex(" + RIGHT_BITS + "))",
                        RIGHT_END + " <= v.depth or " + RIGHT_BITS + " < v.prefix or dacite_skip(" + RIGHT_BITS
                                + ", 0, v.depth) <> dacite_skip(v.prefix, 0, v.depth)"),
                vertex(
                        "'leaf_count ' || (" + count("lv", "ll") + " + " + count("rv", "rl") + ")",
                        "'' || v.leaf_count",
                        "v.leaf_count <> " + count("lv", "ll") + " + " + count("rv", "rl")));
    }

    /** Rows of {@code leaf} whose structure is wrong. */
    List<String> leaves() {
        return List.of(
                "select l.oid, 'a row for the top of its tree', 'none: ' || l.tree_oid " + TOPS
                        + " where l.kind = 1 and coalesce(tv.oid, tl.oid) is null and " + scope("-l.oid"),
                "select l.oid, 'tree_leaf_count ' || " + count("tv", "tl") + ", '' || l.tree_leaf_count " + TOPS
                        + " where l.kind = 1 and l.tree_leaf_count <> " + count("tv", "tl") + " and "
                        + scope("-l.oid"),
                "select l.oid, 'a row of tree ' || l.tree_id, 'none' from leaf l left join tree t on t.id = l.tree_id"
                        + " where l.tree_id <> 0 and t.id is null and " + scope("-l.oid"),
                "select l.oid, 'an earlier leaf of the same key', 'leaf ' || l.previous_oid from leaf l"
                        + " left join leaf p on p.oid = l.previous_oid where l.previous_oid is not null"
                        + " and (p.oid is null and not exists (select 1 from pruned) or p.key <> l.key or p.kind = 2) and "
                        + scope("-l.oid"),
                "select l.oid, 'an OID of its revision ' || l.revision_id, 'an OID outside of its range' from leaf l"
                        + " left join revision r on r.id = l.revision_id"
                        + " where (r.id is null or l.oid < r.first_oid or l.oid > r.last_oid) and " + scope("-l.oid"),
                "select l.oid, 'a row of other_value, or text', 'other bytes' from leaf l where not exists"
                        + " (select 1 from other_value) and l.kind = 0 and dacite_text(l.value) is null and "
                        + scope("-l.oid"));
    }

    String vertexCount() {
        return "select count(*) from vertex v where " + scope("v.oid");
    }

    String leafCount() {
        return "select count(*) from leaf l where " + scope("-l.oid");
    }

    /** Rows of {@code vertex} and {@code leaf} in a range of OIDs, which is bound twice. */
    static final String ROWS_IN_RANGE = "select (select count(*) from vertex where oid between ? and ?)"
            + " + (select count(*) from leaf where oid between ? and ?)";

    /** Rows that no revision's range holds, by table. */
    Map<String, String> orphans() {
        Map<String, String> questions = new TreeMap<>();
        questions.put("leaf", orphans("leaf"));
        if (!dialect.leavesVertices()) {
            questions.put("vertex", orphans("vertex"));
        }
        return questions;
    }

    private static String orphans(String table) {
        return "select t.oid, 'a revision that wrote it', 'none' from " + table + " t where t.oid > " + LAST_OID;
    }

    private String vertex(String expected, String found, String wrong) {
        return "select v.oid, " + expected.replace("depth", "v.depth") + ", " + found + " " + CHILDREN + " where ("
                + wrong + ") and " + scope("v.oid");
    }

    private static String count(String vertex, String leaf) {
        return "coalesce(" + vertex + ".leaf_count, " + leaf + ".tree_leaf_count, 1)";
    }

    private String scope(String link) {
        return reached ? link + " in (select link from dacite_reach)" : link.equals("v.oid") ? written : "1 = 1";
    }
}
