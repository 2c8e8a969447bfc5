/**
 * The sequential tree of RFC 6962 and RFC 9162: the tree hash over a growing list of entries, where its nodes are
 * stored, and the proofs that an entry stands in it, that it has only grown, and, of the log of revision hashes, that a
 * revision stands in the past of another.
 *
 * <p>Knows: what is hashed in a log, at which {@link org.dacite.log.Positions} its nodes are appended, which of them a
 * root or a proof needs, how a proof is verified and which bytes it is in a file. Must not know: keys of a map, what an
 * entry means but for the hash of a {@link org.dacite.log.RevisionHeader}, rows; it reads through
 * {@link org.dacite.log.LogNodeSource} and appends through {@link org.dacite.log.LogNodeSink}, both implemented upstairs. A
 * light client needs neither:
 * {@link org.dacite.log.LogProof#parse}, {@link org.dacite.log.RevisionProof#parse} and {@code verify} stand on
 * {@code hashing} alone.
 *
 * <p>Entries and nodes are counted from 0; a size is a number of entries, a position a number of nodes, a level is 0 for
 * leaves.
 *
 * <p>Threads: a {@link org.dacite.log.CompactRange} belongs to one thread; a {@link org.dacite.log.StoredLog} is for any
 * if its source is; all other public types are immutable. Errors: misuse is an {@link IllegalArgumentException}; bytes
 * that are no proof, a {@link org.dacite.log.LogProofFormatException} with the place; a proof that does not hold is a
 * value, {@link org.dacite.log.Verification.Fails}, with the reason; a stored node that is not there, a
 * {@link org.dacite.log.LogDamageException} with its position.
 */
package org.dacite.log;
