package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.reference.ReferenceMap;

/** A tree over rows in memory, to which batches are applied one after the other. */
final class TestTree {
    private final MemoryNodes nodes;
    private final CanonicalHash rule = CanonicalHash.of(HashAlgorithm.SHA_256);
    private TreeRef tree =
            new TreeRef(0, CanonicalHash.of(HashAlgorithm.SHA_256).emptyRoot(), 0);
    private long nextOid = 1;
    private long revision;
    private long hashes;
    private List<MemoryNodes.Row> written = List.of();

    private TestTree(MemoryNodes nodes) {
        this.nodes = nodes;
    }

    /** An empty tree over a cache that holds everything. */
    static TestTree empty() {
        return over(MemoryNodes.Cache.EVERYTHING, 0);
    }

    static TestTree over(MemoryNodes.Cache cache, long seed) {
        return new TestTree(new MemoryNodes(cache, seed));
    }

    /** The tree of a map, over a cache that holds everything. */
    static TestTree of(ReferenceMap map) {
        TestTree tree = empty();
        tree.apply(Batches.between(new ReferenceMap(), map));
        return tree;
    }

    MemoryNodes nodes() {
        return nodes;
    }

    TreeRef ref() {
        return tree;
    }

    long top() {
        return tree.top();
    }

    String root() {
        return HexFormat.of().formatHex(tree.root());
    }

    /** The rows that the last batch wrote. */
    List<MemoryNodes.Row> written() {
        return written;
    }

    /** The hashes that the last batch made. */
    long hashes() {
        return hashes;
    }

    /** Goes back to an earlier state; rows stay. */
    TestTree back(TreeRef to) {
        tree = to;
        return this;
    }

    /** Applies a batch in one statement at most, and holds the rows against what is promised of all rows. */
    TestTree apply(Changes changes) {
        applyLarge(changes);
        assertTrue(nodes.statements() <= 1, () -> "one statement at most, got " + nodes.statements());
        return this;
    }

    /** Applies a batch that takes a statement for each of its windows. */
    TestTree applyLarge(Changes changes) {
        nodes.forgetCounts();
        long hashesBefore = rule.hashes();
        Merge.Outcome outcome = Merge.apply(tree, changes, nodes, nodes, rule, nextOid, ++revision);
        hashes = rule.hashes() - hashesBefore;
        written = nodes.takeWritten();
        RowRules.check(nodes, written, nextOid, outcome.nextOid(), revision);
        tree = outcome.tree();
        nextOid = outcome.nextOid();
        return this;
    }

    /** Applies a batch that fails; nothing of it stays. */
    <E extends Exception> E refused(Class<E> type, Changes changes) {
        try {
            Merge.apply(tree, changes, nodes, nodes, rule, nextOid, revision + 1);
        } catch (IllegalArgumentException e) {
            nodes.takeWritten();
            return type.cast(e);
        }
        throw new AssertionError("expected " + type.getSimpleName() + ", got the root of an outcome");
    }

    /** Every value as a line {@code key/key=value} in hexadecimal digits, in key order, as the model's. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        collect(tree.top(), "", lines);
        assertEquals(lines.size(), tree.leafCount(), "leaf count");
        return lines;
    }

    private void collect(long link, String before, List<String> lines) {
        if (link == 0) {
            return;
        }
        Node node = nodes.row(link);
        if (node instanceof Vertex vertex) {
            collect(vertex.left(), before, lines);
            collect(vertex.right(), before, lines);
            return;
        }
        Leaf leaf = (Leaf) node;
        String name = before + HexFormat.of().formatHex(leaf.key());
        if (leaf.isTree()) {
            collect(leaf.tree(), name + "/", lines);
        } else {
            lines.add(name + "=" + HexFormat.of().formatHex(leaf.value()));
        }
    }
}
