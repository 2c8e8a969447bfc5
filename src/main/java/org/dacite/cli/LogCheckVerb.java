package org.dacite.cli;

import java.io.IOException;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.log.ConsistencyProof;
import org.dacite.log.InclusionProof;
import org.dacite.log.LogProof;
import org.dacite.log.LogProofFormatException;
import org.dacite.log.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The light client of a log: knows a proof and roots, no store. */
@Command(
        name = "log-check",
        description = {
            "Checks a proof about a log of records against a root that you trust; needs no store.",
            "A root alone does not say of how many records it is: give --size too to be sure of the numbers in the proof."
        },
        customSynopsis = "dacite log-check FILE|- --root HEX --entry TEXT|0xHEX | --from-root HEX  [--size N]",
        footer = {
            "  dacite log-check record.proof --root 5dc9da79…4328 --size 8 --entry \"alice pays bob 7\"",
            "  dacite log-check growth.proof --root 5dc9da79…4328 --from-root aeb6bcfe…6e77"
        },
        exitCodeList = {
            "0:The proof holds.",
            "1:It does not hold, or is no proof.",
            "2:Misuse, or the file cannot be read."
        },
        sortOptions = false)
final class LogCheckVerb implements Verb {
    @Parameters(paramLabel = "FILE", description = "The proof; - is standard input.")
    private String file;

    @Option(names = "--root", required = true, paramLabel = "HEX", description = "The trusted root, 64 hex digits.")
    private String trusted;

    @Option(
            names = "--entry",
            paramLabel = "TEXT|0xHEX",
            description = "The record that is asked about: text, or bytes as 0x and hexadecimal digits.")
    private String entry;

    @Option(
            names = "--from-root",
            paramLabel = "HEX",
            description = "The root, trusted before, that the log is asked to go on from.")
    private String older;

    @Option(names = "--size", paramLabel = "N", description = "The number of records that the trusted root is of.")
    private Long size;

    /** What kind of proof it is, as documents call it. */
    static String kind(LogProof proof) {
        return proof instanceof InclusionProof ? "inclusion" : "consistency";
    }

    @Override
    public int run(Session session) throws IOException {
        if ((entry == null) == (older == null)) {
            throw new UsageException("expected --entry TEXT|0xHEX for a proof that a record stands in a log, or"
                    + " --from-root HEX for one that it has only grown, got " + (entry == null ? "neither" : "both"));
        }
        Digest root = Digest.parse(trusted);
        Digest fromRoot = older == null ? null : Digest.parse(older);
        byte[] record = entry == null ? null : KeyCodec.parseBytes(entry);
        LogProof proof;
        try {
            proof = LogProof.parse(ProofFile.read(session, file));
        } catch (LogProofFormatException e) {
            return refuse(
                    session,
                    root,
                    null,
                    "expected a proof about a log in " + file + ", got something else " + e.getMessage());
        }
        if (proof instanceof InclusionProof inclusion) {
            if (record == null) {
                throw new UsageException(
                        "expected --entry, since the proof in " + file + " is of a record, got --from-root");
            }
            return answer(session, root, proof, inclusion.size(), inclusion.verify(record, root));
        }
        if (fromRoot == null) {
            throw new UsageException("expected --from-root, since the proof in " + file + " is of growth, got --entry");
        }
        ConsistencyProof consistency = (ConsistencyProof) proof;
        return answer(session, root, proof, consistency.second(), consistency.verify(fromRoot, root));
    }

    private int answer(Session session, Digest root, LogProof proof, long proofSize, Verification verification) {
        if (size != null && size != proofSize) {
            return refuse(session, root, proof, "expected a proof for size " + size + ", got one for " + proofSize);
        }
        if (verification instanceof Verification.Fails fails) {
            return refuse(session, root, proof, fails.reason());
        }
        if (session.json()) {
            session.line(document(root, proof, true));
        } else {
            session.line("the proof holds: " + sentence(root, proof));
        }
        return ExitCode.DONE;
    }

    /** What is known now; numbers only where the size is trusted, which they stand and fall with. */
    private String sentence(Digest root, LogProof proof) {
        if (proof instanceof InclusionProof inclusion) {
            return size == null
                    ? "the record stands in the log with root " + root
                    : "the record is number " + inclusion.index() + " of the log of "
                            + RevisionLine.counted(size, "record", "records") + " with root " + root;
        }
        ConsistencyProof consistency = (ConsistencyProof) proof;
        return "the log " + (size == null ? "" : "of " + RevisionLine.counted(size, "record", "records") + " ")
                + "with root " + root + " goes on from the one "
                + (size == null ? "" : "of its first " + consistency.first() + " ") + "with root " + older;
    }

    private Json document(Digest root, LogProof proof, boolean holds) {
        Json document =
                Json.object().with("root", root).with("holds", holds).with("kind", proof == null ? null : kind(proof));
        Object known = holds ? size : null;
        if (proof instanceof InclusionProof inclusion) {
            document.with("number", known == null ? null : inclusion.index()).with("size", known);
        } else if (proof instanceof ConsistencyProof consistency) {
            document.with("from", known == null ? null : consistency.first()).with("size", known);
        }
        return document;
    }

    private int refuse(Session session, Digest root, LogProof proof, String reason) {
        if (session.json()) {
            session.line(document(root, proof, false).with("reason", reason));
        }
        session.remark("dacite: " + reason);
        return ExitCode.NO;
    }
}
