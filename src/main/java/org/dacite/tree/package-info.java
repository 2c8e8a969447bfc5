/**
 * Nodes of the patricia tree, the merge of a sorted batch, the walk that compares two trees, and the making of proofs.
 *
 * <p>Knows: which nodes an operation needs, in which order they are hashed and given OIDs. Must not know: SQL, caches,
 * transactions; it fetches through {@link org.dacite.tree.NodeSource} and appends through
 * {@link org.dacite.tree.NodeSink}, both implemented upstairs.
 *
 * <p>A batch of any size streams: what it holds beyond a bound waits in a temporary file, and the merge takes it window by
 * window. Nothing else here touches a file.
 *
 * <p>A <em>link</em> names a node: {@code > 0} is the OID of a vertex, {@code < 0} minus the OID of a leaf, {@code 0}
 * the empty tree. Nodes are immutable; the arrays inside them are shared between rooms for speed and never change, and
 * no type of the public face hands one out.
 *
 * <p>Threads: nodes and selections are immutable; a merge, a walk or a skeleton belongs to one thread. Errors: a batch
 * that breaks a rule of the map is an {@link IllegalArgumentException} that names the keys; a missing or impossible row
 * is a {@link org.dacite.tree.DamageException} that carries the link; a temporary file without room is a
 * {@link org.dacite.tree.SpillException}.
 */
package org.dacite.tree;
