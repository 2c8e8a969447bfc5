package org.dacite.tree;

import java.util.Arrays;
import java.util.List;
import org.dacite.bits.PaddedBits;

/** Finds one key: down through memory, and the rest of the way by one recursive statement. */
public final class Lookup {
    private Lookup() {}

    /** The leaf of a canonical key in the tree with this top, with its value; null when the key is absent. */
    public static Leaf find(NodeSource source, long top, byte[] key) {
        long link = top;
        while (link != 0) {
            Node node = source.cached(link);
            if (node == null || (node instanceof Leaf leaf && leaf.value() == null)) {
                List<Node> path = source.path(link, key);
                node = path.get(path.size() - 1);
            }
            if (node instanceof Leaf leaf) {
                return Arrays.equals(leaf.key(), key) ? leaf : null;
            }
            // one bit decides, since the leaf is compared whole; a key that ends before it is not below this vertex
            Vertex vertex = (Vertex) node;
            if (vertex.depth() >= key.length * 8) {
                return null;
            }
            link = PaddedBits.bit(key, vertex.depth()) == 0 ? vertex.left() : vertex.right();
        }
        return null;
    }
}
