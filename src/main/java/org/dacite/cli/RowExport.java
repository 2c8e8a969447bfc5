package org.dacite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Dacite;
import org.dacite.history.Difference;
import org.dacite.history.Entry;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;

/** Writes a state, or what differs between two, as rows for other tools, and says of which revision they are. */
final class RowExport {
    private final String at;
    private final String from;
    private final String tree;
    private final boolean hex;
    private final RowOptions rows;

    RowExport(String at, String from, String tree, boolean hex, RowOptions rows) {
        this.at = at;
        this.from = from;
        this.tree = tree;
        this.hex = hex;
        this.rows = rows;
    }

    int run(Session session) throws IOException {
        RowFormat format = rows.format(session);
        if (format == RowFormat.TABLE) {
            throw new UsageException(
                    "expected --snapshot, or --format csv, jsonl or parquet, or -o FILE with a name that ends so, got none");
        }
        try (Dacite dacite = Stores.toRead(session)) {
            Revision to = Stores.committed(dacite, at);
            Map<String, Object> about = about(dacite, to);
            try (RowOutput output = rows.open(session);
                    Snapshot state = dacite.at(to)) {
                List<byte[]> trees = Session.trees(tree, dacite.codec());
                if (from == null) {
                    state(session, dacite.codec(), Stores.tree(state, trees), output, about);
                } else {
                    changes(session, dacite, Stores.tree(state, trees), trees, output, about);
                }
                about.put("rows", output.rows());
                output.finish(session, "no rows");
            }
            if (rows.file() != null && format != RowFormat.PARQUET) {
                beside(OutputFile.named(rows.file()), about);
            }
            return ExitCode.DONE;
        }
    }

    /** What is said of the file as a whole. */
    private Map<String, Object> about(Dacite dacite, Revision to) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("root", to.root());
        about.put("revision", to.id());
        about.put("revision_hash", to.hash());
        about.put("time", to.time());
        about.put("hash", dacite.store().format().hash().label());
        about.put("keys", dacite.codec().name());
        if (tree != null) {
            about.put("tree", TreePath.show(Session.trees(tree, dacite.codec()), dacite.codec()));
        }
        if (from != null) {
            Revision first = Stores.committed(dacite, from);
            about.put("from_root", first.root());
            about.put("from_revision", first.id());
        }
        return about;
    }

    private void state(Session session, KeyCodec codec, Snapshot state, RowOutput output, Map<String, Object> about) {
        output.begin(columns("tree", "key", "value"), named(about));
        Iterator<Entry> entries = state.scan().iterator();
        try (Progress progress = Progress.of(session, "export", "rows", state.leafCount())) {
            while (entries.hasNext()) {
                Entry entry = entries.next();
                output.row(row(codec, entry.trees(), entry.key(), entry.value()));
                progress.at(output.rows());
            }
        }
    }

    private void changes(
            Session session,
            Dacite dacite,
            Snapshot after,
            List<byte[]> trees,
            RowOutput output,
            Map<String, Object> about) {
        output.begin(columns("tree", "key", "before", "after"), named(about));
        try (Snapshot first = dacite.at(Stores.committed(dacite, from));
                Progress progress = Progress.of(session, "export", "rows", -1)) {
            Iterator<Difference> changes = Stores.tree(first, trees).diff(after).iterator();
            while (changes.hasNext()) {
                Difference change = changes.next();
                output.row(row(
                        dacite.codec(),
                        change.trees(),
                        change.key(),
                        change.before().orElse(null),
                        change.after().orElse(null)));
                progress.at(output.rows());
            }
        }
    }

    /** The tree, then each other column, then those in hexadecimal. */
    private List<RowColumn> columns(String... names) {
        List<RowColumn> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(RowColumn.ofText(name));
        }
        for (int i = 1; i < names.length && hex; i++) {
            columns.add(RowColumn.ofText(names[i] + "_hex"));
        }
        return columns;
    }

    private List<Object> row(KeyCodec codec, List<byte[]> trees, byte[] key, byte[]... values) {
        List<Object> row = new ArrayList<>();
        row.add(trees.isEmpty() ? "" : TreePath.show(trees, codec));
        row.add(codec.show(key));
        row.addAll(Arrays.asList(values));
        if (hex) {
            row.add(HexFormat.of().formatHex(codec.canonical(key)));
            for (byte[] value : values) {
                row.add(value == null ? null : HexFormat.of().formatHex(value));
            }
        }
        return row;
    }

    /** As a Parquet file names what it says: {@code dacite.root} and so on. */
    private static Map<String, String> named(Map<String, Object> about) {
        Map<String, String> named = new LinkedHashMap<>();
        about.forEach((name, value) -> named.put("dacite." + name, value.toString()));
        return named;
    }

    private static void beside(Path file, Map<String, Object> about) {
        Json json = Json.object();
        about.forEach(json::with);
        Path meta = file.resolveSibling(file.getFileName() + ".meta.json");
        OutputFile.write(meta, "what the rows are", (json + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
