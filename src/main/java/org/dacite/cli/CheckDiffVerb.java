package org.dacite.cli;

import java.io.IOException;
import java.util.List;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.proof.DifferenceProof;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
import org.dacite.proof.ProvenChange;
import org.dacite.proof.UnprovenDifferenceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The light client of a difference: knows a proof and two roots, no store. */
@Command(
        name = "check-diff",
        description = {
            "Checks a proof of a difference against two roots that you trust; needs no store.",
            "Lists every key whose value differs; there are no others."
        },
        customSynopsis = "dacite check-diff FILE|- --from HEX --to HEX [--keys CODEC]",
        footer = "  dacite check-diff new.proof --from 3a362571…93fd --to abfeec6e…394e",
        exitCodeList = {
            "0:The proof holds: these keys differ, and no others.",
            "1:It does not hold, or is no proof of a difference.",
            "2:Misuse, or the file cannot be read."
        },
        sortOptions = false)
final class CheckDiffVerb implements Verb {
    @Parameters(index = "0", paramLabel = "FILE", description = "The proof; - is standard input.")
    private String file;

    @Option(names = "--from", required = true, paramLabel = "HEX", description = "The trusted root before.")
    private String before;

    @Option(names = "--to", required = true, paramLabel = "HEX", description = "The trusted root after.")
    private String after;

    @Option(
            names = "--keys",
            paramLabel = "CODEC",
            description = "How the store's keys are made: text (the default), bytes, uint or hashed.")
    private String keys = "text";

    @Override
    public int run(Session session) throws IOException {
        Digest from = Digest.parse(before);
        Digest to = Digest.parse(after);
        KeyCodec.named(keys, bytes -> bytes);
        byte[] bytes = ProofFile.read(session, file);
        try {
            DifferenceProof proof = DifferenceProof.parse(bytes);
            List<ProvenChange> changes = proof.verify(from, to);
            show(session, from, to, changes, KeyCodec.named(keys, proof.algorithm()::hash));
            return ExitCode.DONE;
        } catch (ProofFormatException e) {
            return refuse(
                    session,
                    from,
                    to,
                    "expected a proof of a difference in " + file + ", got something else " + e.getMessage());
        } catch (ProofMismatchException | UnprovenDifferenceException e) {
            return refuse(session, from, to, e.getMessage());
        }
    }

    private static int refuse(Session session, Digest from, Digest to, String reason) {
        if (session.json()) {
            session.line(Json.object()
                    .with("from", from)
                    .with("to", to)
                    .with("holds", false)
                    .with("changes", List.of()));
        }
        session.remark("dacite: " + reason);
        return ExitCode.NO;
    }

    private static void show(Session session, Digest from, Digest to, List<ProvenChange> changes, KeyCodec codec) {
        if (session.json()) {
            session.line(Json.object()
                    .with("from", from)
                    .with("to", to)
                    .with("holds", true)
                    .with(
                            "changes",
                            changes.stream()
                                    .map(each -> DifferenceTable.json(
                                            CheckVerb.path(each.trees(), codec),
                                            CheckVerb.shown(each.key(), codec),
                                            each.before(),
                                            each.after()))
                                    .toList()));
            return;
        }
        DifferenceTable table = new DifferenceTable(session);
        for (ProvenChange each : changes) {
            table.row(
                    CheckVerb.path(each.trees(), codec),
                    CheckVerb.shown(each.key(), codec),
                    each.before(),
                    each.after());
        }
        table.end();
        session.line(table.sentence());
        session.line("the proof holds from root " + from + " to root " + to);
    }
}
