package org.dacite.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/** Reads a Parquet file of optional columns in the encoding PLAIN, the obvious way: all of it, value by value. */
final class SlowReader {
    private final byte[] file;
    private final FileMetaData footer;

    SlowReader(byte[] file) throws IOException {
        this.file = file;
        int end = file.length - 8;
        int length = little(file).getInt(end);
        this.footer = Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
    }

    FileMetaData footer() {
        return footer;
    }

    Map<String, String> metadata() {
        Map<String, String> pairs = new LinkedHashMap<>();
        footer.getKey_value_metadata().forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
        return pairs;
    }

    /** All rows; bytes as lists of bytes, so that rows may be compared. */
    List<List<Object>> rows() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        for (RowGroup group : footer.getRow_groups()) {
            int from = rows.size();
            for (long i = 0; i < group.getNum_rows(); i++) {
                rows.add(new ArrayList<>());
            }
            for (int column = 0; column < group.getColumnsSize(); column++) {
                LogicalType said = footer.getSchema().get(column + 1).getLogicalType();
                List<Object> values = values(group.getColumns().get(column).getMeta_data(), said != null);
                for (int i = 0; i < values.size(); i++) {
                    rows.get(from + i).add(values.get(i));
                }
            }
        }
        return rows;
    }

    private List<Object> values(ColumnMetaData chunk, boolean text) throws IOException {
        List<Object> values = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(
                file, (int) chunk.getData_page_offset(), (int) chunk.getTotal_compressed_size());
        while (in.available() > 0) {
            PageHeader header = Util.readPageHeader(in);
            byte[] packed = in.readNBytes(header.getCompressed_page_size());
            byte[] page = chunk.getCodec() == CompressionCodec.GZIP
                    ? new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()
                    : packed;
            page(little(page), header.getData_page_header().getNum_values(), chunk, text, values);
        }
        return values;
    }

    private static void page(ByteBuffer page, int rows, ColumnMetaData chunk, boolean text, List<Object> values) {
        int end = page.getInt() + page.position();
        boolean[] present = new boolean[rows];
        for (int at = 0; page.position() < end; ) {
            int head = varint(page);
            if ((head & 1) == 0) {
                byte alike = page.get();
                for (int i = 0; i < head >>> 1; i++) {
                    present[at++] = alike == 1;
                }
            } else {
                for (int i = 0; i < head >>> 1; i++) {
                    byte bits = page.get();
                    for (int bit = 0; bit < 8 && at < rows; bit++) {
                        present[at++] = ((bits >>> bit) & 1) == 1;
                    }
                }
            }
        }
        int truth = 0;
        for (boolean there : present) {
            values.add(
                    !there
                            ? null
                            : switch (chunk.getType()) {
                                case INT64 -> (Object) page.getLong();
                                case DOUBLE -> page.getDouble();
                                case BOOLEAN -> ((page.get(page.position() + truth / 8) >>> (truth++ % 8)) & 1) == 1;
                                default -> bytes(page, text);
                            });
        }
    }

    private static Object bytes(ByteBuffer page, boolean text) {
        byte[] bytes = new byte[page.getInt()];
        page.get(bytes);
        return text ? new String(bytes, StandardCharsets.UTF_8) : Arrays.toString(bytes);
    }

    private static int varint(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte octet = in.get();
            value |= (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
