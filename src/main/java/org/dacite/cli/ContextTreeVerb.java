package org.dacite.cli;

import org.dacite.bits.KeyCodec;
import org.dacite.context.ContextPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "tree",
        description = "Prints everything below a directory, in byte order of names.",
        customSynopsis = "dacite context tree [PATH] [--at REV] [--stage NAME]",
        footer = "  dacite context tree contracts --json",
        sortOptions = false)
final class ContextTreeVerb implements Verb {
    private static final String STEP = "  ";

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = "",
            description = "Names divided by '/' (default: the root).")
    private String typed;

    @Mixin
    private StateOption state;

    @Override
    public int run(Session session) {
        ContextPath path = ContextPath.parse(typed);
        return state.read(session, view -> {
            view.walk(path, (at, entry) -> {
                if (session.json()) {
                    session.line(Json.object()
                            .with("path", at.then(entry.name()))
                            .with("kind", entry.isDirectory() ? "directory" : "value")
                            .with("value", entry.value().orElse(null)));
                } else {
                    String shown = STEP.repeat(at.size() - path.size()) + entry.name();
                    session.line(Text.escaped(entry.value()
                            .map(value -> shown + " = " + KeyCodec.showBytes(value))
                            .orElse(shown + "/")));
                }
            });
            return ExitCode.DONE;
        });
    }
}
