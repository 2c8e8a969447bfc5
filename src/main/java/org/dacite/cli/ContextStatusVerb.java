package org.dacite.cli;

import java.util.List;
import java.util.Optional;
import org.dacite.bits.KeyCodec;
import org.dacite.context.Stage;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.store.StageRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Shows what is staged, on which revision, and which branch the next commit moves.",
        customSynopsis = "dacite context status [--stage NAME]",
        footer = "  dacite context status --json",
        sortOptions = false)
final class ContextStatusVerb implements Verb {
    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toRead(session)) {
            show(session, dacite, stage.of(dacite));
        }
        return ExitCode.DONE;
    }

    static void show(Session session, Dacite dacite, Stage area) {
        List<StageRows.Change> changes = area.changes();
        Optional<Revision> base = area.base();
        if (session.json()) {
            session.line(Json.object()
                    .with("stage", area.name())
                    .with("revision", base.map(Revision::id).orElse(null))
                    .with("hash", base.map(Revision::hash).orElse(null))
                    .with("branch", area.branch().orElse(null))
                    .with(
                            "changes",
                            changes.stream().map(ContextStatusVerb::json).toList()));
            return;
        }
        session.line(Text.escaped("on " + base.map(RevisionLine::named).orElse("no revision yet") + "; the next commit "
                + area.branch().map(branch -> "moves branch " + branch).orElse("makes a branch")));
        Table table = session.table("change", "action", "path", "source", "value");
        changes.forEach(each -> table.row(
                each.number(),
                each.kind().label(),
                each.path(),
                each.source(),
                each.value() == null ? null : KeyCodec.showBytes(each.value())));
        if (table.end() == 0) {
            session.remark("nothing is staged");
        }
    }

    private static Json json(StageRows.Change change) {
        return Json.object()
                .with("change", change.number())
                .with("action", change.kind().label())
                .with("path", change.path())
                .with("source", change.source())
                .with("value", change.value());
    }
}
