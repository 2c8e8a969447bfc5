package org.dacite.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.proof.RowSelection;
import org.dacite.proof.RowsProof;
import org.dacite.query.ProvableSelect;
import org.dacite.query.ReadOnlySql;
import org.dacite.store.Revision;

/** {@code dacite sql --prove}: rows, and beside them the proof that they are the state's, all that were asked for. */
final class SqlProver {
    private final Session session;
    private final Dacite dacite;
    private final Revision revision;
    private final String statement;

    SqlProver(Session session, Dacite dacite, Revision revision, String statement) {
        this.session = session;
        this.dacite = dacite;
        this.revision = revision;
        this.statement = statement;
    }

    /** Writes both files. */
    void write(RowOptions options, int timeoutSeconds) {
        if (options.file() == null) {
            throw new UsageException(
                    "expected -o FILE beside --prove, since the proof is written into FILE.proof, got none");
        }
        RowFormat format = options.format(session);
        if (format == RowFormat.TABLE) {
            throw new UsageException("expected --format csv, jsonl or parquet beside --prove, got table");
        }
        Path file = OutputFile.named(options.file());
        ProvableSelect select = ProvableSelect.of(statement, dacite.store().engine(), dacite.codec());
        RowsProof proof;
        Digest root = revision.root();
        try (Snapshot state = dacite.at(revision)) {
            proof = state.proveRows(selection(select), ProvenRows.layout(format, select.columns()));
        }
        ProvenRows rows = ProvenRows.of(proof, root);
        compare(select.columns(), rows.rows(), timeoutSeconds);
        byte[] packed = proof.bytes();
        OutputFile.write(ProvenRows.proofOf(file), "the proof", packed);
        OutputFile.write(file, "the rows", rows.bytes(session.console()));
        tell(rows, file, packed.length, root);
    }

    private void tell(ProvenRows rows, Path file, int proofBytes, Digest root) {
        if (session.json()) {
            session.line(Json.object()
                    .with("root", root)
                    .with("rows", rows.rows().size())
                    .with("file", file)
                    .with("proof", ProvenRows.proofOf(file))
                    .with("proof_bytes", proofBytes));
            return;
        }
        String codec = dacite.codec().name();
        session.remark(rows.sentence() + "; " + file + " with a proof of "
                + RevisionLine.counted(proofBytes, "byte", "bytes") + ", for root " + root
                + (codec.equals(CheckVerb.CODEC_ASSUMED)
                        ? ""
                        : "; dacite check-rows " + file + " --root " + root + " --keys " + codec));
    }

    private RowSelection selection(ProvableSelect select) {
        KeyCodec codec = dacite.codec();
        List<byte[]> trees = Session.trees(select.tree().isEmpty() ? null : select.tree(), codec);
        return select.keys() == null
                ? RowSelection.ofRange(codec, trees, select.from(), select.to())
                : RowSelection.ofKeys(codec, trees, select.keys());
    }

    /** Refuses a statement to which the database answers other rows than those that the proof shows. */
    private void compare(List<String> columns, List<List<String>> proven, int timeoutSeconds) {
        Map<List<String>, Integer> counts = new HashMap<>();
        proven.forEach(row -> counts.merge(row, 1, Integer::sum));
        long[] answered = {0};
        ReadOnlySql.run(dacite.store(), statement, OptionalLong.of(revision.id()), timeoutSeconds, values -> {
            answered[0]++;
            List<String> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String shown = Text.shown(values.get(i));
                row.add(columns.get(i).equals("key") ? number(shown) : shown);
            }
            counts.merge(row, -1, Integer::sum);
        });
        if (counts.values().stream().anyMatch(count -> count != 0)) {
            throw new UsageException(
                    "expected a select to which the database answers the rows that are proved, got "
                            + RevisionLine.counted(answered[0], "row", "rows") + " from it and "
                            + RevisionLine.counted(proven.size(), "row", "rows")
                            + " that are proved: those are of one tree, and their keys compare as bytes do; say tree = '…', or compare key_hex");
        }
    }

    /** The key of a {@code uint} store as a number, which the relation shows as bytes; any other as it is. */
    private String number(String shown) {
        if (!dacite.codec().name().equals("uint")) {
            return shown;
        }
        byte[] bytes = KeyCodec.parseBytes(shown);
        return bytes.length == Long.BYTES ? dacite.codec().show(bytes) : shown;
    }
}
