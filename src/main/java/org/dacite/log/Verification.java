package org.dacite.log;

/** What came of checking a proof against the roots that a reader trusts. */
public sealed interface Verification {
    /** Whether the proof proves what it claims. */
    default boolean holds() {
        return this instanceof Holds;
    }

    /** The proof proves what it claims. */
    record Holds() implements Verification {}

    /** The proof proves nothing; the reason says what was expected and what came. */
    record Fails(String reason) implements Verification {}
}
