package org.dacite.store;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.CompactRange;
import org.dacite.log.LogDamageException;
import org.dacite.log.LogNodeSink;
import org.dacite.log.StoredLog;

/**
 * Looks for damage in the sequential trees: every node made anew from the entries of its log, and every revision where its
 * line says. For one call.
 */
final class FsckLogs {
    private static final String LOGS = "select id, name, parent_id, fork_size from log order by id";
    private static final String NODES = "select position, hash from log_node where log_id = ? order by position";
    private static final String HASHES = "select height, hash, id, nodes from revision where line_id = ? and ";

    /** Those of the first line before anything stands beside it, in the order of their ids, and all others, in that of an index. */
    private static final List<String> PARTS =
            List.of(HASHES + "id = height + 1 order by id", HASHES + "id <> height + 1 order by height");

    private static final String ENTRIES = "select number, entry from log_entry where log_id = ? order by number";
    private static final int FETCH_ROWS = 1_000;

    private final Connection connection;
    private final LogRows rows;
    private final HashAlgorithm algorithm;
    private final Map<Long, Revision> revisions;
    private final FsckFindings findings;
    private long revision;

    FsckLogs(
            Connection connection,
            Dialect dialect,
            HashAlgorithm algorithm,
            Map<Long, Revision> revisions,
            FsckFindings findings) {
        this.connection = connection;
        this.rows = new LogRows(connection, dialect);
        this.algorithm = algorithm;
        this.revisions = revisions;
        this.findings = findings;
    }

    void check() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOGS);
                ResultSet logs = statement.executeQuery()) {
            while (logs.next()) {
                boolean named = logs.getString(2) != null;
                long id = logs.getLong(3);
                OptionalLong parent = logs.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
                if (named) {
                    checkNamed(logs.getLong(1));
                } else {
                    checkLine(logs.getLong(1), parent, logs.getLong(4));
                }
            }
        }
        revisions.values().forEach(this::checkPlace);
    }

    /** A revision stands in the line of its parent, or is the first of a line that forks off there. */
    private void checkPlace(Revision revision) {
        if (revision.id() == revision.height() + 1 && !isFirst(revision.line())) {
            report("revision", revision.id(), "the line of all revisions before it", "line " + revision.line());
        }
        if (revision.parent().isEmpty()) {
            return;
        }
        Revision parent = revisions.get(revision.parent().getAsLong());
        if (parent == null) {
            report("revision", revision.id(), "parent " + revision.parent().getAsLong(), "none");
            return;
        }
        long holding = rows.holding(revision.line(), revision.height() - 1);
        if (holding != parent.line()) {
            report(
                    "revision",
                    revision.id(),
                    "a line that goes on from line " + parent.line() + " of its parent",
                    "line " + revision.line());
        }
    }

    private void checkNamed(long log) throws SQLException {
        try (PreparedStatement nodes = streaming(NODES, log);
                PreparedStatement entries = streaming(ENTRIES, log);
                ResultSet stored = nodes.executeQuery();
                ResultSet entry = entries.executeQuery()) {
            CompactRange range = CompactRange.empty(algorithm);
            LogNodeSink sink = (position, digest) -> compare(log, position, digest, stored);
            while (entry.next()) {
                if (isOutOfPlace(log, range, entry)) {
                    return;
                }
                range.append(entry.getBytes(2), sink);
            }
            if (stored.next()) {
                report(
                        "log_node",
                        log,
                        "no node after its " + range.size() + " entries",
                        "position " + stored.getLong(1));
            }
        } catch (DamagedLogException e) {
            report("log_node", log, e.expected, e.found);
        }
    }

    /** A line: each revision has the nodes that its hash completes. */
    private void checkLine(long line, OptionalLong parent, long forkSize) throws SQLException {
        try {
            CompactRange range = parent.isEmpty()
                    ? CompactRange.empty(algorithm)
                    : StoredLog.of(algorithm, forkSize, rows.lineNodes(parent.getAsLong()))
                            .range();
            boolean sound = true;
            for (String part : isFirst(line) ? PARTS : PARTS.subList(1, PARTS.size())) {
                sound = sound && checkRevisions(part, line, range);
            }
        } catch (LogDamageException e) {
            report("log", line, "the nodes of the line that it forked from", e.getMessage());
        }
    }

    private boolean isFirst(long line) {
        Revision first = revisions.get(1L);
        return first != null && first.line() == line;
    }

    /** The revisions of a part of a line, behind those that the range covers; false at the first damage, since all after it would be said to be wrong as well. */
    private boolean checkRevisions(String part, long line, CompactRange range) throws SQLException {
        try (PreparedStatement revisions = streaming(part, line);
                ResultSet entry = revisions.executeQuery()) {
            while (entry.next()) {
                revision = entry.getLong(3);
                if (isOutOfPlace(line, range, entry)) {
                    return false;
                }
                ByteArrayOutputStream nodes = new ByteArrayOutputStream();
                range.append(entry.getBytes(2), (position, digest) -> nodes.writeBytes(digest.bytes()));
                if (!Arrays.equals(nodes.toByteArray(), entry.getBytes(4))) {
                    report("revision", revision, "nodes " + hex(nodes.toByteArray()), hex(entry.getBytes(4)));
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isOutOfPlace(long log, CompactRange range, ResultSet entry) throws SQLException {
        if (entry.getLong(1) == range.size()) {
            return false;
        }
        report("log", log, "entry " + range.size(), "entry " + entry.getLong(1));
        return true;
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "none" : HexFormat.of().formatHex(bytes);
    }

    private static void compare(long log, long position, Digest digest, ResultSet stored) {
        try {
            String expected = "position " + position + ": " + digest;
            if (!stored.next()) {
                throw new DamagedLogException(expected, "none");
            }
            if (stored.getLong(1) != position || !digest.matches(stored.getBytes(2))) {
                throw new DamagedLogException(
                        expected, "position " + stored.getLong(1) + ": " + Digest.of(stored.getBytes(2)));
            }
        } catch (SQLException e) {
            throw new StoreException("expected to read the nodes of log " + log + ": " + e.getMessage(), e);
        }
    }

    private PreparedStatement streaming(String text, long log) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        statement.setFetchSize(FETCH_ROWS);
        statement.setLong(1, log);
        return statement;
    }

    private void report(String table, long id, String expected, String found) {
        findings.report(table, id, table.equals("revision") ? id : revision, expected, found);
    }

    /** Ends the walk of one log at its first damage: all nodes after it would be said to be wrong as well. */
    private static final class DamagedLogException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String expected;
        private final String found;

        private DamagedLogException(String expected, String found) {
            super("expected " + expected + ", found " + found, null, false, false);
            this.expected = expected;
            this.found = found;
        }
    }
}
