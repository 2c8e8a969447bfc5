package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dacite.tree.NodeSource;

/** Shows what commits carry beside the store's own hashes to who knows its rules. For one call of {@link Fsck}. */
final class FsckScheme implements SchemeFsck.Evidence {
    private static final String DIRECTORIES =
            "select d.top_oid, d.entry_count, d.inode_id, d.hash from context_directory d where %s order by abs(d.top_oid)";
    private static final String INODES =
            "select i.id, i.depth, i.entry_count, i.children, i.content from context_inode i order by i.id";
    private static final String VALUES = "select v.leaf_oid, v.hash, l.value from context_value v"
            + " left join leaf l on l.oid = v.leaf_oid and l.kind = 0 where %s order by v.leaf_oid";
    private static final Set<String> BY_REVISION = Set.of("context_commit");
    private static final Set<String> BY_NUMBER = Set.of("context_inode");
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final Dialect dialect;
    private final ContextRows contexts;
    private final NodeSource nodes;
    private final Collection<Revision> revisions;
    private final List<Revision> heads;
    private final Scope scope;
    private final FsckFindings findings;
    private final Consumer<String> progress;

    /** Which rows are looked at. */
    enum Scope {
        /** All there are. */
        ALL("1 = 1"),
        /** Those of nodes in the table {@code dacite_reach}; of all revisions that are kept. */
        KEPT("%s in (select link from dacite_reach)"),
        /** Those of nodes in the table {@code dacite_reach}; of one revision. */
        ONE("%s in (select link from dacite_reach)"),
        /** None: the one revision is empty. */
        EMPTY("1 = 0");

        private final String condition;

        Scope(String condition) {
            this.condition = condition;
        }
    }

    FsckScheme(
            Connection connection,
            Dialect dialect,
            NodeSource nodes,
            Collection<Revision> revisions,
            List<Revision> heads,
            Scope scope,
            FsckFindings findings,
            Consumer<String> progress) {
        this.connection = connection;
        this.dialect = dialect;
        this.contexts = new ContextRows(connection, dialect, new ContextCache());
        this.nodes = nodes;
        this.revisions = revisions;
        this.heads = heads;
        this.scope = scope;
        this.findings = findings;
        this.progress = progress;
    }

    /** Looks, where commits carry other hashes. */
    void check() {
        contexts.scheme().ifPresent(scheme -> SchemeFsck.of(scheme).check(this));
    }

    @Override
    public Collection<Revision> revisions() {
        return revisions;
    }

    @Override
    public List<Revision> heads() {
        return heads;
    }

    @Override
    public boolean whole() {
        return scope == Scope.ALL;
    }

    @Override
    public NodeSource nodes() {
        return nodes;
    }

    @Override
    public <T> T contexts(Function<ContextRows, T> work) {
        return work.apply(contexts);
    }

    @Override
    public void directories(Consumer<DirectoryHash> each) {
        stream(DIRECTORIES, "d.top_oid", row -> each.accept(ContextRows.directory(row)));
    }

    @Override
    public void inodes(Consumer<Inode> each) {
        stream(INODES, "", row -> each.accept(ContextRows.inode(row)));
    }

    @Override
    public void values(SchemeFsck.ValueConsumer each) {
        stream(VALUES, "-v.leaf_oid", row -> each.value(row.getLong(1), row.getBytes(2), row.getBytes(3)));
    }

    @Override
    public void progress(String what) {
        progress.accept(what);
    }

    @Override
    public void damage(String table, long id, String expected, String found) {
        if (BY_REVISION.contains(table)) {
            findings.report(table, id, id, expected, found);
        } else if (BY_NUMBER.contains(table)) {
            findings.report(table, id, 0, expected, found);
        } else {
            findings.report(table, id, expected, found);
        }
    }

    private void stream(String text, String link, RowConsumer each) {
        try (PreparedStatement statement =
                connection.prepareStatement(String.format(text, String.format(scope.condition, link)))) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && !findings.full()) {
                    each.accept(rows);
                }
            }
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }
}
