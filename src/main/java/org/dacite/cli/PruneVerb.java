package org.dacite.cli;

import java.util.Locale;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.HistoryCounts;
import org.dacite.store.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        description = {
            "Gives up the state of revisions that are not to be kept, and hands back its space.",
            "Their hashes stay. Others read and commit meanwhile; killed at any moment, the next one finishes the work.",
            "What to keep is what 'dacite retention' shows, unless --keep says otherwise for this once."
        },
        customSynopsis = "dacite prune [--dry-run] [--keep N] [--rows N]",
        footer = {"  dacite prune --keep 1000 --dry-run", "  dacite prune"},
        sortOptions = false)
final class PruneVerb implements Verb {
    @Option(names = "--dry-run", description = "Tell what would go, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "For this once, keep the last N revisions of each branch and what tags name.")
    private Long keep;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows a transaction looks at, at most (default: " + Sweep.ROWS_A_STEP
                    + "); fewer let other writers in sooner.")
    private int rows = Sweep.ROWS_A_STEP;

    @Override
    public int run(Session session) {
        if (rows < 1) {
            throw new UsageException("expected --rows of 1 or more, got " + rows);
        }
        Retention once = keep == null ? null : Retention.heads().withLast(keep);
        try (Dacite dacite = dryRun ? Stores.toRead(session) : Stores.toWrite(session)) {
            Retention retention = once == null ? dacite.retention() : once;
            if (dryRun) {
                tell(session, retention, plan(dacite, retention), dacite.store().sizeBytes());
            } else {
                tell(session, retention, prune(session, dacite, retention));
            }
            return ExitCode.DONE;
        }
    }

    /** What would go; where nothing is given up and nothing is left from before, the rows are not walked. */
    private static Sweep.Plan plan(Dacite dacite, Retention retention) {
        return retention.keepsAll() && HistoryCounts.of(dacite.store()).unswept() == 0
                ? new Sweep.Plan(0, 0, 0, 0)
                : dacite.planPrune(retention);
    }

    private Sweep.Report prune(Session session, Dacite dacite, Retention retention) {
        try (Progress progress = Progress.of(session, "prune", "rows", -1)) {
            return dacite.prune(retention, rows, so -> progress.at(so.done(), so.of(), so.what()));
        }
    }

    private static void tell(Session session, Retention retention, Sweep.Plan plan, long bytesNow) {
        if (session.json()) {
            session.line(json(true, plan.revisions(), plan.vertices(), plan.leaves(), plan.bytes(), bytesNow, null));
            return;
        }
        session.line(
                plan.revisions() == 0 && plan.vertices() + plan.leaves() == 0
                        ? nothing(retention)
                        : "would prune " + counted(plan.revisions(), plan.vertices(), plan.leaves()) + ", about "
                                + RevisionLine.counted(plan.bytes(), "byte", "bytes"));
    }

    private static void tell(Session session, Retention retention, Sweep.Report report) {
        if (session.json()) {
            session.line(json(
                    false, report.revisions(), report.vertices(), report.leaves(), null, report.bytesBefore(), report));
            return;
        }
        if (report.revisions() == 0) {
            session.line(nothing(retention));
            return;
        }
        long returned = report.bytesBefore() - report.bytesAfter();
        session.line("pruned " + counted(report.revisions(), report.vertices(), report.leaves()));
        session.line(String.format(
                Locale.ROOT,
                "%,d bytes on disk before, %,d after: %,d %s",
                report.bytesBefore(),
                report.bytesAfter(),
                Math.abs(returned),
                returned < 0 ? "more" : "given back"));
        session.line(RevisionLine.counted(report.steps(), "transaction", "transactions") + ", the longest "
                + longestMillis(report) + " ms");
    }

    private static String nothing(Retention retention) {
        return retention.keepsAll()
                ? "nothing to prune: everything is kept; 'dacite retention' sets what to keep, 'dacite prune --keep N'"
                        + " keeps the last N revisions for this once"
                : "nothing to prune: every revision that has its state is to be kept";
    }

    private static String counted(long revisions, long vertices, long leaves) {
        return RevisionLine.counted(revisions, "revision", "revisions") + ": "
                + RevisionLine.counted(vertices, "vertex", "vertices") + " and "
                + RevisionLine.counted(leaves, "leaf", "leaves");
    }

    private static Json json(
            boolean dryRun,
            long revisions,
            long vertices,
            long leaves,
            Long bytes,
            long bytesBefore,
            Sweep.Report report) {
        return Json.object()
                .with("dry_run", dryRun)
                .with("revisions", revisions)
                .with("vertices", vertices)
                .with("leaves", leaves)
                .with("bytes", bytes)
                .with("bytes_before", bytesBefore)
                .with("bytes_after", report == null ? null : report.bytesAfter())
                .with("bytes_returned", report == null ? null : bytesBefore - report.bytesAfter())
                .with("steps", report == null ? null : report.steps())
                .with("longest_step_ms", report == null ? null : longestMillis(report));
    }

    private static double longestMillis(Sweep.Report report) {
        return Math.round(report.longestStepNanos() / 1e5) / 10.0;
    }
}
