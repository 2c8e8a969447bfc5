package org.dacite.cli;

/** What the command ends with. */
final class ExitCode {
    static final int DONE = 0;

    /** An absent key, a proof that does not hold, damage found. */
    static final int NO = 1;

    /** The command, its input or the name of a revision is wrong. */
    static final int MISUSE = 2;

    /** The store could not do it. */
    static final int FAILED = 3;

    private ExitCode() {}
}
