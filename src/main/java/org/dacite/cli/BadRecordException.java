package org.dacite.cli;

/** A line of an input file cannot be loaded: carries the line, counted from 1, and says what was expected and what came. */
final class BadRecordException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final long line;

    BadRecordException(long line, String message) {
        super(message);
        this.line = line;
    }

    BadRecordException(long line, String message, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    long line() {
        return line;
    }
}
