package org.dacite.cli;

import java.util.List;
import org.dacite.store.Upgrade;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description = {
            "Upgrades a store of an older Dacite to the tables of this one.",
            "In one transaction: the roots of all heads and of some past revisions are derived from the leaves alone before",
            "and after, and only when they are the same does it count. Killed at any moment, the store is as it was."
        },
        customSynopsis = "dacite migrate [--status | --dry-run] [--all]",
        footer = {"  dacite migrate --status", "  dacite migrate"},
        exitCodeList = {
            "0:Done, or nothing to do.",
            "1:With --status: the store is older.",
            "2:Misuse.",
            "3:The store could not do it, and is as it was."
        },
        sortOptions = false)
final class MigrateVerb implements Verb {
    @Option(names = "--status", description = "Tell the format of the store and what would be done; change nothing.")
    private boolean tellStatus;

    @Option(names = "--dry-run", description = "Do all of it, and undo it in the end.")
    private boolean dryRun;

    @Option(
            names = "--all",
            description =
                    "Derive the root of every revision that has its state, instead of the heads' and ten others'.")
    private boolean all;

    @Override
    public int run(Session session) {
        if (tellStatus && (dryRun || all)) {
            throw new UsageException("expected --status alone, got --dry-run or --all with it; leave one out");
        }
        if (tellStatus) {
            Upgrade.Status status = Upgrade.status(session.place(), Stores.settings(session));
            show(session, status);
            return status.pending().isEmpty() ? ExitCode.DONE : ExitCode.NO;
        }
        try (Progress progress = Progress.of(session, "migrate", "revisions", -1)) {
            Upgrade.Report report = Upgrade.run(
                    session.place(),
                    Stores.settings(session),
                    all,
                    dryRun,
                    so -> progress.at(so.done(), so.of(), so.what()));
            show(session, report);
        }
        return ExitCode.DONE;
    }

    private static void show(Session session, Upgrade.Status status) {
        if (session.json()) {
            session.line(Json.object()
                    .with("place", status.place())
                    .with("format", status.format())
                    .with("newest", status.newest())
                    .with(
                            "migrations",
                            status.steps().stream().map(MigrateVerb::json).toList()));
            return;
        }
        Table table = session.table("format", "migration", "applied");
        for (Upgrade.Step step : status.steps()) {
            table.row(
                    step.format(),
                    step.description(),
                    step.applied().map(Object::toString).orElse("pending"));
        }
        table.end();
        session.line("the store has format " + status.format()
                + (status.pending().isEmpty()
                        ? ", which is that of this Dacite"
                        : ", this Dacite has " + status.newest() + "; 'dacite migrate' upgrades it"));
    }

    private static Json json(Upgrade.Step step) {
        return Json.object()
                .with("format", step.format())
                .with("description", step.description())
                .with("applied", step.applied().map(Object::toString).orElse(null));
    }

    private void show(Session session, Upgrade.Report report) {
        if (session.json()) {
            session.line(Json.object()
                    .with("dry_run", dryRun)
                    .with("from", report.from())
                    .with("to", report.to())
                    .with(
                            "migrations",
                            report.steps().stream().map(MigrateVerb::json).toList())
                    .with("heads", report.heads())
                    .with("past", report.past())
                    .with("past_kept", report.keptPast()));
            return;
        }
        List<Upgrade.Step> steps = report.steps();
        if (steps.isEmpty()) {
            session.line("nothing to do: the store has format " + report.to() + ", which is that of this Dacite");
            return;
        }
        session.line("the same before and after, derived from the leaves: the roots of "
                + RevisionLine.counted(report.heads(), "head", "heads") + " and of " + report.past() + " of "
                + RevisionLine.counted(report.keptPast(), "other revision", "other revisions"));
        session.line((dryRun ? "would upgrade" : "upgraded") + " the store from format " + report.from() + " to "
                + report.to() + " in " + RevisionLine.counted(steps.size(), "migration", "migrations")
                + (dryRun ? "; nothing was changed" : ""));
    }
}
