package org.dacite.history;

import org.dacite.hashing.CanonicalHash;
import org.dacite.tree.Merge;
import org.dacite.tree.NodeSink;
import org.dacite.tree.TreeRef;

/** Makes the tree of a new revision, inside the transaction that appends it. */
public interface TreeMaker {
    /**
     * Writes the rows of the tree.
     *
     * @param base the tree of the parent, the empty one where there is none
     * @param rule makes the hashes of the revision, and counts them
     * @param sink takes the rows; a maker that does not work on the base may hand them to the transaction itself
     */
    Merge.Outcome make(TreeRef base, CanonicalHash rule, NodeSink sink);
}
