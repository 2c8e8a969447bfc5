package org.dacite.cli;

import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.proof.DifferenceProof;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prove-diff",
        description = "Writes a proof of what differs between two revisions, and that nothing else does.",
        customSynopsis = "dacite prove-diff REV REV [-o FILE]",
        footer = "  dacite prove-diff main~1 main -o new.proof",
        sortOptions = false)
final class ProveDiffVerb implements Verb {
    @Parameters(index = "0", paramLabel = "REV", description = "The revision to start from.")
    private String first;

    @Parameters(index = "1", paramLabel = "REV", description = "The revision to compare with it.")
    private String second;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the proof goes (default: standard output).")
    private String file;

    @Override
    public int run(Session session) {
        ProofFile target = ProofFile.target(session, file);
        try (Dacite dacite = Stores.toRead(session);
                Snapshot before = Stores.at(dacite, first);
                Snapshot after = Stores.at(dacite, second)) {
            Digest from = before.root();
            Digest to = after.root();
            DifferenceProof proof = before.proveDifference(after);
            byte[] bytes = proof.bytes();
            long changes = proof.verify(from, to).size();
            Json document = Json.object().with("from", from).with("to", to);
            target.write(
                    session,
                    bytes,
                    target.isFile() ? document.with("changes", changes) : document,
                    "proof of " + RevisionLine.counted(changes, "difference", "differences") + ", "
                            + RevisionLine.counted(bytes.length, "byte", "bytes") + ", from root " + from + " to root "
                            + to);
            return ExitCode.DONE;
        }
    }
}
