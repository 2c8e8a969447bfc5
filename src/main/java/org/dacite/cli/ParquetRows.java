package org.dacite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dacite.parquet.Column;
import org.dacite.parquet.Compression;
import org.dacite.parquet.ParquetWriter;

/**
 * Rows for DuckDB, Spark and their kind. What a column that is not said to be text holds is told by the first rows: whole
 * numbers, doubles, truth values or bytes where all of them are, else text.
 */
final class ParquetRows implements RowSink {
    private static final int LOOKED_AT_ROWS = 10_000;
    private static final long LOOKED_AT_BYTES = 16 << 20;
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private final OutputStream out;
    private final Compression compression;
    private final List<List<?>> waiting = new ArrayList<>();
    private List<RowColumn> columns = List.of();
    private Map<String, String> metadata = Map.of();
    private List<Column> kinds = List.of();
    private ParquetWriter writer;
    private long waitingBytes;

    ParquetRows(OutputStream out, Compression compression) {
        this.out = out;
        this.compression = compression;
    }

    @Override
    public void begin(List<RowColumn> names, Map<String, String> about) throws IOException {
        columns = names;
        metadata = about;
        if (names.stream().allMatch(RowColumn::text)) {
            decide();
        }
    }

    @Override
    public void row(List<?> values) throws IOException {
        if (writer != null) {
            write(values);
            return;
        }
        waiting.add(values);
        values.forEach(value -> waitingBytes += sizeBytes(value));
        if (waiting.size() == LOOKED_AT_ROWS || waitingBytes >= LOOKED_AT_BYTES) {
            decide();
        }
    }

    @Override
    public void end() throws IOException {
        if (writer == null) {
            decide();
        }
        writer.finish();
    }

    private static long sizeBytes(Object value) {
        return value instanceof byte[] bytes ? bytes.length : value instanceof String text ? 2L * text.length() : 16;
    }

    private void decide() throws IOException {
        kinds = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            RowColumn column = columns.get(i);
            kinds.add(new Column(column.name(), column.text() ? Column.Kind.TEXT : kind(i)));
        }
        writer = new ParquetWriter(out, kinds, metadata, compression);
        for (List<?> row : waiting) {
            write(row);
        }
        waiting.clear();
    }

    private Column.Kind kind(int column) {
        Set<Column.Kind> seen = new HashSet<>();
        boolean exact = true;
        for (List<?> row : waiting) {
            Object value = whole(row.get(column));
            if (value != null) {
                seen.add(kindOf(value));
                exact &= !(value instanceof Long number) || Math.abs(number) <= EXACT_IN_DOUBLE;
            }
        }
        if (seen.equals(Set.of(Column.Kind.WHOLE, Column.Kind.DOUBLE)) && exact) {
            return Column.Kind.DOUBLE;
        }
        return seen.size() == 1 ? seen.iterator().next() : Column.Kind.TEXT;
    }

    private static Column.Kind kindOf(Object value) {
        if (value instanceof Long) {
            return Column.Kind.WHOLE;
        }
        if (value instanceof Double) {
            return Column.Kind.DOUBLE;
        }
        if (value instanceof Boolean) {
            return Column.Kind.TRUTH;
        }
        return value instanceof byte[] ? Column.Kind.BYTES : Column.Kind.TEXT;
    }

    /** A whole number as a long where it is one; a sum of whole numbers comes as a decimal from PostgreSQL. */
    private static Object whole(Object value) {
        if (value instanceof BigDecimal number) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                return value; // stays exact, as text
            }
        }
        return value;
    }

    private void write(List<?> row) throws IOException {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(fitting(row.get(i), kinds.get(i)));
        }
        writer.row(values);
    }

    private static Object fitting(Object given, Column column) {
        if (column.kind() == Column.Kind.TEXT) {
            return given == null ? null : Text.shown(given);
        }
        Object value = whole(given);
        if (column.kind() == Column.Kind.DOUBLE && value instanceof Long number) {
            return number.doubleValue();
        }
        if (!column.kind().fits(value)) {
            throw new UsageException("expected the column '" + column.name() + "' to go on as it began, which a Parquet"
                    + " file needs, got '" + Text.shown(value)
                    + "' behind other rows; cast it to text in the statement");
        }
        return value;
    }
}
