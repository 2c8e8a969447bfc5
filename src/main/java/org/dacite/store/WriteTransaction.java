package org.dacite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dacite.bits.Bits;
import org.dacite.tree.Leaf;
import org.dacite.tree.NodeSink;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Vertex;

/**
 * The one open write: sees the newest rows, appends new ones, moves branches. All of it is committed or none. For the
 * thread that runs it, and only while it runs.
 */
public final class WriteTransaction implements NodeSink {
    private final Connection connection;
    private final Dialect dialect;
    private final RevisionRows rows;
    private final NodeSource source;
    private final BackgroundAppender appender;
    private final long nextRevision;
    private final long nextOid;
    private final Map<TreeName, Long> treeIds = new HashMap<>();
    private long vertices;
    private long leaves;
    private long hashes;
    private long appendedBytes;

    WriteTransaction(Writer writer, Dialect dialect, NodeCache cache, Counters counters) {
        this.connection = writer.connection();
        this.dialect = dialect;
        this.rows = writer.rows();
        this.source = new RowSource(dialect, cache, this::lend, counters);
        this.appender = writer.appender();
        Optional<Revision> newest = rows.newest();
        this.nextRevision = newest.map(Revision::id).orElse(0L) + 1;
        this.nextOid = newest.map(Revision::lastOid).orElse(0L) + 1;
    }

    /** The newest revision of a branch, as this transaction sees it. */
    public Optional<Revision> head(String branch) {
        return rows.head(branch);
    }

    /** All branches with the ids of their heads. */
    public Map<String, Long> branches() {
        return rows.branches();
    }

    /** The hashes of a revision's line, oldest first, its own last. */
    public List<byte[]> lineHashes(long revision) {
        append(appender::settle);
        return rows.lineHashes(revision);
    }

    /** The id of the revision that this transaction may append. */
    public long nextRevision() {
        return nextRevision;
    }

    /** The first OID that is free. */
    public long nextOid() {
        return nextOid;
    }

    /** The nodes of the store. */
    public NodeSource nodes() {
        return source;
    }

    @Override
    public void vertex(Vertex vertex) {
        append(() -> appender.vertex(vertex));
        vertices++;
        appendedBytes += vertex.sizeBytes();
    }

    @Override
    public void leaf(Leaf leaf, long treeId, long previousOid) {
        append(() -> appender.leaf(new RowAppender.LeafRow(
                leaf.oid(),
                treeId,
                leaf.key(),
                leaf.userKey(),
                leaf.isTree() ? RowAppender.LeafRow.TREE : RowAppender.LeafRow.VALUE,
                leaf.value(),
                leaf.tree(),
                leaf.isTree() ? leaf.leafCount() : 0,
                leaf.hash(),
                previousOid,
                leaf.revision(),
                leaf)));
        appendedBytes += leaf.sizeBytes();
        leaves++;
    }

    @Override
    public void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid) {
        append(() -> appender.leaf(new RowAppender.LeafRow(
                oid,
                treeId,
                key,
                userKey,
                RowAppender.LeafRow.DELETED,
                null,
                0,
                0,
                null,
                previousOid,
                nextRevision,
                null)));
        leaves++;
    }

    @Override
    public long treeId(long parentId, byte[] key, byte[] userKey) {
        return treeIds.computeIfAbsent(new TreeName(parentId, Bits.ofKey(key)), name -> {
            append(appender::settle);
            return rows.treeId(parentId, key, userKey);
        });
    }

    /** Appends the revision, whose id is {@link #nextRevision}, and moves a branch to it. */
    public void append(Revision revision, String branch) {
        append(appender::flush);
        rows.append(revision);
        rows.move(branch, revision.id());
    }

    /** Adds digests to the count of this transaction. */
    public void hashed(long digests) {
        hashes += digests;
    }

    /** About how many bytes it appended. */
    long appendedBytes() {
        return appendedBytes;
    }

    /** Adds what it wrote to the counts of the store. */
    void committed(Counters counters) {
        counters.wrote(vertices, leaves, hashes);
    }

    private <T> T lend(RowSource.Work<T> work) {
        try {
            appender.settle();
            return work.run(connection);
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    private void append(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private record TreeName(long parent, Bits key) {}
}
