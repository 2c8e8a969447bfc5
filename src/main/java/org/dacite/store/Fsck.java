package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dacite.hashing.CanonicalHash;
import org.dacite.tree.DamageException;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Rederivation;

/**
 * Looks for damage: every vertex re-hashed from its children and every leaf from its value inside the database, the
 * structure of all rows, the hashes and histories of revisions, and roots re-derived from leaves alone; where commits carry other
 * hashes as well, those and what is remembered for them, by {@link SchemeFsck}.
 *
 * <p>Reads one consistent state, beside the writer; changes nothing. For one call.
 */
public final class Fsck {
    /**
     * A row that is not what it must be.
     *
     * @param table its table
     * @param oid its OID, or the id of a revision or a log
     * @param revision the revision that wrote it, 0 when none did
     * @param expected what must be there, digests in hex
     * @param found what is there
     */
    public record Damage(String table, long oid, long revision, String expected, String found) {}

    /**
     * What was looked at and what is wrong; past 10,000 damages no more are listed.
     *
     * @param revisions revisions whose hashes were made anew
     * @param vertices vertices re-hashed
     * @param leaves leaves re-hashed
     * @param damage empty when all is well
     */
    public record Report(long revisions, long vertices, long leaves, List<Damage> damage) {}

    private final Store store;
    private final Dialect dialect;
    private final Connection connection;
    private final CanonicalHash rule;
    private final Consumer<String> progress;
    private final FsckFindings findings = new FsckFindings();
    private long vertices;
    private long leaves;

    private Fsck(Store store, Dialect dialect, Connection connection, Consumer<String> progress) {
        this.store = store;
        this.dialect = dialect;
        this.connection = connection;
        this.rule = CanonicalHash.of(store.format().hash());
        this.progress = progress;
    }

    /**
     * Checks all rows, or those that one revision reaches.
     *
     * @param revision the id of the revision; empty: everything
     * @param progress told what is looked at next
     */
    public static Report check(Store store, OptionalLong revision, Consumer<String> progress) {
        return store.readAtOnce((connection, dialect) -> {
            dialect.allowTemporaryTables(connection);
            return new Fsck(store, dialect, connection, progress).run(revision);
        });
    }

    private Report run(OptionalLong only) throws SQLException {
        Map<Long, Revision> revisions = new TreeMap<>();
        RevisionRows rows = new RevisionRows(connection, dialect);
        NameRows names = new NameRows(connection, dialect);
        rows.forEach(revision -> {
            findings.wrote(revision);
            revisions.put(revision.id(), revision);
        });
        FsckRevisions checked = new FsckRevisions(connection, rule, revisions, findings);
        if (only.isEmpty()) {
            progress.accept("revisions");
            checked.all(names);
            new FsckLogs(connection, dialect, rule.algorithm(), revisions, findings).check();
            boolean underWay = !new PruneRows(connection, dialect).unswept().isEmpty();
            if (underWay) { // rows that nothing reaches may have lost those below them
                reach(
                        "select root_oid from revision where root_oid <> 0 and id not in (select revision_id from pruned)");
            }
            checkRows(underWay);
            for (Map.Entry<String, String> orphans :
                    new FsckStatements(dialect, false).orphans().entrySet()) {
                ask(orphans.getKey(), orphans.getValue());
            }
            progress.accept("roots from the leaves alone");
            List<Revision> heads = names.branches().values().stream()
                    .map(revisions::get)
                    .filter(head -> head != null && !head.pruned())
                    .distinct()
                    .toList();
            heads.forEach(this::rederive);
            checkScheme(revisions.values(), heads, underWay ? FsckScheme.Scope.KEPT : FsckScheme.Scope.ALL);
        } else {
            Revision revision = Optional.ofNullable(revisions.get(only.getAsLong()))
                    .orElseThrow(() ->
                            new IllegalArgumentException("expected the id of a revision, got " + only.getAsLong()));
            if (revision.pruned()) {
                throw new IllegalArgumentException("expected a revision whose state is kept, got revision "
                        + revision.id() + ", which was pruned");
            }
            checked.one(revision);
            if (revision.rootLink() != 0) {
                reach("select root_oid from revision where id = " + revision.id());
                checkRows(true);
            }
            rederive(revision);
            checkScheme(
                    List.of(revision),
                    List.of(revision),
                    revision.rootLink() == 0 ? FsckScheme.Scope.EMPTY : FsckScheme.Scope.ONE);
        }
        return new Report(only.isEmpty() ? revisions.size() : 1, vertices, leaves, findings.damage());
    }

