package org.dacite.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.proof.DifferenceProof;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.ProofWriter;
import org.dacite.proof.RowSelection;
import org.dacite.proof.RowsProof;
import org.dacite.store.Lease;
import org.dacite.store.Revision;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Packer;
import org.dacite.tree.Prover;
import org.dacite.tree.Selection;
import org.dacite.tree.TreeRef;

/**
 * The map at one revision, or one of its linked trees: immutable, readable from any thread, never in the writer's way. As
 * long as it is open, pruning keeps its revision, in whatever process it runs; once it is closed, reading may find it pruned,
 * which is a {@link PrunedRevisionException}.
 *
 * <p>Keys are user keys; {@code String} forms are read as {@link Dacite#key} reads them.
 */
public final class Snapshot implements AutoCloseable {
    private final Dacite dacite;
    private final Revision revision;
    private final TreeRef outermost;
    private final List<byte[]> path;
    private final TreeRef tree;
    private final Lease lease;

    private Snapshot(
            Dacite dacite, Revision revision, TreeRef outermost, List<byte[]> path, TreeRef tree, Lease lease) {
        this.dacite = dacite;
        this.revision = revision;
        this.outermost = outermost;
        this.path = path;
        this.tree = tree;
        this.lease = lease;
    }

    /** The state of a revision, on which it holds a lease. */
    static Snapshot of(Dacite dacite, Revision revision, Lease lease) {
        TreeRef top = Commit.top(revision);
        return new Snapshot(dacite, revision, top, List.of(), top, lease);
    }

    /** The map before the first revision. */
    static Snapshot empty(Dacite dacite) {
        TreeRef top = dacite.emptyTree();
        return new Snapshot(dacite, null, top, List.of(), top, null);
    }

    /** Lets pruning have its revision, unless another snapshot is open on it. Those of its linked trees close with it. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }

    /** The root of this tree; of a linked one its own root, not that of the whole map. */
    public Digest root() {
        return Digest.of(tree.root());
    }

    /** How many leaves hold a value, those of linked trees included. */
    public long leafCount() {
        return tree.leafCount();
    }

    /** Whether it has no key at all; so has a tree that is not there. */
    public boolean isEmpty() {
        return tree.top() == 0;
    }

    /** The tree linked at a key; an empty one when the key is absent or holds a value. */
    public Snapshot tree(byte[] key) {
        byte[] canonical = codec().canonical(key);
        Leaf leaf = Lookup.find(nodes(), tree.top(), canonical);
        List<byte[]> below = new ArrayList<>(path);
        below.add(canonical);
        TreeRef linked = leaf != null && leaf.isTree() ? leaf.linked() : dacite.emptyTree();
        return new Snapshot(dacite, revision, outermost, List.copyOf(below), linked, lease);
    }

    public Snapshot tree(String key) {
        return tree(codec().parse(key));
    }

    /** Whether a key holds a tree. */
    public boolean holdsTree(byte[] key) {
        Leaf leaf = Lookup.find(nodes(), tree.top(), codec().canonical(key));
        return leaf != null && leaf.isTree();
    }

    /** The value of a key; empty when the key is absent or holds a tree. */
    public Optional<byte[]> get(byte[] key) {
        Leaf leaf = Lookup.find(nodes(), tree.top(), codec().canonical(key));
        return leaf == null || leaf.isTree()
                ? Optional.empty()
                : Optional.of(leaf.value().clone());
    }

    /** The value of a key as UTF-8 text. */
    public Optional<String> get(String key) {
        return get(codec().parse(key)).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** All entries in key order, those of a linked tree at the place of its link. Streams; needs no closing. */
    public Stream<Entry> scan() {
        return scan(new byte[0], null);
    }

    /** The entries whose key begins with a prefix, in key order; not for {@code hashed} keys. */
    public Stream<Entry> scan(byte[] prefix) {
        byte[] from = codec().canonicalPrefix(prefix);
        return scan(from, KeyCodec.afterPrefix(from));
    }

    public Stream<Entry> scan(String prefix) {
        return scan(prefix.isEmpty() ? new byte[0] : codec().parse(prefix));
    }

    /** The entries with {@code from <= key < to}, in key order; not for {@code hashed} keys. */
    public Stream<Entry> scanRange(byte[] from, byte[] to) {
        codec().canonicalPrefix(from);
        return scan(codec().canonical(from), codec().canonical(to));
    }

    public Stream<Entry> scanRange(String from, String to) {
        return scanRange(codec().parse(from), codec().parse(to));
    }

    private Stream<Entry> scan(byte[] from, byte[] to) {
        return stream(Comparison.of(nodes(), 0, tree.top(), from, to))
                .map(each -> new Entry(
                        trees(each),
                        dacite.userKey(each.leaf()),
                        each.after().value().clone()));
    }

    /** What differs from this snapshot to another of the same store, in key order. Streams; needs no closing. */
    public Stream<Difference> diff(Snapshot other) {
        return stream(Comparison.of(nodes(other), tree.top(), other.tree.top(), new byte[0], null))
                .map(each -> new Difference(
                        trees(each), dacite.userKey(each.leaf()), value(each.before()), value(each.after())));
    }

    /**
     * The proof that some keys of this tree are present with their values, or absent, under the root of the whole map,
     * which is {@link Dacite#at}{@code (…).root()}.
     */
    public IncompleteTree prove(List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("expected at least one key to prove, got none");
        }
        List<byte[]> canonical = keys.stream().map(codec()::canonical).toList();
        return prove(Selection.ofKeys(path, canonical));
    }

