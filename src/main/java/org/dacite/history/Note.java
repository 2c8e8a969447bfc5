package org.dacite.history;

import org.dacite.bits.KeyCodec;

/**
 * What a commit says of itself: part of the revision's hash.
 *
 * @param message why, without NUL
 * @param author who, without NUL
 * @param timeMillis when, in milliseconds since 1970 UTC
 */
public record Note(String message, String author, long timeMillis) {
    public Note {
        check("message", message);
        check("author", author);
    }

    /** This message, by nobody in particular, now. */
    public static Note of(String message) {
        return new Note(message, "", System.currentTimeMillis());
    }

    public Note by(String newAuthor) {
        return new Note(message, newAuthor, timeMillis);
    }

    public Note at(long newTimeMillis) {
        return new Note(message, author, newTimeMillis);
    }

    private static void check(String what, String text) {
        KeyCodec.utf8(text);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("expected " + what + " without NUL, got one at " + text.indexOf('\0'));
        }
    }
}
