package org.dacite.cli;

import org.dacite.history.Note;
import picocli.CommandLine.Option;

/** What a commit says of itself. Filled for one run. */
final class NoteOptions {
    private static final int LONGEST_NAMED_KEY = 60;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "MESSAGE",
            description = "Why.")
    private String message;

    @Option(names = "--author", paramLabel = "NAME", description = "Who (default: nobody in particular).")
    private String author;

    @Option(
            names = "--time",
            paramLabel = "MILLIS",
            description = "When, in milliseconds since 1970 UTC (default: now).")
    private Long timeMillis;

    /** The default message of a commit that does something with keys: names the one key, if it is a short one. */
    static String message(String verb, String firstKey, int count) {
        return count > 1 || firstKey.length() > LONGEST_NAMED_KEY
                ? verb + " " + count + (count == 1 ? " key" : " keys")
                : verb + " " + Text.escaped(firstKey);
    }

    boolean hasMessage() {
        return message != null;
    }

    boolean hasTime() {
        return timeMillis != null;
    }

    /** The note of a commit made now. */
    Note note(String defaultMessage) {
        Note note = Note.of(message == null ? defaultMessage : message);
        note = author == null ? note : note.by(author);
        return timeMillis == null ? note : note.at(timeMillis);
    }
}
