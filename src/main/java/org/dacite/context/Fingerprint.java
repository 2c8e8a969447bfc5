package org.dacite.context;

import java.util.HexFormat;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;
import org.dacite.tree.NodeSource;

/**
 * A few digits by which what stands at a path is told from something else: of a value the beginning of its leaf's hash, of a
 * directory that of its link's, nothing where nothing is. It tells where two states differ; it proves nothing.
 */
final class Fingerprint {
    private static final int BYTES = 8;

    private Fingerprint() {}

    /** What stands at a path of one name or more, below the top of a tree. */
    static String of(NodeSource nodes, long top, ContextPath path) {
        long at = top;
        Leaf leaf = null;
        for (int i = 0; i < path.size(); i++) {
            leaf = Lookup.find(nodes, at, path.key(i));
            boolean last = i == path.size() - 1;
            if (leaf == null || (!last && !leaf.isTree())) {
                return "";
            }
            at = leaf.tree();
        }
        return leaf == null ? "" : HexFormat.of().formatHex(leaf.hash(), 0, BYTES);
    }
}
