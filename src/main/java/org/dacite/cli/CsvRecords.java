package org.dacite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Records of RFC 4180; blank lines are passed over. */
final class CsvRecords implements Records {
    private final Utf8Reader in;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Columns columns;

    CsvRecords(Utf8Reader in, Columns.Choice choice) {
        this.in = in;
        try {
            this.parser = CSVParser.builder()
                    .setReader(in)
                    .setFormat(CSVFormat.RFC4180
                            .builder()
                            .setIgnoreEmptyLines(false)
                            .get())
                    .get();
        } catch (IOException e) {
            throw new BadRecordException(1, Utf8Reader.reason(e), e);
        }
        this.records = parser.iterator();
        CSVRecord header = read().orElseThrow(
                        () -> new BadRecordException(1, "expected a line that names the columns, got a blank file"));
        this.columns = choice.among(header.toList(), 1);
    }

    @Override
    public Optional<Entry> next() {
        while (true) {
            long line = parser.getCurrentLineNumber() + 1;
            Optional<CSVRecord> found = read();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            List<String> cells = found.get().toList();
            boolean blank = cells.size() == 1 && cells.get(0).isBlank();
            if (!blank || columns.names().size() == 1) {
                return Optional.of(columns.entry(line, cells));
            }
        }
    }

    private Optional<CSVRecord> read() {
        long line = parser.getCurrentLineNumber() + 1;
        try {
            Optional<CSVRecord> record = records.hasNext() ? Optional.of(records.next()) : Optional.empty();
            in.recordEnded();
            return record;
        } catch (UncheckedIOException | IllegalStateException e) {
            boolean open = String.valueOf(e.getMessage()).contains("EOF");
            throw new BadRecordException(
                    line,
                    open
                            ? "expected a closing quote, got the end of the file"
                            : "expected a comma or the end of the line after a closing quote, got something else",
                    e);
        }
    }
}
