package org.dacite.cli;

import org.dacite.context.ContextPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "mem",
        description = "Tells whether a value stands at a path.",
        customSynopsis = "dacite context mem PATH [--at REV] [--stage NAME]",
        footer = "  dacite context mem contracts/alice/coins",
        exitCodeList = {"0:True.", "1:False.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class ContextMemVerb implements Verb {
    @Parameters(paramLabel = "PATH", description = "Names divided by '/'.")
    private String typed;

    @Mixin
    private StateOption state;

    @Override
    public int run(Session session) {
        ContextPath path = ContextPath.parse(typed);
        boolean is = state.read(session, view -> view.mem(path));
        if (session.json()) {
            session.line(Json.object().with("path", path).with("mem", is));
        } else {
            session.line(Boolean.toString(is));
        }
        return is ? ExitCode.DONE : ExitCode.NO;
    }
}
