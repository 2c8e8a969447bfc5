package org.dacite.cli;

import org.dacite.context.Stage;
import org.dacite.history.Dacite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "back",
        description = "Returns to the state after a staged change, and drops those behind it.",
        customSynopsis = "dacite context back CHANGE [--stage NAME]",
        footer = "  dacite context back 0",
        sortOptions = false)
final class ContextBackVerb implements Verb {
    @Parameters(
            paramLabel = "CHANGE",
            description = "The number of the change, as 'dacite context status' shows it; 0 drops all.")
    private long number;

    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toWrite(session)) {
            Stage area = stage.of(dacite);
            area.back(number);
            ContextStatusVerb.show(session, dacite, area);
        }
        return ExitCode.DONE;
    }
}
