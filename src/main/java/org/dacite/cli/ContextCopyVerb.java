package org.dacite.cli;

import org.dacite.context.ContextPath;
import org.dacite.history.Dacite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        description = {
            "Stages a copy of a value or a whole directory, in the place of whatever stands there.",
            "A directory is linked, not written again, however big it is."
        },
        customSynopsis = "dacite context copy FROM TO [--stage NAME]",
        footer = "  dacite context copy contracts backup/contracts",
        exitCodeList = {"0:Done.", "1:Nothing is there to copy.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class ContextCopyVerb implements Verb {
    @Parameters(index = "0", paramLabel = "FROM", description = "What to copy; \"\" is the root.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "Where it should stand.")
    private String to;

    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        ContextPath source = ContextPath.parse(from);
        ContextPath target = ContextPath.parse(to);
        try (Dacite dacite = Stores.toWrite(session)) {
            boolean copied = stage.of(dacite).copy(source, target);
            if (session.json()) {
                session.line(
                        Json.object().with("from", source).with("to", target).with("copied", copied));
            } else if (copied) {
                session.line(Text.escaped("staged: copy " + from + " to " + target));
            }
            if (!copied) {
                session.remark(
                        "dacite: expected a value or a directory at '" + source + "', found nothing; nothing changed");
            }
            return copied ? ExitCode.DONE : ExitCode.NO;
        }
    }
}
