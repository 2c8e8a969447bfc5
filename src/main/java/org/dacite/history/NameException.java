package org.dacite.history;

/** A name of a branch, a tag or a log that is not valid, is taken, or must stay. */
public final class NameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NameException(String message) {
        super(message);
    }
}
