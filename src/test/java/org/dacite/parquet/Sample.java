package org.dacite.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows from a seed, with every kind of column. */
final class Sample {
    static final List<Column> COLUMNS = List.of(
            new Column("text", Column.Kind.TEXT),
            new Column("bytes", Column.Kind.BYTES),
            new Column("whole", Column.Kind.WHOLE),
            new Column("double", Column.Kind.DOUBLE),
            new Column("truth", Column.Kind.TRUTH),
            new Column("nothing", Column.Kind.TEXT));

    private Sample() {}

    static List<List<Object>> rows(long seed, int count) {
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean sparse = (i / 50) % 2 == 0; // pages of one kind of level, and of both
            byte[] bytes = new byte[random.nextInt(5)];
            random.nextBytes(bytes);
            List<Object> row = new ArrayList<>(Arrays.asList(
                    "é" + random.nextInt(1000),
                    bytes,
                    random.nextLong(),
                    random.nextGaussian(),
                    random.nextBoolean(),
                    null));
            row.replaceAll(value -> sparse && random.nextBoolean() ? null : value);
            rows.add(row);
        }
        return rows;
    }

    static byte[] file(List<List<Object>> rows, Compression compression) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ParquetWriter writer = new ParquetWriter(out, COLUMNS, Map.of("who", "dacite"), compression);
        for (List<Object> row : rows) {
            writer.row(row);
        }
        writer.finish();
        return out.toByteArray();
    }
}
