package org.dacite.history;

import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.store.Revision;

/**
 * A change in the life of a key. Where neither a value nor a tree is there, the key was deleted.
 *
 * @param revision the revision that made it
 * @param value the value from then on; empty: a tree, or deleted
 * @param treeRoot the root of the tree that it holds from then on; empty: a value, or deleted
 */
public record Version(Revision revision, Optional<byte[]> value, Optional<Digest> treeRoot) {}
