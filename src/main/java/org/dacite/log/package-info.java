/**
 * The sequential tree of RFC 6962: the tree hash over a growing list of entries.
 *
 * <p>Knows: leaf and inner hashes of that RFC and how a compact range grows. Must not know: keys of a map, rows.
 *
 * <p>Threads: a {@link org.dacite.log.CompactRange} belongs to one thread. Errors: misuse is an
 * {@link IllegalArgumentException}.
 */
package org.dacite.log;
