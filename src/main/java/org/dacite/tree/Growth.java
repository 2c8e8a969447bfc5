package org.dacite.tree;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.CanonicalHash;

/**
 * Writes a whole new tree, with the trees that it links, from leaves that arrive in key order: every row goes to the sink at
 * once, and memory is in proportion to the depth. A linked tree is opened at the place of its key, gets its leaves, and is
 * closed. For one thread.
 */
public final class Growth {
    private final NodeSink sink;
    private final CanonicalHash rule;
    private final OidCounter oids;
    private final long revision;
    private final List<Level> levels = new ArrayList<>();

    /**
     * A tree without a key so far.
     *
     * @param sink takes the new rows in ascending order of OID
     * @param firstOid the first OID to give out
     * @param revision the id of the revision that writes
     */
    public Growth(NodeSink sink, CanonicalHash rule, long firstOid, long revision) {
        this.sink = sink;
        this.rule = rule;
        this.oids = new OidCounter(firstOid);
        this.revision = revision;
        levels.add(new Level(null, null, 0, builder()));
    }

    private TreeBuilder builder() {
        return new TreeBuilder(sink, rule, oids, null);
    }

    /** Adds a leaf with its value, after all that the open tree has. A {@link PrefixException} when keys clash. */
    public void leaf(byte[] key, byte[] userKey, byte[] value) {
        append(key, userKey, value, 0, 1, rule.leaf(value));
    }

    /** Opens the tree that a key, after all that the open tree has, will link to. */
    public void open(byte[] key, byte[] userKey) {
        Level outer = innermost();
        outer.builder.pass(key, key.length * 8);
        levels.add(new Level(key, userKey, sink.treeId(outer.treeId, key, userKey), builder()));
    }

    /** Closes the open tree, which must have a key, and appends its link. */
    public void close() {
        Level inner = levels.remove(levels.size() - 1);
        TreeRef tree = ref(inner);
        append(inner.key, inner.userKey, tree.root(), tree.top(), tree.leafCount(), rule.link(tree.root()));
    }

    /** The tree, all of whose linked trees must have been closed. */
    public Merge.Outcome finish() {
        return new Merge.Outcome(ref(levels.get(0)), oids.peek());
    }

    private TreeRef ref(Level level) {
        Node top = level.builder.finish();
        return top == null
                ? new TreeRef(0, rule.emptyRoot(), 0)
                : new TreeRef(top.link(), rule.root(top.hash(), top.bits(), top.endBit()), top.leafCount());
    }

    private void append(byte[] key, byte[] userKey, byte[] value, long tree, long leafCount, byte[] hash) {
        Level level = innermost();
        level.builder.pass(key, key.length * 8);
        Leaf leaf = new Leaf(oids.next(), key, userKey, value, tree, leafCount, hash, revision);
        level.builder.add(leaf);
        sink.leaf(leaf, level.treeId, 0);
    }

    private Level innermost() {
        return levels.get(levels.size() - 1);
    }

    private record Level(byte[] key, byte[] userKey, long treeId, TreeBuilder builder) {}
}