    /** Puts the links of what these tops reach into a table. */
    private void reach(String tops) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table dacite_reach (link bigint primary key)");
            statement.execute("insert into dacite_reach " + dialect.reach(tops));
        }
    }

    private void checkRows(boolean reached) throws SQLException {
        FsckStatements statements = new FsckStatements(dialect, reached);
        progress.accept("structure of vertices");
        for (String statement : statements.vertices()) {
            ask("vertex", statement);
        }
        progress.accept("structure of leaves");
        for (String statement : statements.leaves()) {
            ask("leaf", statement);
        }
        progress.accept("hashes");
        for (FsckStatements.Rehash each : statements.digests()) {
            rehash(each);
        }
        vertices = count(statements.vertexCount());
        leaves = count(statements.leafCount());
    }

    private long count(String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private PreparedStatement streaming(String text) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        statement.setFetchSize(1_000);
        return statement;
    }

    /** Runs a question that answers {@code oid, expected, found} for every row that is wrong. */
    private void ask(String table, String question) throws SQLException {
        try (PreparedStatement statement = streaming(question);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next() && !findings.full()) {
                findings.report(table, rows.getLong(1), rows.getString(2), rows.getString(3));
            }
        }
    }

    /** In the database where the engine has the algorithm, else row by row in Java. */
    private void rehash(FsckStatements.Rehash rehash) throws SQLException {
        boolean inDatabase = dialect.hasHash(store.format().hash());
        String text = inDatabase
                ? "select oid, computed, stored from (select oid, stored, dacite_hash(preimage) as computed" + " from ("
                        + rehash.from() + ") p) q where computed <> stored or computed is null or stored is null"
                : rehash.from();
        try (PreparedStatement statement = streaming(text);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next() && !findings.full()) {
                byte[] stored = rows.getBytes(inDatabase ? 3 : 2);
                byte[] computed;
                if (inDatabase) {
                    computed = rows.getBytes(2);
                } else {
                    byte[] preimage = rows.getBytes(3);
                    computed = preimage == null ? null : store.format().hash().hash(preimage);
                }
                if (computed == null) {
                    // of a vertex, its structure tells which child is missing
                    if (rehash.table().equals("leaf")) {
                        findings.report("leaf", rows.getLong(1), "a value or the top of a tree to hash", "none");
                    }
                } else if (stored == null || !Arrays.equals(stored, computed)) {
                    findings.report(
                            rehash.table(),
                            rows.getLong(1),
                            FsckFindings.hex(computed),
                            stored == null ? "none" : FsckFindings.hex(stored));
                }
            }
        }
    }

    private void checkScheme(Collection<Revision> revisions, List<Revision> heads, FsckScheme.Scope scope) {
        new FsckScheme(connection, dialect, nodes(), revisions, heads, scope, findings, progress).check();
    }

    private NodeSource nodes() {
        return new RowSource(dialect, new NodeCache(1 << 20), this::lend, new Counters());
    }

    private void rederive(Revision revision) {
        try {
            byte[] root = Rederivation.root(nodes(), revision.rootLink(), rule);
            findings.expect(
                    revision,
                    "root from the leaves " + FsckFindings.hex(root),
                    "root " + revision.root(),
                    revision.root().matches(root));
        } catch (DamageException | IllegalArgumentException e) {
            findings.report("revision", revision.id(), "a root from the leaves", e.getMessage());
        }
    }

    private <T> T lend(RowSource.Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }
}
