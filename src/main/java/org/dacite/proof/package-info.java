/**
 * The packed form of proofs and snapshots, and what a reader may conclude from one: the light client.
 *
 * <p>Knows: canonical-form.md, "The packed form" and "The proof of a difference". Must not know: how a node is fetched,
 * SQL; it compiles and runs with no database on the class path.
 *
 * <p>Threads: everything here is immutable but {@link org.dacite.proof.ProofWriter}, which is for one thread. Errors:
 * bytes that are no packed form are a {@link org.dacite.proof.ProofFormatException} with the place; a form that does
 * not have the trusted root is a {@link org.dacite.proof.ProofMismatchException} with both roots; a difference that may
 * hide changes is an {@link org.dacite.proof.UnprovenDifferenceException} with the place; what a key leads to is a value,
 * {@link org.dacite.proof.Verdict}.
 */
package org.dacite.proof;
