/**
 * Rows: tables, transactions, caches, the two dialects, migrations and integrity. The only room that writes SQL.
 *
 * <p>Knows: SQLite and PostgreSQL, in one package-private {@link org.dacite.store.Dialect}; how nodes become rows and
 * rows nodes. Must not know: what a branch move means, what a user asked for.
 *
 * <p>Threads: {@link org.dacite.store.Store} may be used from any thread; one {@link org.dacite.store.WriteTransaction}
 * is open at a time and belongs to the thread that runs it. Readers never wait for the writer. Errors: misuse is an
 * {@link IllegalArgumentException}; what the database or the disk could not do is a
 * {@link org.dacite.store.StoreException}; rows that make no tree are a {@link org.dacite.tree.DamageException}.
 */
package org.dacite.store;
