package org.dacite.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a file holds records. */
enum FileFormat {
    /** RFC 4180: commas, double quotes where needed; the first record names the columns. */
    CSV,
    /** One record a line, divided by tabs, no quoting; the first line names the columns. */
    TSV,
    /** One JSON object a line. */
    JSONL;

    /** The format of that label: {@code csv}, {@code tsv} or {@code jsonl}. */
    static FileFormat labelled(String label) {
        return switch (label) {
            case "csv" -> CSV;
            case "tsv" -> TSV;
            case "jsonl" -> JSONL;
            default -> throw new UsageException("expected --format csv, tsv or jsonl, got '" + label + "'");
        };
    }

    /** By the end of the name, {@code .gz} aside; else by how the text begins. */
    static FileFormat of(String name, byte[] beginning) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (plain.endsWith(".csv")) {
            return CSV;
        }
        if (plain.endsWith(".tsv")) {
            return TSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
            return JSONL;
        }
        String text = new String(beginning, StandardCharsets.UTF_8)
                .replace("\ufeff", "")
                .stripLeading();
        if (text.startsWith("{")) {
            return JSONL;
        }
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).indexOf('\t') >= 0 ? TSV : CSV;
    }
}
