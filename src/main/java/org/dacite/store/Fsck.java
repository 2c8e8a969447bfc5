package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.log.CompactRange;
import org.dacite.tree.DamageException;
import org.dacite.tree.Rederivation;

/**
 * Looks for damage: every vertex re-hashed from its children and every leaf from its value inside the database, the
 * structure of all rows, the hashes and histories of revisions, and roots re-derived from leaves alone.
 *
 * <p>Reads one consistent state, beside the writer; changes nothing. For one call.
 */
public final class Fsck {
    private static final int MAX_DAMAGE = 10_000;

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
    private final List<Damage> damage = new ArrayList<>();
    private final TreeMap<Long, Long> firstOids = new TreeMap<>();
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
        return store.read((connection, dialect) -> {
            boolean readOnly = connection.isReadOnly();
            dialect.allowTemporaryTables(connection);
            connection.setAutoCommit(false); // one state for all questions
            try {
                return new Fsck(store, dialect, connection, progress).run(revision);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(readOnly);
            }
        });
    }

    private Report run(OptionalLong only) throws SQLException {
        Map<Long, Revision> revisions = new TreeMap<>();
        RevisionRows rows = new RevisionRows(connection, dialect);
        NameRows names = new NameRows(connection, dialect);
        rows.forEach(revision -> {
            firstOids.putIfAbsent(revision.firstOid(), revision.id());
            if (revision.lastOid() >= revision.firstOid()) {
                firstOids.put(revision.firstOid(), revision.id());
            }
            revisions.put(revision.id(), revision);
        });
        if (only.isEmpty()) {
            progress.accept("revisions");
            checkRevisions(revisions, names);
            new FsckLogs(connection, dialect, rule.algorithm(), revisions, damage).check();
            boolean underWay = !new PruneRows(connection, dialect).unswept().isEmpty();
            if (underWay) { // rows that nothing reaches may have lost those below them
                reach(
                        "select root_oid from revision where root_oid <> 0 and id not in (select revision_id from pruned)");
            }
            checkRows(underWay);
            for (String statement : FsckStatements.ORPHANS) {
                ask(statement.contains("from vertex") ? "vertex" : "leaf", statement);
            }
            progress.accept("roots from the leaves alone");
            for (long head : names.branches().values()) {
                Optional.ofNullable(revisions.get(head))
                        .filter(revision -> !revision.pruned())
                        .ifPresent(this::rederive);
            }
        } else {
            Revision revision = Optional.ofNullable(revisions.get(only.getAsLong()))
                    .orElseThrow(() ->
                            new IllegalArgumentException("expected the id of a revision, got " + only.getAsLong()));
            if (revision.pruned()) {
                throw new IllegalArgumentException("expected a revision whose state is kept, got revision "
                        + revision.id() + ", which was pruned");
            }
            checkRevision(revision, line(revision, revisions));
            if (revision.rootLink() != 0) {
                reach("select root_oid from revision where id = " + revision.id());
                checkRows(true);
            }
            rederive(revision);
        }
        return new Report(only.isEmpty() ? revisions.size() : 1, vertices, leaves, List.copyOf(damage));
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
            while (rows.next() && damage.size() < MAX_DAMAGE) {
                report(table, rows.getLong(1), rows.getString(2), rows.getString(3));
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
            while (rows.next() && damage.size() < MAX_DAMAGE) {
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
                        report("leaf", rows.getLong(1), "a value or the top of a tree to hash", "none");
                    }
                } else if (stored == null || !Arrays.equals(stored, computed)) {
                    report(rehash.table(), rows.getLong(1), hex(computed), stored == null ? "none" : hex(stored));
                }
            }
        }
    }

    private void checkRevisions(Map<Long, Revision> byId, NameRows names) throws SQLException {
        boolean whole = byId.values().stream().noneMatch(Revision::pruned); // else deletions may have gone too
        Map<Long, CompactRange> open = new HashMap<>();
        long nextOid = 1;
        for (Revision revision : byId.values()) {
            CompactRange line = revision.parent().isEmpty()
                    ? CompactRange.empty(rule.algorithm())
                    : lineAfter(byId.get(revision.parent().getAsLong()), open, byId);
            checkRevision(revision, line);
            open.put(revision.id(), line);
            expect(
                    revision,
                    "first_oid " + nextOid,
                    "first_oid " + revision.firstOid(),
                    nextOid == revision.firstOid());
            nextOid = revision.lastOid() + 1;
            if (whole) {
                checkRange(revision);
            }
        }
        Map<String, Long> branches = names.branches();
        if (branches.isEmpty() && !byId.isEmpty()) {
            report("branch", 0, "a branch that leads to the revisions", "none");
        }
        for (Map.Entry<String, Long> branch : branches.entrySet()) {
            if (!byId.containsKey(branch.getValue())) {
                report("branch", branch.getValue(), "a revision for branch " + branch.getKey(), "none");
            }
        }
        names.tags().forEach((tag, id) -> {
            if (!byId.containsKey(id)) {
                report("tag", id, "a revision for tag " + tag, "none");
            }
        });
    }

    /** The range over a revision and all before it; taken from the child before it where that went on from here. */
    private CompactRange lineAfter(Revision parent, Map<Long, CompactRange> open, Map<Long, Revision> byId) {
        if (parent == null) {
            return CompactRange.empty(rule.algorithm());
        }
        CompactRange range = open.remove(parent.id());
        if (range == null) {
            range = line(parent, byId);
        }
        range.append(parent.hash().bytes());
        return range;
    }

    /** The range over all revisions before one on its line. */
    private CompactRange line(Revision revision, Map<Long, Revision> byId) {
        List<byte[]> hashes = new ArrayList<>();
        Revision at = revision;
        while (at != null && at.parent().isPresent()) {
            at = byId.get(at.parent().getAsLong());
            if (at != null) {
                hashes.add(at.hash().bytes());
            }
        }
        Collections.reverse(hashes);
        CompactRange range = CompactRange.empty(rule.algorithm());
        hashes.forEach(range::append);
        return range;
    }

    private void checkRevision(Revision revision, CompactRange line) throws SQLException {
        byte[] history = line.root();
        expect(
                revision,
                "history " + hex(history),
                "history " + revision.history(),
                revision.history().matches(history));
        expect(revision, "height " + line.size(), "height " + revision.height(), line.size() == revision.height());
        byte[] hash = rule.revision(
                revision.height(),
                revision.root().bytes(),
                revision.history().bytes(),
                revision.timeMillis(),
                revision.author(),
                revision.message());
        expect(
                revision,
                "hash " + hex(hash),
                "hash " + revision.hash(),
                revision.hash().matches(hash));
        if (!revision.pruned()) {
            checkTop(revision);
        }
    }

    private void checkTop(Revision revision) throws SQLException {
        if (revision.rootLink() == 0) {
            Digest empty = Digest.of(rule.emptyRoot());
            expect(revision, "root " + empty, "root " + revision.root(), empty.equals(revision.root()));
            expect(revision, "leaf_count 0", "leaf_count " + revision.leafCount(), revision.leafCount() == 0);
            return;
        }
        String text =
                "select coalesce(v.hash, l.hash), coalesce(v.prefix, l.key), coalesce(v.depth, 8 * length(l.key)),"
                        + " coalesce(v.leaf_count, l.tree_leaf_count, 1) from (select cast(? as bigint) as link) k"
                        + " left join vertex v on v.oid = k.link left join leaf l on l.oid = -k.link";
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setLong(1, revision.rootLink());
            ResultSet row = statement.executeQuery();
            row.next();
            byte[] hash = row.getBytes(1);
            if (hash == null) {
                expect(revision, "a row for its top node", "none: " + revision.rootLink(), false);
                return;
            }
            byte[] root = rule.root(hash, row.getBytes(2), row.getInt(3));
            expect(
                    revision,
                    "root " + hex(root),
                    "root " + revision.root(),
                    revision.root().matches(root));
            long count = row.getLong(4);
            expect(
                    revision,
                    "leaf_count " + count,
                    "leaf_count " + revision.leafCount(),
                    count == revision.leafCount());
        }
    }

    private void checkRange(Revision revision) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FsckStatements.ROWS_IN_RANGE)) {
            for (int i = 1; i <= 4; i += 2) {
                statement.setLong(i, revision.firstOid());
                statement.setLong(i + 1, revision.lastOid());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long rows = row.getLong(1);
                long expected = revision.lastOid() - revision.firstOid() + 1;
                expect(
                        revision,
                        expected + " rows of OIDs " + revision.firstOid() + " to " + revision.lastOid(),
                        rows + " rows",
                        rows == expected);
            }
        }
    }

    private void rederive(Revision revision) {
        try {
            RowSource source = new RowSource(dialect, new NodeCache(1 << 20), this::lend, new Counters());
            byte[] root = Rederivation.root(source, revision.rootLink(), rule);
            expect(
                    revision,
                    "root from the leaves " + hex(root),
                    "root " + revision.root(),
                    revision.root().matches(root));
        } catch (DamageException | IllegalArgumentException e) {
            report("revision", revision.id(), "a root from the leaves", e.getMessage());
        }
    }

    private <T> T lend(RowSource.Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    private void expect(Revision revision, String expected, String found, boolean holds) {
        if (!holds) {
            damage.add(new Damage("revision", revision.id(), revision.id(), expected, found));
        }
    }

    private void report(String table, long oid, String expected, String found) {
        long writer = List.of("revision", "branch", "tag").contains(table)
                ? oid
                : Optional.ofNullable(firstOids.floorEntry(oid))
                        .map(Map.Entry::getValue)
                        .orElse(0L);
        damage.add(new Damage(table, oid, writer, expected, found));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
