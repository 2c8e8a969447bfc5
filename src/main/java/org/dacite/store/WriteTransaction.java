package org.dacite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dacite.bits.Bits;
import org.dacite.log.CompactRange;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeSink;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Vertex;

/**
 * The one open write: sees the newest rows, appends new ones, moves branches. All of it is committed or none. For the
 * thread that runs it, and only while it runs.
 */
public final class WriteTransaction implements NodeSink {
    /** So many links wait for the end of the transaction at most. */
    private static final int MAX_SUPERSEDED = 1 << 16;

    private static final int MAX_TREE_IDS = 100_000;

    private final Connection connection;
    private final Dialect dialect;
    private final RevisionRows rows;
    private final NameRows names;
    private final LogRows logs;
    private final PruneRows prunes;
    private final StageRows stages;
    private final ContextRows contexts;
    private final NodeCache cache;
    private final RowSource source;
    private final BackgroundAppender appender;
    private final Heads heads;
    private RevisionRows.End end;
    private final LinkQueue superseded = new LinkQueue();
    private final Map<TreeName, Long> treeIds = new HashMap<>();
    private long vertices;
    private long leaves;
    private long hashes;
    private long appendedBytes;
    private long[] contextHashes = new long[3];

    WriteTransaction(Writer writer, Dialect dialect, NodeCache cache, Counters counters) {
        this.connection = writer.connection();
        this.dialect = dialect;
        this.rows = writer.rows();
        this.names = writer.names();
        this.logs = writer.logs();
        this.prunes = writer.prunes();
        this.stages = writer.stages();
        this.contexts = writer.contexts();
        this.cache = cache;
        this.source = new RowSource(dialect, cache, this::lend, counters);
        this.appender = writer.appender();
        this.heads = new Heads(writer.names(), writer.contexts(), writer.standing());
    }

    /** How far the store had come when this began, or when it was asked first, which is before anything is appended. */
    private RevisionRows.End end() {
        if (end == null) {
            end = rows.end().orElse(RevisionRows.End.NOTHING);
        }
        return end;
    }

    /** The newest revision of a branch. */
    public Optional<Revision> head(String branch) {
        append(appender::settle);
        Optional<Standing> found = heads.standing(branch);
        if (end == null && found.isPresent()) {
            end = found.get().end();
        }
        return found.map(Standing::head);
    }

    /** Branches and tags. */
    public NameRows names() {
        append(appender::rest);
        heads.mayChange();
        return names;
    }

    /**
     * Moves a branch to the revision that was appended, and makes it when there is none of that name. It follows from now on; if it did
     * before, no row is written.
     */
    public void advance(String branch) {
        append(appender::rest);
        heads.advance(branch);
    }

    /** Which hashes commits carry beside the store's own. */
    public Optional<String> scheme() {
        append(appender::rest);
        return heads.scheme();
    }

    /** Where the branch stands that was committed to; null where that is not certain. */
    Standing standing() {
        return heads.standing();
    }

    /** The lines of revisions and the logs that people name. */
    public LogRows logs() {
        append(appender::rest);
        return logs;
    }

    /** The rules of retention and what was given up. */
    public PruneRows prunes() {
        append(appender::rest);
        heads.mayChange();
        return prunes;
    }

    /** The staging areas of the context. */
    public StageRows stages() {
        append(appender::rest);
        heads.mayChange();
        return stages;
    }

    /** The hashes that commits carry beside the store's own. */
    public ContextRows contexts() {
        append(appender::rest);
        return contexts;
    }

    /** Works with the hashes that commits carry beside the store's own. */
    public <T> T contexts(Function<ContextRows, T> work) {
        return work.apply(contexts());
    }

    /** What revisions were made of, where they come from another store. */
    public RehashRows rehashes() {
        append(appender::rest);
        return new RehashRows(connection, dialect);
    }

