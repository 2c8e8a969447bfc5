package org.dacite.tree;

import java.util.Arrays;

/** Finds one key: down through memory, and the rest of the way by one statement. */
public final class Lookup {
    private Lookup() {}

    /** The leaf of a canonical key in the tree with this top, with its value; null when the key is absent. */
    public static Leaf find(NodeSource source, long top, byte[] key) {
        long link = top;
        for (long next = top;
                next != NodeSource.UNKNOWN;
                next = link > 0 ? source.child(link, key) : NodeSource.UNKNOWN) {
            link = next;
        }
        if (link == 0) {
            return null;
        }
        Node known = link < 0 ? source.cached(link) : null;
        Leaf leaf = known instanceof Leaf cached && cached.value() != null ? cached : source.leaf(link, key);
        return Arrays.equals(leaf.key(), key) ? leaf : null;
    }
}
