package org.dacite.cli;

import java.util.Optional;
import org.dacite.context.ContextPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Prints the value at a path.",
        customSynopsis = "dacite context get PATH [--at REV] [--stage NAME] [--raw]",
        footer = "  dacite context get contracts/alice/coins --at main~1",
        exitCodeList = {"0:Done.", "1:Nothing or a directory is there.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class ContextGetVerb implements Verb {
    @Parameters(paramLabel = "PATH", description = "Names divided by '/'.")
    private String typed;

    @Option(names = "--raw", description = "The bytes of the value and nothing else, no line feed.")
    private boolean raw;

    @Mixin
    private StateOption state;

    @Override
    public int run(Session session) {
        if (raw && session.json()) {
            throw new UsageException("expected --raw or --json, got both; leave one out");
        }
        ContextPath path = ContextPath.parse(typed);
        return state.read(session, view -> {
            Optional<byte[]> value = view.get(path);
            if (session.json()) {
                session.line(Json.object().with("path", path).with("value", value.orElse(null)));
            } else if (value.isPresent()) {
                session.console().write(value.get());
                if (!raw) {
                    session.console().print("\n");
                }
            }
            if (value.isEmpty()) {
                session.remark("dacite: expected a value at '" + path + "', found "
                        + (view.dmem(path) ? "a directory; 'dacite context list' shows it" : "nothing"));
            }
            return value.isPresent() ? ExitCode.DONE : ExitCode.NO;
        });
    }
}
