package org.dacite.cli;

import java.util.List;
import java.util.Map;

/** Rows for people. */
final class TableRows implements RowSink {
    private final Console console;
    private Table table;

    TableRows(Console console) {
        this.console = console;
    }

    @Override
    public void begin(List<RowColumn> columns, Map<String, String> metadata) {
        table = new Table(console, columns.stream().map(RowColumn::name).toArray(String[]::new));
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).optional()) {
                table.withEmptyColumn(i);
            }
        }
    }

    @Override
    public void row(List<?> values) {
        table.row(values.stream()
                .map(value -> value instanceof Number ? value : Text.shown(value))
                .toArray());
    }

    @Override
    public void end() {
        table.end();
    }
}
