package org.dacite.cli;

import org.dacite.history.Dacite;
import org.dacite.history.PrunedRevisionException;
import org.dacite.moves.Rehash;
import org.dacite.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rehash",
        description = {
            "Commits every revision anew in another store, under another hash or other keys.",
            "Authors, messages, times, branches, tags and forks stay; the view rehash_table of the new store tells which hash",
            "became which. Whatever stops it, the same command goes on, and takes what came since. A store that gave up the state",
            "of some revisions is refused, or with --kept committed anew without those."
        },
        customSynopsis = "dacite rehash --to STORE [--hash ALGORITHM] [--keys CODEC] [--indexes LEVEL] [--kept]",
        footer = "  dacite rehash --store old.db --to new.db --hash blake2b-256",
        sortOptions = false)
final class RehashVerb implements Verb {
    @Option(names = "--to", required = true, paramLabel = "PATH|URL", description = "The new store; made when missing.")
    private String to;

    @Option(
            names = "--kept",
            description =
                    "Leave out revisions that were pruned; each other is committed on the last one before it that was not.")
    private boolean kept;

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

    private Rehash.Report run(Session session, Dacite from, Dacite to) {
        long revisions = from.store().counts().revisions();
        try (Progress progress = Progress.of(session, "rehash", "revisions", revisions)) {
            return Rehash.run(
                    from,
                    to,
                    kept ? Rehash.Which.KEPT : Rehash.Which.ALL,
                    so -> progress.at(so.done(), revisions, so.what()));
        } catch (PrunedRevisionException e) {
            throw kept ? e : new UsageException(e.getMessage() + "; --kept leaves out what was pruned", e);
        } catch (StoreException e) {
            throw new StoreException(
                    e.getMessage()
                            + "; what was committed anew until there stays, and the same command goes on behind it",
                    e);
        }
    }

    private static void show(Session session, Dacite to, Rehash.Report report) {
        if (session.json()) {
            session.line(Json.object()
                    .with("revisions", report.made())
                    .with("left_out", report.leftOut())
                    .with("heads", report.heads())
                    .with("leaves", report.leaves())
                    .with("hash", to.hash().label())
                    .with("keys", to.codec().name()));
            return;
        }
        session.line(RevisionLine.counted(report.made(), "revision", "revisions") + " committed anew with "
                + to.hash().label() + " and " + to.codec().name() + " keys"
                + (report.leftOut() == 0
                        ? ""
                        : "; " + RevisionLine.counted(report.leftOut(), "pruned one", "pruned ones") + " left out"));
        session.line("compared: the heads of " + RevisionLine.counted(report.heads(), "branch", "branches") + ", "
                + RevisionLine.counted(report.leaves(), "key with its value", "keys with their values")
                + ", are the same in both");
    }
}
