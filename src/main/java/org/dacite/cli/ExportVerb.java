package org.dacite.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Writes the state at a revision to a file, for other tools or for another store.",
            "Its rows come as CSV, JSON lines or Parquet, or with --from only what differs from an older revision.",
            "The root, the revision, hash and keys stand in the footer of a Parquet file, else in FILE.meta.json.",
            "With --snapshot it is the packed form, compressed by gzip, which 'dacite import' makes a store of again;",
            "with --since also only what an older state does not have, for a store that has that one."
        },
        customSynopsis = {
            "dacite export [--at REV] [--from REV] [--tree NAME[/NAME…]] [--hex] [--format FORMAT] [-o FILE]",
            "       dacite export --snapshot [--at REV] [--since REV] [--plain] -o FILE"
        },
        footer = {
            "  dacite export -o state.parquet",
            "  dacite export --from main~100 --at main -o changes.csv",
            "  dacite export --snapshot -o state.dac",
            "  dacite export --snapshot --since main~100 -o newer.dac"
        },
        sortOptions = false)
final class ExportVerb implements Verb {
    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(
            names = "--from",
            paramLabel = "REV",
            description = "Of rows, only what differs from this revision: before and after of each key.")
    private String from;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "Of rows, those in this tree (default: all).")
    private String tree;

    @Option(names = "--hex", description = "Of rows, keys and values in hexadecimal too, which is always exact.")
    private boolean hex;

    @Option(
            names = "--snapshot",
            description = "The whole state in the packed form, with all that its root is made of.")
    private boolean snapshot;

    @Option(
            names = "--since",
            paramLabel = "REV",
            description = "Of a snapshot, only what this older revision does not have.")
    private String since;

    @Option(names = "--plain", description = "Of a snapshot, not compressed: the bytes that 'dacite check' takes too.")
    private boolean plain;

    @Mixin
    private RowOptions rows;

    @Override
    public int run(Session session) throws IOException {
        if (snapshot) {
            if (from != null || tree != null || hex || rows.isFormatNamed()) {
                throw new UsageException(
                        "expected --snapshot, or --from, --tree, --hex and --format, which are about rows, got both");
            }
            return new SnapshotExport(at, since, plain, rows.file()).run(session);
        }
        if (since != null || plain) {
            throw new UsageException(
                    "expected --snapshot beside --since and --plain, got none; for rows, --from says since when");
        }
        return new RowExport(at, from, tree, hex, rows).run(session);
    }
}
