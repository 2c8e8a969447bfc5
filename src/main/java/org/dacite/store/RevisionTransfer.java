package org.dacite.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.tree.DamageException;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeCheck;
import org.dacite.tree.Vertex;

/**
 * Puts revisions of one store into another, each with its rows, and makes every hash anew there before it counts: a row from
 * what stands below it, which has a lower OID and so came before; a revision from its top node and from the line before it.
 *
 * <p>What stands above a row that the source has swept is reached by no revision that is kept, and is left out. For one thread.
 */
final class RevisionTransfer {
    private final RowPages source;
    private final Transfer.Witness witness;
    private final CanonicalHash rule;
    private final NodeCheck check;
    private final Lines lines;
    private final Map<Long, RowPages.LogRow> newLines = new HashMap<>();
    private long vertices;
    private long leaves;
    private long trees;

    RevisionTransfer(RowPages source, StoreFormat format, Transfer.Witness witness) {
        this.source = source;
        this.witness = witness;
        this.rule = CanonicalHash.of(format.hash());
        this.check = new NodeCheck(rule);
        this.lines = new Lines(format.hash());
    }

    long vertices() {
        return vertices;
    }

    long leaves() {
        return leaves;
    }

    /** Takes note of the lines that revisions may begin. */
    void know(List<RowPages.LogRow> logs) {
        logs.stream().filter(log -> log.name() == null).forEach(log -> newLines.put(log.id(), log));
    }

    /** Puts the next revision, which is of an id one higher than the newest, behind those that are there. */
    void put(Revision revision, WriteTransaction into) throws SQLException {
        long at = revision.firstOid() - 1;
        while (at < revision.lastOid()) {
            RowPages.Page page = source.nodes(at, revision.lastOid());
            put(page.rows(), into);
            at = page.through();
        }
        putTrees(into);
        into.flush();
        boolean whole = checkTop(revision, into);
        putRow(revision, into);
        Optional<Digest> carried = source.carried(revision.id());
        if (carried.isPresent() && whole) {
            Optional<Revision> parent = parent(revision, into);
            long base = parent.map(Revision::rootLink).orElse(0L);
            witness.put(into, parent, top(base, into) == null ? 0 : base, revision, carried.get());
        } else if (carried.isPresent()) {
            into.contexts().append(revision.id(), carried.get());
        }
    }

    private static Optional<Revision> parent(Revision revision, WriteTransaction into) {
        return revision.parent().isEmpty()
                ? Optional.empty()
                : into.revision(revision.parent().getAsLong());
    }

    private void put(List<Object> rows, WriteTransaction into) throws SQLException {
        Map<Long, Node> below = below(rows, into);
        for (Object row : rows) {
            if (row instanceof Vertex vertex) {
                Node left = below.get(vertex.left());
                Node right = below.get(vertex.right());
                if (left != null && right != null) {
                    check.vertex(vertex, left, right);
                    into.vertex(vertex);
                    below.put(vertex.link(), vertex);
                    vertices++;
                }
            } else {
                RowAppender.LeafRow leaf = (RowAppender.LeafRow) row;
                if (sound(leaf, below)) {
                    into.row(leaf);
                    trees = Math.max(trees, leaf.treeId());
                    leaves++;
                }
            }
        }
        into.flush();
    }

    private boolean sound(RowAppender.LeafRow row, Map<Long, Node> below) {
        Leaf leaf = row.node();
        if (leaf == null) {
            return true;
        }
        if (leaf.isTree()) {
            Node top = below.get(leaf.tree());
            if (top == null) {
                return false;
            }
            check.link(leaf, top);
        } else {
            check.value(leaf);
        }
        below.put(leaf.link(), leaf);
        return true;
    }

    /** What stands below these rows and is no row of them. */
    private static Map<Long, Node> below(List<Object> rows, WriteTransaction into) throws SQLException {
        Map<Long, Node> found = new HashMap<>();
        for (Object row : rows) {
            if (row instanceof Vertex vertex) {
                found.put(vertex.left(), null);
                found.put(vertex.right(), null);
            } else if (((RowAppender.LeafRow) row).treeOid() != 0) {
                found.put(((RowAppender.LeafRow) row).treeOid(), null);
            }
        }
        for (Object row : rows) {
            found.remove(row instanceof Vertex vertex ? vertex.link() : -((RowAppender.LeafRow) row).oid());
        }
        into.find(found);
        return found;
    }

