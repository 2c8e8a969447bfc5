package org.dacite.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.RevisionProof;
import org.dacite.store.Lease;
import org.dacite.store.Lines;
import org.dacite.store.LogRows;
import org.dacite.store.NameRows;
import org.dacite.store.PruneRows;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.Store;
import org.dacite.store.Sweep;
import org.dacite.store.WriteTransaction;
import org.dacite.tree.Leaf;
import org.dacite.tree.TreeRef;

/**
 * A Merkle-patricia store: a versioned, provable map of keys to values, in SQLite or PostgreSQL.
 *
 * <pre>{@code
 * try (Dacite dacite = Dacite.open("chain.db")) {
 *     Revision block = dacite.branch("main").commit("block 1", batch -> {
 *         batch.put("alice", "10");
 *         batch.tree("names").put("alice.example", "alice");
 *     });
 *     try (Snapshot state = dacite.at(block)) {
 *         Optional<String> value = state.get("alice");
 *         IncompleteTree proof = state.prove("alice");
 *     }
 * }
 * }</pre>
 *
 * <p>Any thread. One writer at a time per store, across processes too; any number of readers at any revision. Close it
 * when done; snapshots are of no use afterwards.
 */
public final class Dacite implements AutoCloseable {
    private final Store store;
    private final KeyCodec codec;
    private final Lines lines;

    private Dacite(Store store) {
        this.store = store;
        this.codec = KeyCodec.named(store.format().keyCodec(), store.format().hash()::hash);
        this.lines = new Lines(store.format().hash());
    }

    /** Opens the store at a path or a URL {@code jdbc:postgresql://…}; makes it when there is none. */
    public static Dacite open(String where) {
        return open(where, Settings.defaults());
    }

    /** The same with settings; those that make a store are looked at only when there is none. */
    public static Dacite open(String where, Settings settings) {
        return new Dacite(Store.open(where, settings));
    }

    /** The branch of that name. The first commit of a new store goes to {@code main}. */
    public Branch branch(String name) {
        return new Branch(this, name);
    }

    /** Branch names with the ids of their heads, by name. */
    public Map<String, Long> branches() {
        return store.names(NameRows::branches);
    }

    /** The tag of that name. */
    public Tag tag(String name) {
        return new Tag(this, name);
    }

    /** Tag names with the ids of their revisions, by name. */
    public Map<String, Long> tags() {
        return store.names(NameRows::tags);
    }

    /**
     * The state at a revision, which pruning keeps as long as the snapshot is open, in this process or another; a
     * {@link PrunedRevisionException} when it was pruned. What is open ends with its process.
     */
    public Snapshot at(Revision revision) {
        Lease lease = store.lease(revision).orElseThrow(() -> new PrunedRevisionException(revision));
        return Snapshot.of(this, revision, lease);
    }

    /**
     * The state at the head of {@code main}; the empty map as long as nothing was committed. An
     * {@link UnknownRevisionException} where there are branches, but none of that name.
     */
    public Snapshot head() {
        return defaultRevision().map(this::at).orElseGet(() -> Snapshot.empty(this));
    }

    /**
     * The revision that is meant where none is named: the head of {@code main}; none as long as nothing was committed. An
     * {@link UnknownRevisionException} where there are branches, but none of that name.
     */
    public Optional<Revision> defaultRevision() {
        return store.names(names -> {
            Optional<Revision> head = names.head(Branch.MAIN);
            if (head.isEmpty() && !names.branches().isEmpty()) {
                throw Branch.unknown(Branch.MAIN, names);
            }
            return head;
        });
    }

    /**
     * The revision that a name means: a branch, a tag, a revision id, eight digits or more of a hash, or {@code ~N} behind any
     * of them for the N-th before it. An {@link UnknownRevisionException} when none or several have it.
     */
    public Revision revision(String name) {
        return RevisionName.resolve(store, name);
    }

    /** A revision and those before it on its line, newest first, at most {@code limit}. */
    public void log(Revision from, long limit, Consumer<Revision> action) {
        store.line(from.id(), limit, action);
    }

    /**
     * The life of a key up to a revision, newest first; {@code trees} name its tree, outermost first. A
     * {@link PrunedRevisionException} when that revision was pruned; where earlier ones were, what the kept ones hold.
     */
    public List<Version> history(Revision at, List<byte[]> trees, byte[] key) {
        Snapshot held = at(at);
        try {
            return KeyHistory.of(this, at, trees, key);
        } finally {
            held.close();
        }
    }

    /**
     * Proves that a revision stands in the past of another, to whoever trusts the hash of the newer one; empty when it does
     * not. For revisions whose state was pruned too. An {@link UnknownRevisionException} for a revision of another store.
     */
    public Optional<RevisionProof> proveRevision(Revision older, Revision newer) {
        return Past.prove(this, older, newer);
    }

    /** What pruning keeps. */
    public Retention retention() {
        return Retention.ofRules(store.prunes(PruneRows::rules));
    }

    /** Changes what pruning keeps from now on; what was pruned does not come back. */
    public void setRetention(Retention retention) {
        store.write(transaction -> {
            transaction.prunes().setRules(retention.rules());
            return null;
        });
    }

    /** Counts what pruning by these rules would take away; changes nothing. */
    public Sweep.Plan planPrune(Retention retention) {
        return Sweep.plan(store, retention.at(System.currentTimeMillis()));
    }

    /**
     * Gives up the state of every revision that the rules do not keep and no open snapshot of any process reads, takes away
     * the rows that only they need, and hands the space back. Others read and commit meanwhile. It can be killed at any moment;
     * the next one finishes its work.
     *
     * @param rowsAStep how many rows a transaction may touch, 1 or more; {@link Sweep#ROWS_A_STEP} unless there is a reason
     * @param progress told how far it is, between two transactions
     */
    public Sweep.Report prune(Retention retention, int rowsAStep, Consumer<Sweep.Progress> progress) {
        return Sweep.run(store, retention.at(System.currentTimeMillis()), rowsAStep, progress);
    }

    /** The log of records of that name, which the first append makes; a {@link NameException} when there can be none. */
    public RecordLog recordLog(String name) {
        return new RecordLog(this, name);
    }

    /** The names of the logs of records with their sizes, by name. */
    public Map<String, Long> recordLogs() {
        return store.logs(LogRows::names);
    }

    /** A user key as people type it: text, {@code 0x…} where the codec takes bytes, a decimal number. */
    public byte[] key(String typed) {
        return codec.parse(typed);
    }

    /** The key codec that the store was made with. */
    public KeyCodec codec() {
        return codec;
    }

    /** The hash algorithm that the store was made with. */
    public HashAlgorithm hash() {
        return store.format().hash();
    }

    /** The rows. */
    public Store store() {
        return store;
    }

    /** A revision as the transaction finds it, whose state is there. */
    Revision own(WriteTransaction transaction, Revision revision) {
        Revision found = transaction
                .revision(revision.id())
                .filter(each -> each.hash().equals(revision.hash()))
                .orElseThrow(() -> UnknownRevisionException.ofAnotherStore(revision));
        if (found.pruned()) {
            throw new PrunedRevisionException(found);
        }
        return found;
    }

    Lines lines() {
        return lines;
    }

    TreeRef emptyTree() {
        return new TreeRef(0, CanonicalHash.of(hash()).emptyRoot(), 0);
    }

    byte[] userKey(Leaf leaf) {
        return leaf.userKey() == null ? codec.user(leaf.key()) : leaf.userKey().clone();
    }

    @Override
    public void close() {
        store.close();
    }
}
