package org.dacite.cli;

import org.dacite.history.Dacite;
import org.dacite.moves.Rehash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rehash",
        description = {
            "Commits every revision anew in another store, under another hash or other keys.",
            "Authors, messages, times, branches, tags and forks stay; the view rehash_table of the new store tells which hash",
            "became which. Whatever stops it, the same command goes on, and takes what came since."
        },
        customSynopsis = "dacite rehash --to STORE [--hash ALGORITHM] [--keys CODEC] [--indexes LEVEL]",
        footer = "  dacite rehash --store old.db --to new.db --hash blake2b-256",
        sortOptions = false)
final class RehashVerb implements Verb {
    @Option(names = "--to", required = true, paramLabel = "PATH|URL", description = "The new store; made when missing.")
    private String to;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) {
        try (Dacite from = Stores.toRead(session)) {
            make.assume(from.hash(), from.codec().name());
            Stores.fill(session.at(to), make, dacite -> show(session, dacite, run(session, from, dacite)));
        }
        return ExitCode.DONE;
    }

    private static Rehash.Report run(Session session, Dacite from, Dacite to) {
        long revisions = from.store().counts().revisions();
        try (Progress progress = Progress.of(session, "rehash", "revisions", revisions)) {
            return Rehash.run(from, to, so -> progress.at(so.done(), revisions, so.what()));
        }
    }

    private static void show(Session session, Dacite to, Rehash.Report report) {
        if (session.json()) {
            session.line(Json.object()
                    .with("revisions", report.made())
                    .with("heads", report.heads())
                    .with("leaves", report.leaves())
                    .with("hash", to.hash().label())
                    .with("keys", to.codec().name()));
            return;
        }
        session.line(RevisionLine.counted(report.made(), "revision", "revisions") + " committed anew with "
                + to.hash().label() + " and " + to.codec().name() + " keys");
        session.line("compared: the heads of " + RevisionLine.counted(report.heads(), "branch", "branches") + ", "
                + RevisionLine.counted(report.leaves(), "key with its value", "keys with their values")
                + ", are the same in both");
    }
}
