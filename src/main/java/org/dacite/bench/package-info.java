/**
 * The bench: the same work on Dacite and on a plain table {@code (key primary key, value)} of the same engine with the
 * same settings, in one process, with the ratio of the two; and each named query, and the relation {@code state_at}, beside such a table.
 *
 * <p>Knows: how work is made from a seed, timed fairly and summed up; the few statements that a plain table takes. Must
 * not know: how Dacite does its share, which goes through the public face alone; how a report is printed as JSON.
 *
 * <p>Threads: a bench runs on the thread that calls it; options and reports are immutable. Errors: misuse is an
 * {@link IllegalArgumentException}; what a database or the disk could not do is a
 * {@link org.dacite.store.StoreException}; a side that lost a record is an {@link IllegalStateException}. Whatever
 * happens, nothing that it made is left behind.
 */
package org.dacite.bench;
