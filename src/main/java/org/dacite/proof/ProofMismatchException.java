package org.dacite.proof;

import org.dacite.hashing.Digest;

/** A well-formed proof is of another map than the trusted root's. */
public final class ProofMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Digest expected;
    private final transient Digest found;

    ProofMismatchException(Digest expected, Digest found) {
        super("expected a proof for root " + expected + ", got one for root " + found);
        this.expected = expected;
        this.found = found;
    }

    /** The root that was trusted. */
    public Digest expected() {
        return expected;
    }

    /** The root that the proof leads to. */
    public Digest found() {
        return found;
    }
}
