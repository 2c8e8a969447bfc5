package org.dacite.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows for people, in aligned columns: numbers to the right, everything else to the left. The widths come from the first
 * rows; later ones stream by. A column that is empty in all rows so far is left out. For one thread.
 */
final class Table {
    private static final int MEASURED_ROWS = 500;
    private static final int MAX_WIDTH = 66;

    private final Console console;
    private final String[] headers;
    private final int[] widths;
    private final boolean[] shown;
    private final boolean[] right;
    private final List<String[]> waiting = new ArrayList<>();
    private boolean measured;
    private long rows;

    Table(Console console, String... headers) {
        this.console = console;
        this.headers = headers.clone();
        this.widths = new int[headers.length];
        this.shown = new boolean[headers.length];
        this.right = new boolean[headers.length];
    }

    /** Shows a column even where it is empty. */
    Table withEmptyColumn(int column) {
        shown[column] = true;
        return this;
    }

    /** Adds a row: null is an empty cell. */
    void row(Object... cells) {
        String[] row = new String[headers.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells[i] == null ? "" : Text.escaped(cells[i].toString());
            right[i] |= !measured && cells[i] instanceof Number;
        }
        rows++;
        if (measured) {
            write(row);
            return;
        }
        waiting.add(row);
        if (waiting.size() == MEASURED_ROWS) {
            measure();
        }
    }

    /** Writes what is still waiting and answers how many rows there were. */
    long end() {
        if (!measured) {
            measure();
        }
        return rows;
    }

    private void measure() {
        measured = true;
        for (String[] row : waiting) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(MAX_WIDTH, width(row[i])));
                shown[i] |= !row[i].isEmpty();
            }
        }
        if (!waiting.isEmpty()) {
            writeHeader();
        }
        waiting.forEach(this::write);
        waiting.clear();
    }

    private void writeHeader() {
        for (int i = 0; i < headers.length; i++) {
            widths[i] = Math.max(widths[i], width(headers[i]));
        }
        console.line(aligned(headers));
    }

    private void write(String[] row) {
        boolean more = false;
        for (int i = 0; i < row.length; i++) {
            more |= !shown[i] && !row[i].isEmpty();
            shown[i] |= !row[i].isEmpty();
        }
        if (more) {
            writeHeader();
        }
        console.line(aligned(row));
    }

    private String aligned(String[] row) {
        StringBuilder line = new StringBuilder();
        int pending = 0;
        boolean first = true;
        for (int i = 0; i < row.length; i++) {
            if (!shown[i]) {
                continue;
            }
            line.append(" ".repeat(pending + (first ? 0 : 2)));
            int room = Math.max(0, widths[i] - width(row[i]));
            line.append(" ".repeat(right[i] ? room : 0)).append(row[i]);
            pending = right[i] ? 0 : room;
            first = false;
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        return line.substring(0, end);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
