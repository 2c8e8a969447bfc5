/**
 * Stores that travel: copies of whole stores, whole states in files, rows of other databases, histories under another hash,
 * each shown to be what it was.
 *
 * <p>Knows: the public face of a store, the packed form, temporary files, JDBC as anybody's database speaks it. Must not know:
 * the command line, SQL against the store's own tables.
 *
 * <p>Threads: one move, one thread. Errors: misuse, and a file that is not what it should be, is an
 * {@link IllegalArgumentException}; what a store, a database or the disk could not do is a
 * {@link org.dacite.store.StoreException}. Nothing that was not verified stays in a store.
 */
package org.dacite.moves;
