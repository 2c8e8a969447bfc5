package org.dacite.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.proof.RowSelection;
import org.dacite.proof.RowsProof;

/**
 * The rows that a proof shows, as their file holds them: what writes the file makes it, and what checks the file makes it anew
 * and compares all of its bytes, so that no reader of CSV, JSON or Parquet stands between.
 */
final class ProvenRows {
    private static final List<String> COLUMNS = List.of("tree", "key", "value", "key_hex", "value_hex");

    private final RowSelection selection;
    private final RowFormat format;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final Digest root;

    private ProvenRows(RowSelection selection, RowFormat format, List<String> columns, Digest root) {
        this.selection = selection;
        this.format = format;
        this.columns = columns;
        this.root = root;
    }

    /** What a proof says of the file: the format and the columns, such as {@code csv key,value}. */
    static String layout(RowFormat format, List<String> columns) {
        return format.label() + " " + String.join(",", columns);
    }

    /** The rows that a proof shows under a trusted root; an {@link IllegalArgumentException} for a layout that is none. */
    static ProvenRows of(RowsProof proof, Digest root) {
        String[] layout = proof.layout().split(" ", -1);
        List<String> columns = layout.length == 2 ? List.of(layout[1].split(",", -1)) : List.of();
        if (layout.length != 2 || layout[0].equals("table") || !COLUMNS.containsAll(columns)) {
            throw new IllegalArgumentException("expected csv, jsonl or parquet with the columns "
                    + String.join(", ", COLUMNS) + ", got '" + proof.layout() + "'");
        }
        ProvenRows proven = new ProvenRows(proof.selection(), RowFormat.labelled(layout[0]), columns, root);
        proof.verify(root).forEach(proven::add);
        return proven;
    }

    /** Where the proof of a file of rows lies. */
    static Path proofOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".proof");
    }

    private void add(RowSelection.Row row) {
        KeyCodec codec = selection.codec();
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            cells.add(
                    switch (column) {
                        case "tree" -> tree();
                        case "key" -> codec.name().equals("uint") ? codec.show(row.key()) : readable(row.key());
                        case "value" -> readable(row.value());
                        case "key_hex" -> HexFormat.of().formatHex(codec.canonical(row.key()));
                        default -> HexFormat.of().formatHex(row.value());
                    });
        }
        rows.add(cells);
    }

    /** As the relation {@code state} says it: text where the bytes are UTF-8 without NUL. */
    private static String readable(byte[] bytes) {
        for (byte each : bytes) {
            if (each == 0) {
                return "0x" + HexFormat.of().formatHex(bytes);
            }
        }
        return KeyCodec.showBytes(bytes);
    }

    private String tree() {
        return Optional.ofNullable(TreePath.show(selection.trees(), selection.codec()))
                .orElse("");
    }

    List<List<String>> rows() {
        return rows;
    }

    RowFormat format() {
        return format;
    }

    /** The bytes of the file. */
    byte[] bytes(Console console) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console into = console.into(out);
        Map<String, String> about = new LinkedHashMap<>();
        about.put("dacite.root", root.toString());
        about.put("dacite.keys", selection.codec().name());
        try {
            RowSink sink = RowOutput.sink(format, into, false);
            sink.begin(columns.stream().map(RowColumn::ofText).toList(), about);
            for (List<String> row : rows) {
                sink.row(row);
            }
            sink.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        into.flush();
        return out.toByteArray();
    }

    /** Which rows these are, and that they are all of them. */
    String sentence() {
        String where = selection.trees().isEmpty() ? "the top tree" : "the tree " + tree();
        Optional<List<byte[]>> keys = selection.keys();
        if (keys.isPresent()) {
            int asked = keys.get().size();
            String named = asked > 10
                    ? asked + " keys"
                    : (asked == 1 ? "the key " : "the keys ")
                            + String.join(
                                    ", ",
                                    keys.get().stream()
                                            .map(selection.codec()::show)
                                            .toList());
            return counted() + " of " + named + " in " + where + (rows.size() < asked ? "; the others are absent" : "");
        }
        byte[] first = selection.from();
        byte[] end = selection.to().orElse(null);
        String which = first.length > 0 && Arrays.equals(end, KeyCodec.afterPrefix(first))
                ? " that begin with " + KeyCodec.showBytes(first)
                : (first.length == 0 ? "" : ", " + from(first)) + (end == null ? "" : ", " + to(end));
        return counted() + ": all keys of " + where + which + ", and no others";
    }

    private String counted() {
        return RevisionLine.counted(rows.size(), "row", "rows");
    }

    private String from(byte[] bound) {
        byte[] before = Arrays.copyOf(bound, bound.length - 1);
        boolean after = bound[bound.length - 1] == 0 && selection.codec().canMake(before);
        return after ? "after " + bound(before) : "from " + bound(bound);
    }

    private String to(byte[] bound) {
        byte[] last = bound.length == 0 ? bound : Arrays.copyOf(bound, bound.length - 1);
        boolean included = bound.length > 0
                && bound[bound.length - 1] == 0
                && selection.codec().canMake(last);
        return included ? "up to " + bound(last) : "before " + bound(bound);
    }

    private String bound(byte[] bytes) {
        KeyCodec codec = selection.codec();
        return codec.canMake(bytes) ? codec.show(codec.user(bytes)) : KeyCodec.showBytes(bytes);
    }
}
