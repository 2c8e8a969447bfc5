package org.dacite.tree;

import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.CanonicalHash;

/**
 * The root of a tree from its leaves alone: keys and values are read, every hash is made anew, no stored one is
 * believed. Streams; for one thread.
 */
public final class Rederivation {
    private Rederivation() {}

    /** The root of the tree with this top, linked trees included. */
    public static byte[] root(NodeSource nodes, long top, CanonicalHash rule) {
        Growth growth = new Growth(Nowhere.SINK, rule, 1, 0);
        List<Leaf> open = new ArrayList<>();
        Comparison leaves = Comparison.of(nodes, 0, top, new byte[0], null);
        while (leaves.hasNext()) {
            Comparison.Difference each = leaves.next();
            List<Leaf> trees = each.trees();
            int shared = 0;
            while (shared < Math.min(trees.size(), open.size())
                    && open.get(shared).oid() == trees.get(shared).oid()) {
                shared++;
            }
            closeTo(shared, open, growth);
            for (Leaf link : trees.subList(shared, trees.size())) {
                growth.open(link.key(), null);
                open.add(link);
            }
            growth.leaf(each.after().key(), null, each.after().value());
        }
        closeTo(0, open, growth);
        return growth.finish().tree().root();
    }

    private static void closeTo(int depth, List<Leaf> open, Growth growth) {
        while (open.size() > depth) {
            open.remove(open.size() - 1);
            growth.close();
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
