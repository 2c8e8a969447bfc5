package org.dacite.history;

/** No revision, or more than one, has that name. */
public final class UnknownRevisionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownRevisionException(String message) {
        super(message);
    }
}
