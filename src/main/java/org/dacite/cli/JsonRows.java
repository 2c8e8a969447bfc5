package org.dacite.cli;

import java.util.List;
import java.util.Map;

/** Rows for scripts: one JSON object a line. */
final class JsonRows implements RowSink {
    private final Console console;
    private List<RowColumn> columns = List.of();

    JsonRows(Console console) {
        this.console = console;
    }

    @Override
    public void begin(List<RowColumn> names, Map<String, String> metadata) {
        columns = names;
    }

    @Override
    public void row(List<?> values) {
        Json object = Json.object();
        for (int i = 0; i < columns.size(); i++) {
            if (values.get(i) != null || !columns.get(i).optional()) {
                object.with(columns.get(i).name(), values.get(i));
            }
        }
        console.line(object.toString());
    }

    @Override
    public void end() {}
}
