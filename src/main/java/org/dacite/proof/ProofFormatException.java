package org.dacite.proof;

/** The bytes are not a packed form: says at which byte, what was expected there and what came. */
public final class ProofFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final long position;
    private final String reason;

    ProofFormatException(long position, String reason) {
        super("at byte " + position + ": " + reason);
        this.position = position;
        this.reason = reason;
    }

    /** The same for an input that begins so many bytes before the part that was read. */
    ProofFormatException movedBy(int bytes) {
        return new ProofFormatException(position + bytes, reason);
    }

    /** The first byte that is wrong, counted from 0; the length of the input when it ends too early. */
    public long position() {
        return position;
    }
}
