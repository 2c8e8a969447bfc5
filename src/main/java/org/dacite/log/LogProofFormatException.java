package org.dacite.log;

/** The bytes are no proof about a log or a revision's past: says at which byte, what was expected there and what came. */
public final class LogProofFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    LogProofFormatException(int position, String message) {
        super("at byte " + position + ": " + message);
        this.position = position;
    }

    /** The first byte that is wrong, counted from 0; the length of the input when it ends too early. */
    public int position() {
        return position;
    }
}
