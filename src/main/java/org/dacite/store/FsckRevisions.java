package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.log.CompactRange;

/** Looks for damage in revisions: their hashes, histories, places and tops, and the names that lead to them. For one call. */
final class FsckRevisions {
    private final Connection connection;
    private final CanonicalHash rule;
    private final Map<Long, Revision> byId;
    private final FsckFindings findings;

    FsckRevisions(Connection connection, CanonicalHash rule, Map<Long, Revision> byId, FsckFindings findings) {
        this.connection = connection;
        this.rule = rule;
        this.byId = byId;
        this.findings = findings;
    }

    /** Checks one of them, in the light of those before it on its line. */
    void one(Revision revision) throws SQLException {
        checkRevision(revision, line(revision));
    }

    /** Checks all of them, and what branches and tags name. */
    void all(NameRows names) throws SQLException {
        boolean whole = byId.values().stream().noneMatch(Revision::pruned); // else deletions may have gone too
        Map<Long, CompactRange> open = new HashMap<>();
        long nextOid = 1;
        for (Revision revision : byId.values()) {
            CompactRange line = revision.parent().isEmpty()
                    ? CompactRange.empty(rule.algorithm())
                    : lineAfter(byId.get(revision.parent().getAsLong()), open);
            checkRevision(revision, line);
            open.put(revision.id(), line);
            findings.expect(
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
            findings.report("branch", 0, "a branch that leads to the revisions", "none");
        }
        for (Map.Entry<String, Long> branch : branches.entrySet()) {
            if (!byId.containsKey(branch.getValue())) {
                findings.report("branch", branch.getValue(), "a revision for branch " + branch.getKey(), "none");
            }
        }
        names.tags().forEach((tag, id) -> {
            if (!byId.containsKey(id)) {
                findings.report("tag", id, "a revision for tag " + tag, "none");
            }
        });
    }

    /** The range over a revision and all before it; taken from the child before it where that went on from here. */
    private CompactRange lineAfter(Revision parent, Map<Long, CompactRange> open) {
        if (parent == null) {
            return CompactRange.empty(rule.algorithm());
        }
        CompactRange range = open.remove(parent.id());
        if (range == null) {
            range = line(parent);
        }
        range.append(parent.hash().bytes());
        return range;
    }

    /** The range over all revisions before one on its line. */
    private CompactRange line(Revision revision) {
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
        findings.expect(
                revision,
                "history " + FsckFindings.hex(history),
                "history " + revision.history(),
                revision.history().matches(history));
        findings.expect(
                revision, "height " + line.size(), "height " + revision.height(), line.size() == revision.height());
        byte[] hash = rule.revision(
                revision.height(),
                revision.root().bytes(),
                revision.history().bytes(),
                revision.timeMillis(),
                revision.author(),
                revision.message());
        findings.expect(
                revision,
                "hash " + FsckFindings.hex(hash),
                "hash " + revision.hash(),
                revision.hash().matches(hash));
        if (!revision.pruned()) {
            checkTop(revision);
        }
    }

    private void checkTop(Revision revision) throws SQLException {
        if (revision.rootLink() == 0) {
            Digest empty = Digest.of(rule.emptyRoot());
            findings.expect(revision, "root " + empty, "root " + revision.root(), empty.equals(revision.root()));
            findings.expect(revision, "leaf_count 0", "leaf_count " + revision.leafCount(), revision.leafCount() == 0);
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
                findings.expect(revision, "a row for its top node", "none: " + revision.rootLink(), false);
                return;
            }
            byte[] root = rule.root(hash, row.getBytes(2), row.getInt(3));
            findings.expect(
                    revision,
                    "root " + FsckFindings.hex(root),
                    "root " + revision.root(),
                    revision.root().matches(root));
            long count = row.getLong(4);
            findings.expect(
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
                findings.expect(
                        revision,
                        expected + " rows of OIDs " + revision.firstOid() + " to " + revision.lastOid(),
                        rows + " rows",
                        rows == expected);
            }
        }
    }
}
