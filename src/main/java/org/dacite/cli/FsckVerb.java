package org.dacite.cli;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.dacite.history.Dacite;
import org.dacite.store.Fsck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "fsck",
        description = {
            "Looks for damage.",
            "Computes every hash anew inside the database, checks the structure of all rows, and derives roots from",
            "the leaves alone."
        },
        customSynopsis = "dacite fsck [--at REV | --all]",
        footer = "  dacite fsck --at main",
        exitCodeList = {"0:All is well.", "1:Damage was found.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class FsckVerb implements Verb {
    @Option(names = "--at", paramLabel = "REV", description = "Only what this revision reaches.")
    private String at;

    @Option(names = "--all", description = "All rows of all revisions (the default).")
    private boolean all;

    @Override
    public int run(Session session) {
        if (all && at != null) {
            throw new UsageException("expected --at or --all, got both; leave one out");
        }
        try (Dacite dacite = Stores.toRead(session)) {
            OptionalLong only = at == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(dacite.revision(at).id());
            Fsck.Report report = check(session, dacite, only);
            show(session, report);
            return report.damage().isEmpty() ? ExitCode.DONE : ExitCode.NO;
        }
    }

    private static Fsck.Report check(Session session, Dacite dacite, OptionalLong only) {
        try (Progress progress = Progress.of(session, "fsck", "steps", -1)) {
            AtomicLong steps = new AtomicLong();
            return Fsck.check(dacite.store(), only, what -> progress.at(steps.getAndIncrement(), -1, what));
        }
    }

    private static void show(Session session, Fsck.Report report) {
        if (session.json()) {
            session.line(Json.object()
                    .with("revisions", report.revisions())
                    .with("vertices", report.vertices())
                    .with("leaves", report.leaves())
                    .with("damage", report.damage().stream().map(FsckVerb::json).toList()));
            return;
        }
        Table table = session.table("table", "oid", "revision", "expected", "found");
        for (Fsck.Damage damage : report.damage()) {
            table.row(damage.table(), damage.oid(), damage.revision(), damage.expected(), damage.found());
        }
        table.end();
        session.line(sentence(report.damage()) + " in "
                + RevisionLine.counted(report.revisions(), "revision", "revisions") + ", "
                + RevisionLine.counted(report.vertices(), "vertex", "vertices") + ", "
                + RevisionLine.counted(report.leaves(), "leaf", "leaves"));
    }

    private static String sentence(List<Fsck.Damage> damage) {
        return damage.isEmpty() ? "no damage" : RevisionLine.counted(damage.size(), "damaged row", "damaged rows");
    }

    private static Json json(Fsck.Damage damage) {
        return Json.object()
                .with("table", damage.table())
                .with("oid", damage.oid())
                .with("revision", damage.revision())
                .with("expected", damage.expected())
                .with("found", damage.found());
    }
}
