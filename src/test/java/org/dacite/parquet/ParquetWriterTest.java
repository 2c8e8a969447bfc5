package org.dacite.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.RowGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetWriterTest {
    @ParameterizedTest
    @EnumSource(Compression.class)
    void isReadBackAsItWasWritten(Compression compression) throws IOException {
        for (int count : new int[] {0, 1, 7, 8, 9, 120, 20_000, 45_001}) {
            List<List<Object>> rows = Sample.rows(count, count);
            SlowReader read = new SlowReader(Sample.file(rows, compression));
            assertEquals(comparable(rows), read.rows(), count + " rows from the seed " + count);
            assertEquals(Map.of("who", "dacite"), read.metadata());
        }
    }

    @Test
    void isTheSameBytesForTheSameRows() throws IOException {
        List<List<Object>> rows = Sample.rows(3, 500);
        assertArrayEquals(Sample.file(rows, Compression.NONE), Sample.file(rows, Compression.NONE));
    }

    @Test
    void holdsOneRowGroupInMemoryAtMost() throws IOException {
        List<Column> columns = List.of(new Column("n", Column.Kind.WHOLE), new Column("b", Column.Kind.BYTES));
        long[] written = {0};
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int octet) {
                written[0]++;
            }
        };
        ParquetWriter writer = new ParquetWriter(counting, columns, Map.of(), Compression.NONE);
        byte[] value = new byte[1000];
        long given = 0;
        for (long i = 0; i < 60_000; i++) {
            writer.row(List.of(i, value));
            given += value.length;
            assertTrue(given - written[0] <= (17 << 20), "held back " + (given - written[0]) + " bytes");
        }
    }

    @Test
    void tellsTheBoundsOfEachRowGroup() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ParquetWriter writer =
                new ParquetWriter(out, List.of(new Column("key", Column.Kind.TEXT)), Map.of(), Compression.NONE);
        for (int i = 0; i < 150_000; i++) {
            writer.row(List.of(String.format("%06d", i)));
        }
        writer.finish();
        List<RowGroup> groups = new SlowReader(out.toByteArray()).footer().getRow_groups();
        assertEquals(
                List.of("000000-099999", "100000-149999"),
                groups.stream()
                        .map(group -> group.getColumns().get(0).getMeta_data().getStatistics())
                        .map(said ->
                                new String(said.getMin_value(), UTF_8) + "-" + new String(said.getMax_value(), UTF_8))
                        .toList());
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        ParquetWriter writer = new ParquetWriter(
                new ByteArrayOutputStream(), List.of(new Column("n", Column.Kind.WHOLE)), Map.of(), Compression.GZIP);
        assertEquals(
                "expected WHOLE in the column 'n', got a String",
                assertThrows(IllegalArgumentException.class, () -> writer.row(List.of("1")))
                        .getMessage());
        assertEquals(
                "expected 1 values, got 2",
                assertThrows(IllegalArgumentException.class, () -> writer.row(List.of(1L, 2L)))
                        .getMessage());
    }

    private static List<List<Object>> comparable(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> Arrays.asList(row.stream()
                        .map(value -> value instanceof byte[] bytes ? Arrays.toString(bytes) : value)
                        .toArray()))
                .toList();
    }
}
