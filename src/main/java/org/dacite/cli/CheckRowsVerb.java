package org.dacite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
import org.dacite.proof.RowsProof;
import org.dacite.proof.UnprovenRowsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The light client of analysts: knows a file of rows, its proof and a root, no store. */
@Command(
        name = "check-rows",
        description = {
            "Checks rows that 'sql --prove' wrote against a root that you trust; needs no store.",
            "They must be, byte for byte, all rows that the proof shows. Says which rows those are: is it what you asked?"
        },
        customSynopsis = "dacite check-rows FILE --root HEX [--proof FILE] [--keys CODEC]",
        footer = "  dacite check-rows rows.csv --root 3a362571…93fd",
        exitCodeList = {
            "0:The rows hold.",
            "1:They do not, or the proof does not, or is none.",
            "2:Misuse, or a file cannot be read."
        },
        sortOptions = false)
final class CheckRowsVerb implements Verb {
    private static final int SHOWN_CHARS = 120;

    private static final String REWRITTEN =
            "; the lines of this file end with CR LF, which another program wrote: rows are"
                    + " checked byte for byte, as 'sql --prove' wrote them";

    @Parameters(index = "0", paramLabel = "FILE", description = "The rows.")
    private String file;

    @Option(names = "--root", required = true, paramLabel = "HEX", description = "The trusted root, 64 hex digits.")
    private String trusted;

    @Option(names = "--proof", paramLabel = "FILE", description = "Their proof (default: FILE.proof).")
    private String proofFile;

    @Option(
            names = "--keys",
            paramLabel = "CODEC",
            description = "How the store's keys are made: text (the default), bytes, uint or hashed.")
    private String keys;

    @Override
    public int run(Session session) throws IOException {
        Digest root = Digest.parse(trusted);
        String codec = keys == null ? CheckVerb.CODEC_ASSUMED : keys;
        KeyCodec.named(codec, bytes -> bytes);
        Path path = OutputFile.named(file);
        String proofName = proofFile == null ? ProvenRows.proofOf(path).toString() : proofFile;
        byte[] found = ProofFile.read(session, file);
        byte[] packed = ProofFile.read(session, proofName);
        ProvenRows rows;
        try {
            RowsProof proof = RowsProof.parse(packed);
            String claimed = proof.selection().codec().name();
            if (!claimed.equals(codec)) {
                throw new UsageException("expected a proof of " + codec + " keys, as "
                        + (keys == null ? "is meant without --keys" : "--keys says") + ", got one of " + claimed
                        + " keys; if those of the store are, say --keys " + claimed);
            }
            rows = rows(proof, root);
        } catch (ProofFormatException e) {
            return refuse(
                    session,
                    root,
                    "expected a proof of rows in " + proofName + ", got something else " + e.getMessage());
        } catch (ProofMismatchException | UnprovenRowsException | BadLayoutException e) {
            return refuse(session, root, e.getMessage());
        }
        byte[] expected = rows.bytes(session.console());
        if (!Arrays.equals(expected, found)) {
            return refuse(session, root, difference(expected, found, rows.format() != RowFormat.PARQUET));
        }
        if (session.json()) {
            session.line(Json.object()
                    .with("root", root)
                    .with("holds", true)
                    .with("rows", rows.rows().size())
                    .with("selected", rows.sentence()));
        } else {
            session.line(rows.sentence());
            session.line("the rows hold for root " + root
                    + (keys == null ? "; keys were read as " + codec + ", since --keys was not given" : ""));
        }
        return ExitCode.DONE;
    }

    /** The layout that a proof speaks of is none. */
    private static final class BadLayoutException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private BadLayoutException(IllegalArgumentException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static ProvenRows rows(RowsProof proof, Digest root) {
        try {
            return ProvenRows.of(proof, root);
        } catch (IllegalArgumentException e) {
            throw new BadLayoutException(e);
        }
    }

    private static int refuse(Session session, Digest root, String reason) {
        if (session.json()) {
            session.line(Json.object().with("root", root).with("holds", false).with("reason", reason));
        }
        session.remark("dacite: " + reason);
        return ExitCode.NO;
    }

    /** Where the file parts from what the proof shows. */
    private static String difference(byte[] expected, byte[] found, boolean text) {
        if (!text) {
            return "expected the rows that the proof shows, got a file that differs from byte "
                    + Arrays.mismatch(expected, found) + " on";
        }
        List<String> wanted = lines(expected);
        List<String> got = lines(found);
        int line = 0;
        while (line < wanted.size() && line < got.size() && wanted.get(line).equals(got.get(line))) {
            line++;
        }
        return "expected the rows that the proof shows, with " + at(wanted, line) + " in line " + (line + 1) + ", got "
                + at(got, line) + (got.get(0).endsWith("\r") ? REWRITTEN : "");
    }

    private static List<String> lines(byte[] bytes) {
        return List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
    }

    private static String at(List<String> lines, int at) {
        if (at >= lines.size() || (at == lines.size() - 1 && lines.get(at).isEmpty())) {
            return "nothing";
        }
        String line = new String(lines.get(at).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return "'" + (line.length() > SHOWN_CHARS ? line.substring(0, SHOWN_CHARS) + "…" : line) + "'";
    }
}
