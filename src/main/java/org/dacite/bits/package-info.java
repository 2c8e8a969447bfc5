/**
 * Bit strings, padded keys and key codecs: the arithmetic that everything above stands on.
 *
 * <p>Knows: how keys become bits, how bit strings compare, how they are packed (canonical-form.md, "Keys and bit
 * strings"). Must not know: hashes, nodes, SQL.
 *
 * <p>Threads: every type here is immutable or stateless and may be used from any thread. Errors: misuse is an
 * {@link IllegalArgumentException} that says what was expected and what came.
 */
package org.dacite.bits;
