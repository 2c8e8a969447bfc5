package org.dacite.cli;

import java.util.List;
import java.util.Map;

/**
 * Rows for spreadsheets: RFC 4180, but lines end with a line feed alone. Null is nothing and an empty text is {@code ""},
 * which the library that reads records cannot write.
 */
final class CsvRows implements RowSink {
    private final Console console;

    CsvRows(Console console) {
        this.console = console;
    }

    @Override
    public void begin(List<RowColumn> columns, Map<String, String> metadata) {
        row(columns.stream().map(RowColumn::name).toList());
    }

    @Override
    public void row(List<?> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            line.append(i == 0 ? "" : ",");
            if (values.get(i) != null) {
                append(line, Text.shown(values.get(i)));
            }
        }
        // an empty line would be no record at all
        console.line(line.length() == 0 && values.size() == 1 ? "\"\"" : line.toString());
    }

    private static void append(StringBuilder line, String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        boolean spaces = cell.startsWith(" ") || cell.endsWith(" ");
        if (plain && !spaces) {
            line.append(cell);
        } else {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        }
    }

    @Override
    public void end() {}
}
