package org.dacite.cli;

/** What was typed, or what was read from a file, cannot be worked with: says what was expected, what came, what to do. */
final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
