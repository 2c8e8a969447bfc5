/**
 * Revisions, branches, tags, snapshots, the logs of revisions and of records, retention and pruning: the public face,
 * {@link org.dacite.history.Dacite}.
 *
 * <p>Knows: what a commit is, what a revision's name means, what is kept, how user keys become canonical ones. Must not
 * know: SQL, the command line.
 *
 * <p>Threads: {@link org.dacite.history.Dacite}, {@link org.dacite.history.Branch} and
 * {@link org.dacite.history.Snapshot} may be used from any thread; a {@link org.dacite.history.Batch} belongs to the
 * thread that fills it. Arrays are copied in and out. Errors: misuse is an {@link IllegalArgumentException}; what the
 * store could not do is a {@link org.dacite.store.StoreException}; an absent key is an empty value.
 */
package org.dacite.history;
