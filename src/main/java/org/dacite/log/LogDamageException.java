package org.dacite.log;

/** A stored log lacks one of its nodes: carries the position at which there is none. */
public final class LogDamageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long position;

    LogDamageException(long position, long size) {
        super("expected a node at position " + position + " of a log of " + size + " entries, got none");
        this.position = position;
    }

    /** The position of the node that is not there, as in {@link Positions}. */
    public long position() {
        return position;
    }
}
