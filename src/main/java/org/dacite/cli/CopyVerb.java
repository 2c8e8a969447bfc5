package org.dacite.cli;

import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.moves.Copy;
import org.dacite.store.Revision;
import org.dacite.store.Store;
import org.dacite.store.StoreException;
import org.dacite.store.Transfer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "copy",
        description = {
            "Makes another store, on any engine, what this one is: revisions, names, logs and rules.",
            "Every hash is made anew at the destination before it counts. Others write meanwhile; killed at any moment, the",
            "next one goes on, and one that was finished moves only what is new."
        },
        customSynopsis = "dacite copy --to PATH|URL [--head HASH]",
        footer = "  dacite copy --to \"jdbc:postgresql://localhost/chain?user=peer\"",
        sortOptions = false)
final class CopyVerb implements Verb {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "PATH|URL",
            description = "The other store; made when there is none.")
    private String to;

    @Option(
            names = "--head",
            paramLabel = "HASH",
            description = "Refuse unless the head of main has this hash, which a backup tells.")
    private String head;

    @Override
    public int run(Session session) {
        Digest expected = head == null ? null : Digest.parse(head);
        try (Dacite dacite = Stores.toRead(session)) {
            if (expected != null) {
                Copy.requireHead(dacite, Branch.MAIN, expected);
            }
            boolean isNew = !Store.exists(to);
            try {
                tell(session, to, copied(session, dacite));
            } catch (StoreException e) {
                throw isNew && Stores.dropUnused(session, to)
                        ? e
                        : new StoreException(
                                e.getMessage()
                                        + "; what was copied until there stays, and the next copy goes on behind it",
                                e);
            }
            return ExitCode.DONE;
        }
    }

    private Transfer.Report copied(Session session, Dacite dacite) {
        try (Progress progress = Progress.of(session, "copy", "rows", -1)) {
            return Copy.run(dacite, to, Stores.settings(session), so -> progress.at(so.done(), so.of(), so.what()));
        }
    }

    /** What was moved and verified, with the head at the destination, which somebody may want to remember. */
    static void tell(Session session, String place, Transfer.Report report) {
        Optional<Revision> main;
        try (Dacite copy = Stores.toRead(session, place)) {
            main = copy.branch(Branch.MAIN).head();
        }
        if (session.json()) {
            session.line(Json.object()
                    .with("revisions", report.revisions())
                    .with("vertices", report.vertices())
                    .with("leaves", report.leaves())
                    .with("entries", report.entries())
                    .with("all_revisions", report.all())
                    .with("head", main.map(each -> each.hash().toString()).orElse(null))
                    .with("root", main.map(each -> each.root().toString()).orElse(null)));
            return;
        }
        session.line(RevisionLine.counted(report.revisions(), "new revision", "new revisions") + " of "
                + report.all() + ": " + RevisionLine.counted(report.vertices(), "vertex", "vertices") + ", "
                + RevisionLine.counted(report.leaves(), "leaf", "leaves") + ", "
                + RevisionLine.counted(report.entries(), "record", "records")
                + ", every hash made anew");
        main.ifPresent(each -> session.line("head " + each.hash() + "\nroot " + each.root()));
    }
}
