package org.dacite.store;

import java.util.List;

/**
 * What a sweep takes away of the context: hashes of directories and values whose trees and leaves go, and the inodes that no
 * directory which stays leads to. Only texts of statements; for {@link Sweep}, which marked what stays.
 */
final class ContextSweep {
    private static final String LAST_INODE = "(select last from dacite_live_inodes)";

    /**
     * A table that is swept.
     *
     * @param table its name
     * @param key its key
     * @param old whether a row {@code t} was there when the mark was made
     * @param dead whether a row {@code t} has to go
     * @param bytes about how many bytes a row {@code t} takes
     */
    record Rows(String table, String key, String old, String dead, String bytes) {}

    private ContextSweep() {}

    /** The statements that mark inodes, once the links of all rows that stay are marked. */
    static List<String> marks(Dialect dialect) {
        return List.of(
                "create temp table dacite_live_inodes as select coalesce(max(id), 0) as last from context_inode",
                "create temp table dacite_live_inode (id bigint primary key)",
                "insert into dacite_live_inode with recursive reach (id) as ("
                        + "select d.inode_id from context_directory d join dacite_live l on l.link = d.top_oid"
                        + " where d.inode_id is not null union select cast(e.value as bigint) from reach"
                        + " join context_inode i on i.id = reach.id cross join " + dialect.elements("i.children")
                        + ") select id from reach");
    }

    /** The tables, parents before children. */
    static List<Rows> tables(long lastOid) {
        return List.of(
                new Rows(
                        "context_directory",
                        "top_oid",
                        "abs(t.top_oid) <= " + lastOid,
                        "not exists (select 1 from dacite_live d where d.link = t.top_oid)",
                        "32 + 20"),
                new Rows(
                        "context_inode",
                        "id",
                        "t.id <= " + LAST_INODE,
                        "not exists (select 1 from dacite_live_inode d where d.id = t.id)",
                        "length(t.content) + length(t.children) + 20"),
                new Rows(
                        "context_value",
                        "leaf_oid",
                        "t.leaf_oid <= " + lastOid,
                        "not exists (select 1 from dacite_live d where d.link = -t.leaf_oid)",
                        "32 + 12"));
    }
}