    public IncompleteTree prove(byte[]... keys) {
        return prove(Arrays.asList(keys));
    }

    public IncompleteTree prove(String... keys) {
        return prove(Arrays.stream(keys).map(codec()::parse).toList());
    }

    /** The proof of all keys with {@code from <= key < to}, and that there are no others; not for {@code hashed} keys. */
    public IncompleteTree proveRange(byte[] from, byte[] to) {
        codec().canonicalPrefix(from);
        byte[] first = codec().canonical(from);
        byte[] end = codec().canonical(to);
        if (Arrays.compareUnsigned(first, end) > 0) {
            throw new IllegalArgumentException("expected a range whose first key sorts before its end, got '"
                    + codec().show(from) + "' to '" + codec().show(to) + "'");
        }
        return prove(Selection.ofRange(path, first, end));
    }

    public IncompleteTree proveRange(String from, String to) {
        return proveRange(codec().parse(from), codec().parse(to));
    }

    /**
     * The proof that some rows of this tree, or of a tree in it, are as they are, and that no other was selected, under the
     * root of the whole map.
     *
     * @param layout how the rows will stand in their file
     */
    public RowsProof proveRows(RowSelection selection, String layout) {
        List<byte[]> below = new ArrayList<>(path);
        below.addAll(selection.path());
        Optional<List<byte[]>> keys = selection.keys();
        if (keys.isPresent()) {
            List<byte[]> canonical = keys.get().stream().map(codec()::canonical).toList();
            return RowsProof.of(selection, layout, prove(Selection.ofKeys(below, canonical)));
        }
        byte[] to = selection.to().orElse(null);
        byte[] from = selection.from();
        while (true) {
            RowsProof proof = RowsProof.of(selection, layout, prove(Selection.ofRange(below, from, to)));
            Optional<byte[]> hidden = proof.hiddenBefore();
            if (hidden.isEmpty()) {
                return proof;
            }
            if (hidden.get().length >= from.length) {
                throw new IllegalStateException("expected a proof of the whole range, got one that leaves out a part");
            }
            from = hidden.get();
        }
    }

    /**
     * The proof of what differs from this snapshot to another of the same store, and that nothing else does, for whoever
     * trusts the {@link #root} of both; of linked trees these are their own roots. Its size is in proportion to the
     * difference.
     */
    public DifferenceProof proveDifference(Snapshot other) {
        return Prover.proveDifference(nodes(other), tree.top(), other.tree.top(), dacite.hash());
    }

    /**
     * Writes this state token by token, in memory that does not grow with it.
     *
     * @param progress told how many leaves were written so far, after each
     * @return how many leaves it shows
     */
    public long pack(ProofWriter out, LongConsumer progress) {
        return Packer.pack(nodes(), 0, tree.top(), out, progress);
    }

    /** The same for what an older state of the same store does not have; what both have is left out, as stubs. */
    public long packSince(Snapshot older, ProofWriter out, LongConsumer progress) {
        return Packer.pack(nodes(older), older.tree.top(), tree.top(), out, progress);
    }

    private IncompleteTree prove(Selection selection) {
        return Prover.prove(nodes(), outermost.top(), selection, dacite.hash());
    }

    /** The revision that it is a state of; null before the first one. */
    Revision revision() {
        return revision;
    }

    TreeRef ref() {
        return tree;
    }

    private KeyCodec codec() {
        return dacite.codec();
    }

    private NodeSource nodes() {
        return nodes(this);
    }

    private NodeSource nodes(Snapshot other) {
        return new KeptNodes(dacite.store(), revision, other.revision);
    }

    private List<byte[]> trees(Comparison.Difference difference) {
        return difference.trees().isEmpty()
                ? List.of()
                : difference.trees().stream().map(dacite::userKey).toList();
    }

    private static Optional<byte[]> value(Leaf leaf) {
        return leaf == null ? Optional.empty() : Optional.of(leaf.value().clone());
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
