package org.dacite.cli;

import java.util.List;
import org.dacite.context.ContextPath;
import org.dacite.context.Stage;
import org.dacite.history.Dacite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = {
            "Stages the deletion of values or whole directories, and of every directory that becomes empty.",
            "Where nothing is, nothing changes."
        },
        customSynopsis = "dacite context delete PATH… [--stage NAME]",
        footer = "  dacite context delete contracts/alice",
        sortOptions = false)
final class ContextDeleteVerb implements Verb {
    @Parameters(arity = "1..*", paramLabel = "PATH", hideParamSyntax = true, description = "Names divided by '/'.")
    private List<String> typed;

    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        List<ContextPath> paths = typed.stream().map(ContextPath::parse).toList();
        try (Dacite dacite = Stores.toWrite(session)) {
            Stage area = stage.of(dacite);
            for (ContextPath path : paths) {
                boolean deleted = area.delete(path);
                if (session.json()) {
                    session.line(Json.object().with("path", path).with("deleted", deleted));
                } else {
                    session.line(Text.escaped(
                            deleted ? "staged: delete " + path : "nothing at " + path + ", so nothing changed"));
                }
            }
            return ExitCode.DONE;
        }
    }
}
