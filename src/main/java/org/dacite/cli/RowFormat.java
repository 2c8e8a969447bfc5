package org.dacite.cli;

import java.util.Locale;

/** How an answer of rows is written. */
enum RowFormat {
    /** Aligned columns, for people. */
    TABLE,
    /** RFC 4180 in UTF-8, its first line names the columns; null is nothing, an empty text is {@code ""}. */
    CSV,
    /** One JSON object a line. */
    JSONL,
    /** Apache Parquet. */
    PARQUET;

    /** The format of that label: {@code table}, {@code csv}, {@code jsonl} or {@code parquet}. */
    static RowFormat labelled(String label) {
        return switch (label) {
            case "table" -> TABLE;
            case "csv" -> CSV;
            case "jsonl" -> JSONL;
            case "parquet" -> PARQUET;
            default -> throw new UsageException("expected --format table, csv, jsonl or parquet, got '" + label + "'");
        };
    }

    /** The format that the end of a file's name tells, null for none. */
    static RowFormat of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return JSONL;
        }
        return name.endsWith(".parquet") ? PARQUET : null;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
