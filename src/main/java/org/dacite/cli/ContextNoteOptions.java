package org.dacite.cli;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** What a commit of the context says of itself. Filled for one run. */
final class ContextNoteOptions {
    @Option(
            names = {"-m", "--message"},
            paramLabel = "MESSAGE",
            description = "Why (default: nothing).")
    private String message = "";

    @Option(names = "--author", paramLabel = "NAME", description = "Who (default: nobody in particular).")
    private String author = "";

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "When, in seconds since 1970 UTC, negative for before (default: now).")
    private Long timeSeconds;

    String message() {
        return message;
    }

    String author() {
        return author;
    }

    long timeSeconds() {
        return timeSeconds == null ? TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) : timeSeconds;
    }
}
