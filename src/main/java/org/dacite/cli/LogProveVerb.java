package org.dacite.cli;

import java.io.IOException;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.RecordLog;
import org.dacite.log.LogProof;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "log-prove",
        description = {
            "Writes a proof that a record stands in a named log, or that the log has only grown.",
            "The digests are those of RFC 6962 and RFC 9162; --json lists them."
        },
        customSynopsis = "dacite log-prove NAME NUMBER | --from M  [--size N] [-o FILE]",
        footer = {
            "  dacite log-prove audit 41 -o record.proof",
            "  dacite log-prove audit --from 1000 --size 2000 -o growth.proof"
        },
        sortOptions = false)
final class LogProveVerb implements Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The log.")
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NUMBER",
            description = "The record that is proved, counted from 0.")
    private Long number;

    @Option(
            names = "--from",
            paramLabel = "M",
            description = "Proves instead that the log goes on from its first M records.")
    private Long from;

    @Option(names = "--size", paramLabel = "N", description = "In the log of its first N records (default: of all).")
    private Long size;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the proof goes (default: standard output).")
    private String file;

    @Override
    public int run(Session session) throws IOException {
        if ((number == null) == (from == null)) {
            throw new UsageException(
                    "expected the NUMBER of a record, or --from M, got " + (number == null ? "neither" : "both"));
        }
        ProofFile target = ProofFile.target(session, file);
        try (Dacite dacite = Stores.toRead(session)) {
            RecordLog log = dacite.recordLog(name);
            long records = size == null ? log.size() : size;
            LogProof proof = number == null ? log.proveConsistency(from, records) : log.proveInclusion(number, records);
            Digest root = log.root(records);
            Json document = Json.object()
                    .with("log", name)
                    .with("algorithm", dacite.hash().label())
                    .with("kind", LogCheckVerb.kind(proof));
            String what;
            if (number == null) {
                Digest fromRoot = log.root(from);
                document.with("from", from).with("size", records).with("from_root", fromRoot);
                what = "log '" + name + "' goes on from its first " + RevisionLine.counted(from, "record", "records")
                        + ", root " + fromRoot + ",";
            } else {
                document.with("number", number).with("size", records);
                what = "record " + number + " stands in log '" + name + "'";
            }
            byte[] bytes = proof.bytes();
            target.write(
                    session,
                    bytes,
                    document.with("root", root).with("path", proof.path()),
                    "proof that " + what + " at size " + records + ", "
                            + RevisionLine.counted(bytes.length, "byte", "bytes") + ", for root " + root);
            return ExitCode.DONE;
        }
    }
}
