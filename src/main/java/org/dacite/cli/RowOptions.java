package org.dacite.cli;

import picocli.CommandLine.Option;

/** How and where rows are written. Filled for one run. */
final class RowOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, jsonl or parquet (default: what FILE ends with, else table; jsonl with --json).")
    private String format;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the rows go (default: standard output).")
    private String file;

    /** The file that was named, null: standard output. */
    String file() {
        return file;
    }

    /** Whether a format was named. */
    boolean isFormatNamed() {
        return format != null;
    }

    /** The format that was named or follows from what was. */
    RowFormat format(Session session) {
        RowFormat named = format == null ? null : RowFormat.labelled(format);
        if (session.json() && file == null) {
            if (named != null && named != RowFormat.JSONL) {
                throw new UsageException("expected --json, or --format " + named.label() + " without it, got both");
            }
            return RowFormat.JSONL;
        }
        if (named != null || file == null) {
            return named == null ? RowFormat.TABLE : named;
        }
        RowFormat told = RowFormat.of(file);
        if (told == null) {
            throw new UsageException("expected --format beside -o '" + file
                    + "', or a name that ends with .csv, .jsonl or .parquet, got neither");
        }
        return told;
    }

    /** Begins to write the rows; close it, and finish it before. */
    RowOutput open(Session session) {
        return RowOutput.open(session, format(session), file == null ? null : OutputFile.named(file));
    }
}
