package org.dacite.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records divided by tabs, one a line, nothing quoted; blank lines are passed over. */
final class TsvRecords implements Records {
    private final LineReader lines;
    private final Columns columns;

    TsvRecords(Utf8Reader in, Columns.Choice choice) {
        this.lines = new LineReader(in);
        String header = next(lines)
                .orElseThrow(
                        () -> new BadRecordException(1, "expected a line that names the columns, got a blank file"));
        this.columns = choice.among(split(header), lines.number());
    }

    @Override
    public Optional<Entry> next() {
        return next(lines).map(line -> columns.entry(lines.number(), split(line)));
    }

    /** The next line that is not blank. */
    static Optional<String> next(LineReader lines) {
        Optional<String> line = lines.next();
        while (line.isPresent() && line.get().isBlank() && line.get().indexOf('\t') < 0) {
            line = lines.next();
        }
        return line;
    }

    private static List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', from)) {
            cells.add(line.substring(from, tab));
            from = tab + 1;
        }
        cells.add(line.substring(from));
        return cells;
    }
}
