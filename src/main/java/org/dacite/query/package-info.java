/**
 * Questions: the named queries of {@code queries/}, and any one statement that only reads.
 *
 * <p>Knows: how a query file says what it asks, which parameters it takes and which columns it answers; where the
 * parameters of a statement stand and where it ends. Must not know: branches, snapshots, any write, how an engine keeps a
 * statement from writing.
 *
 * <p>Threads: everything is immutable or lives for one call. Errors: misuse, such as a parameter of another kind or a
 * statement that does not read, is an {@link IllegalArgumentException}; what the store could not do, or not in time, is a
 * {@link org.dacite.store.StoreException}.
 */
package org.dacite.query;
