package org.dacite.cli;

import java.io.Closeable;
import java.io.IOException;
import org.dacite.moves.ForeignRows;

/** Where records come from: a file, or the query of a database. For one thread. */
interface LoadInput extends Closeable {
    /** What messages call it; a number of a line or row stands behind. */
    String name();

    /** The records, by the names of their columns. A {@link BadRecordException} when these cannot be had. */
    Records records(Columns.Choice choice);

    /** Begins to tell how far it was read. */
    Progress progress(Session session);

    /** Tells how far it was read, and how many records that made. */
    void tell(Progress progress, long records);

    /** A file, or standard input. */
    record OfFile(Source source, FileFormat format) implements LoadInput {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Records records(Columns.Choice choice) {
            Utf8Reader reader = new Utf8Reader(source.bytes());
            return switch (format) {
                case CSV -> new CsvRecords(reader, choice);
                case TSV -> new TsvRecords(reader, choice);
                case JSONL -> new JsonRecords(reader, choice);
            };
        }

        @Override
        public Progress progress(Session session) {
            return Progress.of(session, "load", source);
        }

        @Override
        public void tell(Progress progress, long records) {
            progress.read(source.readBytes(), records);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** The rows of a query. */
    record OfQuery(ForeignRows rows) implements LoadInput {
        @Override
        public String name() {
            return "query";
        }

        @Override
        public Records records(Columns.Choice choice) {
            return new QueryRecords(rows, choice);
        }

        @Override
        public Progress progress(Session session) {
            return Progress.of(session, "load", "records", -1);
        }

        @Override
        public void tell(Progress progress, long records) {
            progress.at(records);
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
