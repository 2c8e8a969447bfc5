package org.dacite.cli;

import org.dacite.context.ContextPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "dmem",
        description = "Tells whether a directory that has entries stands at a path; \"\" is the root.",
        customSynopsis = "dacite context dmem PATH [--at REV] [--stage NAME]",
        footer = "  dacite context dmem contracts/alice",
        exitCodeList = {"0:True.", "1:False.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class ContextDmemVerb implements Verb {
    @Parameters(paramLabel = "PATH", description = "Names divided by '/'.")
    private String typed;

    @Mixin
    private StateOption state;

    @Override
    public int run(Session session) {
        ContextPath path = ContextPath.parse(typed);
        boolean is = state.read(session, view -> view.dmem(path));
        if (session.json()) {
            session.line(Json.object().with("path", path).with("dmem", is));
        } else {
            session.line(Boolean.toString(is));
        }
        return is ? ExitCode.DONE : ExitCode.NO;
    }
}
