package org.dacite.cli;

import java.io.IOException;
import org.dacite.hashing.Digest;
import org.dacite.log.LogProofFormatException;
import org.dacite.log.RevisionProof;
import org.dacite.log.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The light client of the past: knows a proof and the hash of a revision, no store. */
@Command(
        name = "check-revision",
        description = {
            "Checks a proof that a revision is in the past of one whose hash you trust; needs no store.",
            "Prints what is known of the older one then: its hash, height, root, time, author and message."
        },
        customSynopsis = "dacite check-revision FILE|- --hash HEX",
        footer = "  dacite check-revision past.proof --hash 7d6f7ab2…10c4",
        exitCodeList = {
            "0:The proof holds.",
            "1:It does not hold, or is no proof.",
            "2:Misuse, or the file cannot be read."
        },
        sortOptions = false)
final class CheckRevisionVerb implements Verb {
    @Parameters(paramLabel = "FILE", description = "The proof; - is standard input.")
    private String file;

    @Option(
            names = "--hash",
            required = true,
            paramLabel = "HEX",
            description = "The trusted hash of the newer revision, 64 hex digits.")
    private String trusted;

    @Override
    public int run(Session session) throws IOException {
        Digest hash = Digest.parse(trusted);
        RevisionProof proof;
        try {
            proof = RevisionProof.parse(ProofFile.read(session, file));
        } catch (LogProofFormatException e) {
            return refuse(
                    session,
                    hash,
                    "expected a proof of a revision's past in " + file + ", got something else " + e.getMessage());
        }
        if (proof.verify(hash) instanceof Verification.Fails fails) {
            return refuse(session, hash, fails.reason());
        }
        if (session.json()) {
            session.line(Json.object()
                    .with("hash", hash)
                    .with("holds", true)
                    .with("older", HeaderLine.json(proof.older(), proof.algorithm()))
                    .with("newer", HeaderLine.json(proof.newer(), proof.algorithm())));
            return ExitCode.DONE;
        }
        HeaderLine.show(session, proof.older(), proof.older().hash(proof.algorithm()));
        session.line("the proof holds: this revision is in the past of " + hash + ", whose height is "
                + proof.newer().height());
        return ExitCode.DONE;
    }

    private static int refuse(Session session, Digest hash, String reason) {
        if (session.json()) {
            session.line(Json.object()
                    .with("hash", hash)
                    .with("holds", false)
                    .with("reason", reason)
                    .with("older", null)
                    .with("newer", null));
        }
        session.remark("dacite: " + reason);
        return ExitCode.NO;
    }
}
