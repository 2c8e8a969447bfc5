package org.dacite.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code dacite help [COMMAND]}; {@link Main} writes it. */
@Command(
        name = "help",
        description = "Shows the help of a command.",
        customSynopsis = "dacite help [COMMAND]",
        footer = "  dacite help prove",
        exitCodeList = {"0:Done.", "2:There is no such command."})
final class HelpVerb implements Verb {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
    private String command;

    /** The command that was asked about; empty: all. */
    static String asked(ParseResult parsed) {
        return parsed.commandSpec().userObject() instanceof HelpVerb help
                ? help.command == null ? "" : help.command
                : parsed.commandSpec().name();
    }

    @Override
    public int run(Session session) {
        throw new IllegalStateException("help is written before any command runs");
    }
}
