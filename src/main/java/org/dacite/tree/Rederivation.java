package org.dacite.tree;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.CanonicalHash;

/**
 * The root of a tree from its leaves alone: keys and values are read, every hash is made anew, no stored one is
 * believed. Streams; for one thread.
 */
public final class Rederivation {
    private final CanonicalHash rule;
    private final OidCounter oids = new OidCounter(1);
    private final List<Level> levels = new ArrayList<>();

    private Rederivation(CanonicalHash rule) {
        this.rule = rule;
    }

    /** The root of the tree with this top, linked trees included. */
    public static byte[] root(NodeSource nodes, long top, CanonicalHash rule) {
        return new Rederivation(rule).run(Comparison.of(nodes, 0, top, new byte[0], null));
    }

    private byte[] run(Comparison leaves) {
        levels.add(level(null));
        while (leaves.hasNext()) {
            Comparison.Difference each = leaves.next();
            List<Leaf> trees = each.trees();
            int shared = 0;
            while (shared < trees.size()
                    && shared + 1 < levels.size()
                    && levels.get(shared + 1).link.oid() == trees.get(shared).oid()) {
                shared++;
            }
            while (levels.size() > shared + 1) {
                closeInnermost();
            }
            for (Leaf link : trees.subList(shared, trees.size())) {
                levels.add(level(link));
            }
            Leaf leaf = each.after();
            add(leaf, rule.leaf(leaf.value()));
        }
        while (levels.size() > 1) {
            closeInnermost();
        }
        return levels.get(0).root(rule);
    }

    private void closeInnermost() {
        Level inner = levels.remove(levels.size() - 1);
        add(inner.link, rule.link(inner.root(rule)));
    }

    private void add(Leaf leaf, byte[] hash) {
        TreeBuilder builder = levels.get(levels.size() - 1).builder;
        builder.pass(leaf.key(), leaf.endBit());
        builder.add(new Leaf(leaf.oid(), leaf.key(), null, null, 0, leaf.leafCount(), hash, leaf.revision()));
    }

    private Level level(Leaf link) {
        return new Level(link, new TreeBuilder(Nowhere.SINK, rule, oids, null));
    }

    private record Level(Leaf link, TreeBuilder builder) {
        private byte[] root(CanonicalHash rule) {
            Node top = builder.finish();
            return top == null ? rule.emptyRoot() : rule.root(top.hash(), top.bits(), top.endBit());
        }
    }

    /** Takes rows and forgets them. */
    private enum Nowhere implements NodeSink {
        SINK;

        @Override
        public void vertex(Vertex vertex) {}

        @Override
        public void leaf(Leaf leaf, long treeId, long previousOid) {}

        @Override
        public void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid) {}

        @Override
        public long treeId(long parentId, byte[] key, byte[] userKey) {
            return 0;
        }
    }
}
