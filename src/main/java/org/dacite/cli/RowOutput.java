package org.dacite.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dacite.parquet.Compression;

/** The rows of an answer on their way to standard output or into a file. For one answer and one thread. */
final class RowOutput implements Closeable {
    private final OutputFile file;
    private final Path path;
    private final Console console;
    private final RowSink sink;
    private long rows;
    private boolean begun;

    private RowOutput(OutputFile file, Path path, Console console, RowSink sink) {
        this.file = file;
        this.path = path;
        this.console = console;
        this.sink = sink;
    }

    /** Into a file, or to standard output for null; refuses to write bytes to a terminal. */
    static RowOutput open(Session session, RowFormat format, Path path) {
        if (path == null && format == RowFormat.PARQUET && session.console().outIsTerminal()) {
            throw new UsageException(
                    "expected -o FILE, since Parquet is bytes and standard output is a terminal, got none");
        }
        OutputFile file = path == null ? null : OutputFile.begin(path, "the rows");
        Console console = file == null ? session.console() : session.console().into(file.stream());
        return new RowOutput(file, path, console, sink(format, console, true));
    }

    /**
     * What writes a format.
     *
     * @param packed whether a format that can pack its rows does: then other machines may make other bytes
     */
    static RowSink sink(RowFormat format, Console console, boolean packed) {
        return switch (format) {
            case TABLE -> new TableRows(console);
            case CSV -> new CsvRows(console);
            case JSONL -> new JsonRows(console);
            case PARQUET -> new ParquetRows(console.out(), packed ? Compression.GZIP : Compression.NONE);
        };
    }

    void begin(List<RowColumn> columns) {
        begin(columns, Map.of());
    }

    void begin(List<RowColumn> columns, Map<String, String> metadata) {
        begun = true;
        try {
            sink.begin(columns, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void row(List<?> values) {
        rows++;
        try {
            sink.row(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many rows there were so far. */
    long rows() {
        return rows;
    }

    /** Writes what is still waiting and puts the file at its place; answers its size, 0 of standard output. */
    long finish() {
        try {
            if (begun) {
                sink.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (file == null) {
            return 0;
        }
        console.flush();
        return file.finish();
    }

    /** The same, and tells of it: the file that was written, or that there were no rows, as {@code none} says it. */
    void finish(Session session, String none) {
        long bytes = finish();
        if (file == null) {
            if (rows == 0 && sink instanceof TableRows) {
                session.remark(none);
            }
        } else if (session.json()) {
            session.line(Json.object().with("rows", rows).with("bytes", bytes).with("file", path));
        } else {
            session.remark(RevisionLine.counted(rows, "row", "rows") + ", "
                    + RevisionLine.counted(bytes, "byte", "bytes") + " in " + path);
        }
    }

    /** Leaves nothing of a file that was not finished. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
