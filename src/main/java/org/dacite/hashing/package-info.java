/**
 * Hash algorithms, digests and the rules of the canonical form: which bytes are hashed, in which order.
 *
 * <p>Knows: canonical-form.md. Must not know: which child a key leads to, rows, files. Bytes that decide a hash are
 * decided here and nowhere else.
 *
 * <p>Threads: {@link org.dacite.hashing.HashAlgorithm} and {@link org.dacite.hashing.Digest} are immutable; a
 * {@link org.dacite.hashing.CanonicalHash} belongs to one thread. Errors: misuse is an
 * {@link IllegalArgumentException}.
 */
package org.dacite.hashing;