    /** Puts the rows of all trees that there are; some have a name and no leaf of their own. */
    void putAllTrees(WriteTransaction into) throws SQLException {
        trees = source.number("select coalesce(max(id), 0) from tree");
        putTrees(into);
    }

    private void putTrees(WriteTransaction into) throws SQLException {
        long have = new RowPages(into.connection()).number("select coalesce(max(id), 0) from tree");
        while (have < trees) {
            List<RowPages.TreeRow> page = source.trees(have, trees);
            if (page.isEmpty()) {
                return;
            }
            try (PreparedStatement insert = into.connection()
                    .prepareStatement("insert into tree (id, parent_id, key, user_key) values (?, ?, ?, ?)")) {
                for (RowPages.TreeRow tree : page) {
                    insert.setLong(1, tree.id());
                    insert.setLong(2, tree.parent());
                    insert.setBytes(3, tree.key());
                    insert.setBytes(4, tree.userKey());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            have = page.get(page.size() - 1).id();
        }
    }

    /** Whether the state is there. That of a revision that was given up may be gone; that it is not of another is looked at in the end. */
    private boolean checkTop(Revision revision, WriteTransaction into) throws SQLException {
        if (revision.rootLink() == 0) {
            expect(revision, "root", Digest.of(rule.emptyRoot()), revision.root());
            expect(revision, "leaf_count", 0L, revision.leafCount());
            return true;
        }
        Node top = top(revision.rootLink(), into);
        if (top != null) {
            expect(revision, "root", Digest.of(rule.root(top.hash(), top.bits(), top.endBit())), revision.root());
            expect(revision, "leaf_count", top.leafCount(), revision.leafCount());
        }
        return top != null;
    }

    /** The node of a link; null where there is none. */
    private static Node top(long link, WriteTransaction into) {
        Map<Long, Node> found = new HashMap<>();
        found.put(link, null);
        into.find(found);
        return found.get(link);
    }

    private void putRow(Revision revision, WriteTransaction into) throws SQLException {
        Optional<Revision> parent = parent(revision, into);
        RowPages.LogRow line = newLines.remove(revision.line());
        if (line != null && line(revision.line(), into) == 0) {
            putLine(line, into);
        }
        expect(revision, "parent", revision.parent().isPresent(), parent.isPresent());
        long height = parent.map(each -> each.height() + 1).orElse(0L);
        expect(revision, "height", height, revision.height());
        if (parent.isPresent()) {
            long holding = into.logs().holding(revision.line(), height - 1);
            expect(revision, "line after that of its parent", parent.get().line(), holding);
        }
        expect(revision, "history", Digest.of(lines.history(parent, into)), revision.history());
        byte[] hash = rule.revision(
                height,
                revision.root().bytes(),
                revision.history().bytes(),
                revision.timeMillis(),
                revision.author(),
                revision.message());
        expect(revision, "hash", Digest.of(hash), revision.hash());
        into.append(revision, lines.append(revision.hash()));
    }

    private static long line(long id, WriteTransaction into) throws SQLException {
        return new RowPages(into.connection()).number("select count(*) from log where id = " + id);
    }

    /** Makes the row of a line or a log, with its own id. */
    static void putLine(RowPages.LogRow log, WriteTransaction into) throws SQLException {
        into.flush();
        try (PreparedStatement insert = into.connection()
                .prepareStatement("insert into log (id, name, parent_id, fork_size) values (?, ?, ?, ?)")) {
            insert.setLong(1, log.id());
            insert.setString(2, log.name());
            if (log.parent() == 0) {
                insert.setNull(3, Types.BIGINT);
            } else {
                insert.setLong(3, log.parent());
            }
            insert.setLong(4, log.forkSize());
            insert.executeUpdate();
        }
    }

    private static void expect(Revision revision, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new DamageException(
                    revision.rootLink(),
                    "expected " + what + " " + expected + " of revision " + revision.id() + ", found " + found);
        }
    }

    /** The first revision that has no state and was not given up. */
    static OptionalLong bare(WriteTransaction into) throws SQLException {
        into.flush();
        try (PreparedStatement statement = into.connection()
                        .prepareStatement(
                                "select r.id from revision r where r.root_oid <> 0"
                                        + " and not exists (select 1 from pruned p where p.revision_id = r.id)"
                                        + " and not exists (select 1 from vertex v where v.oid = r.root_oid)"
                                        + " and not exists (select 1 from leaf l where l.oid = -r.root_oid) order by r.id limit 1");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }
}
