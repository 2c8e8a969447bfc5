package org.dacite.cli;

/** What one word of the command line does; its fields are filled from the words after it. For one run. */
interface Verb {
    /** Does it and answers the exit code: {@link ExitCode#DONE} or {@link ExitCode#NO}; anything else is thrown. */
    int run(Session session) throws Exception;
}