    /** A revision, as this transaction sees it. */
    public Optional<Revision> revision(long id) {
        append(appender::rest);
        return rows.revision(id);
    }

    /** The line that a revision committed on {@code parent} belongs to; a new one where another came first. */
    public long lineAfter(Optional<Revision> parent) {
        if (parent.isEmpty()) {
            return logs().fork(OptionalLong.empty(), 0);
        }
        Revision revision = parent.get();
        boolean newest = revision.id() == end().revision(); // so nothing can have been committed on it
        if (newest || rows.at(revision.line(), revision.height() + 1).isEmpty()) {
            return revision.line();
        }
        return logs().fork(OptionalLong.of(revision.line()), revision.height() + 1);
    }

    /** Whether nothing was ever committed. */
    public boolean isEmpty() {
        return end().revision() == 0;
    }

    /** The id of the revision that this transaction may append. */
    public long nextRevision() {
        return end().revision() + 1;
    }

    /** The first OID that is free. */
    public long nextOid() {
        return end().oid() + 1;
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
                nextRevision(),
                null)));
        leaves++;
    }

    @Override
    public void superseded(long link) {
        superseded.add(link);
        if (superseded.size() == MAX_SUPERSEDED) {
            cache.superseded(superseded); // a hint, which does no harm when this transaction fails
        }
    }

    @Override
    public long treeId(long parentId, byte[] key, byte[] userKey) {
        if (treeIds.size() >= MAX_TREE_IDS) {
            treeIds.clear();
        }
        return treeIds.computeIfAbsent(new TreeName(parentId, Bits.ofKey(key)), name -> {
            append(appender::rest);
            return rows.treeId(parentId, key, userKey);
        });
    }

    /**
     * Appends the revision, whose id is {@link #nextRevision}.
     *
     * @param nodes what {@link Lines#append} answered for it
     */
    public void append(Revision revision, byte[] nodes) {
        cache.superseded(superseded);
        append(appender::flush);
        end(); // before the revision is the newest
        heads.append(revision);
        rows.append(revision, nodes);
    }

    /**
     * Appends entries to a log that people name, in bulk, behind those that the range covers, with the nodes that they
     * complete; the range then covers them too.
     */
    public void append(long log, CompactRange range, List<byte[]> entries) {
        append(() -> appendedBytes += logs().append(log, range, entries));
    }

    /** Appends a row of another store, as it is. */
    void row(RowAppender.LeafRow row) {
        append(() -> appender.leaf(row));
        appendedBytes += row.sizeBytes();
        leaves++;
    }

    /** Sends all rows, so that every statement sees them. */
    void flush() {
        heads.pin();
        append(appender::flush);
        append(appender::finish);
    }

    Connection connection() {
        heads.mayChange();
        return connection;
    }

    /** Puts behind each link its node, without the value of a leaf; links that have none keep null. */
    void find(Map<Long, Node> links) {
        source.find(links);
    }

    /** Does what may fail as SQL does. */
    void run(Step step) {
        append(step);
    }

    /** Adds digests to the count of this transaction. */
    public void hashed(long digests) {
        hashes += digests;
    }

    /** Adds what was hashed for the hashes that commits carry beside the store's own to the counts of this transaction. */
    public void contextHashed(long values, long directories, long inodes) {
        contextHashes = new long[] {values, directories, inodes};
    }

    /** About how many bytes it appended. */
    long appendedBytes() {
        return appendedBytes;
    }

    /** Before the commit, when the work is done. */
    void complete() {
        heads.pin();
    }

    /** Adds what it wrote to the counts of the store. */
    void committed(Counters counters) {
        counters.wrote(vertices, leaves, hashes);
        counters.waited(appender.mostWaitingRows());
        counters.contextHashed(contextHashes[0], contextHashes[1], contextHashes[2]);
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

    interface Step {
        void run() throws SQLException;
    }

    private record TreeName(long parent, Bits key) {}
}
