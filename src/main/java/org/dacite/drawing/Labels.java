package org.dacite.drawing;

import org.dacite.tree.Leaf;

/** How the keys and values of leaves are shown. */
public interface Labels {
    /** A key as people read it. */
    String key(Leaf leaf);

    /** A value as people read it, or what stands for a linked tree. */
    String value(Leaf leaf);
}
