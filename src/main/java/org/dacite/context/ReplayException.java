package org.dacite.context;

/** A commit that was done again came out otherwise than it was recorded. It was not made. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReplayException(String message) {
        super(message);
    }
}
