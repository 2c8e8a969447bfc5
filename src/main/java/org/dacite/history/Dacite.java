package org.dacite.history;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.Store;
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
 *     Snapshot state = dacite.at(block);
 *     Optional<String> value = state.get("alice");
 *     IncompleteTree proof = state.prove("alice");
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
        return store.branches();
    }

    /** The state at a revision. */
    public Snapshot at(Revision revision) {
        return Snapshot.of(this, Branch.top(revision));
    }

    /** The state at the head of {@code main}; the empty map as long as nothing was committed. */
    public Snapshot head() {
        return branch(Branch.MAIN).head().map(this::at).orElseGet(() -> Snapshot.of(this, emptyTree()));
    }

    /**
     * The revision that a name means: a branch, a revision id, eight digits or more of a hash, or {@code ~N} behind any
     * of them for the N-th before it. An {@link UnknownRevisionException} when none or several have it.
     */
    public Revision revision(String name) {
        return RevisionName.resolve(store, name);
    }

    /** A revision and those before it on its line, newest first, at most {@code limit}. */
    public void log(Revision from, long limit, Consumer<Revision> action) {
        store.line(from.id(), limit, action);
    }

    /** The life of a key up to a revision, newest first; {@code trees} name its tree, outermost first. */
    public List<Version> history(Revision at, List<byte[]> trees, byte[] key) {
        return KeyHistory.of(this, at, trees, key);
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
