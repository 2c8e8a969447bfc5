package org.dacite.cli;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Optional;
import org.dacite.moves.ForeignRows;

/**
 * The rows of a query as records. Text and numbers come as the database writes them, bytes as they are where they are the
 * whole value, else as {@code 0x…}.
 */
final class QueryRecords implements Records {
    private final ForeignRows rows;
    private final Columns columns;
    private long number;

    QueryRecords(ForeignRows rows, Columns.Choice choice) {
        this.rows = rows;
        this.columns = choice.among(rows.names(), 1);
    }

    @Override
    public Optional<Entry> next() {
        if (!rows.next()) {
            return Optional.empty();
        }
        number++;
        Marks marks = columns.marks(this::mark);
        String key = required(columns.key());
        if (marks.deletes(number)) {
            return Optional.of(new Entry(number, key, null, null, marks));
        }
        if (columns.onlyValue() >= 0 && rows.cell(columns.onlyValue()) instanceof byte[] bytes) {
            return Optional.of(new Entry(number, key, null, bytes, marks));
        }
        String value = columns.value(this::required, column -> json(rows.cell(column)));
        return Optional.of(new Entry(number, key, value, null, marks));
    }

    private String mark(int column) {
        Object cell = column == columns.time() ? rows.time(column) : rows.cell(column);
        return text(cell, column);
    }

    private String required(int column) {
        return text(rows.cell(column), column);
    }

    private String text(Object cell, int column) {
        if (cell == null) {
            throw new BadRecordException(
                    number,
                    "expected something in column '" + columns.names().get(column)
                            + "', got null; leave such rows out, or put another value in its place, in the query");
        }
        return plain(cell);
    }

    private static String plain(Object cell) {
        if (cell instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        return cell instanceof BigDecimal number ? number.toPlainString() : cell.toString();
    }

    private static String json(Object cell) {
        if (cell == null) {
            return "null";
        }
        String plain = plain(cell);
        boolean literal =
                cell instanceof Boolean || (cell instanceof Number number && Double.isFinite(number.doubleValue()));
        if (literal) {
            return plain;
        }
        StringBuilder quoted = new StringBuilder();
        Json.quote(plain, quoted);
        return quoted.toString();
    }
}
