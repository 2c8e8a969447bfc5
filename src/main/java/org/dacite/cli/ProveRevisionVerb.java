package org.dacite.cli;

import java.io.IOException;
import java.util.Optional;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.log.RevisionProof;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prove-revision",
        description = {
            "Writes a proof that a revision is in the past of another.",
            "Whoever trusts the hash of the newer one can check it without the store, and then trusts the older one's root,",
            "time, author and message."
        },
        customSynopsis = "dacite prove-revision OLD [--in NEW] [-o FILE]",
        footer = "  dacite prove-revision main~100 --in main -o past.proof",
        exitCodeList = {
            "0:Done.",
            "1:The revision is not in the past of the other.",
            "2:Misuse.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class ProveRevisionVerb implements Verb {
    @Parameters(paramLabel = "OLD", description = "The revision that is proved.")
    private String old;

    @Option(names = "--in", paramLabel = "NEW", description = "The revision after it (default: the head of main).")
    private String in = Branch.MAIN;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the proof goes (default: standard output).")
    private String file;

    @Override
    public int run(Session session) throws IOException {
        ProofFile target = ProofFile.target(session, file);
        try (Dacite dacite = Stores.toRead(session)) {
            Revision older = dacite.revision(old);
            Revision newer = dacite.revision(in);
            Optional<RevisionProof> proof = dacite.proveRevision(older, newer);
            if (proof.isEmpty()) {
                return refuse(session, older, newer);
            }
            byte[] bytes = proof.get().bytes();
            Json document = Json.object()
                    .with("hash", newer.hash())
                    .with("older", HeaderLine.json(proof.get().older(), dacite.hash()))
                    .with("newer", HeaderLine.json(proof.get().newer(), dacite.hash()))
                    .with("inclusion", proof.get().inclusionPath())
                    .with("consistency", proof.get().consistencyPath());
            String remark = "proof that " + named(older) + " is in the past of " + named(newer) + ", "
                    + RevisionLine.counted(bytes.length, "byte", "bytes") + ", for hash " + newer.hash();
            target.write(session, bytes, document, remark);
            return ExitCode.DONE;
        }
    }

    private static int refuse(Session session, Revision older, Revision newer) {
        if (session.json()) {
            session.line(Json.object().with("hash", newer.hash()).with("proof", null));
        }
        session.remark("dacite: expected a revision in the past of " + named(newer) + ", got "
                + (older.id() == newer.id() ? "that revision itself" : named(older) + ", which is not"));
        return ExitCode.NO;
    }

    private static String named(Revision revision) {
        return "revision " + revision.id() + " (" + RevisionLine.shortened(revision.hash()) + ")";
    }
}
