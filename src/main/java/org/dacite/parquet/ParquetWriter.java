package org.dacite.parquet;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Writes a table as a Parquet file, row by row, in bounded memory: one row group at a time, of 100,000 rows or 16 MiB.
 * Without {@link #finish} the file has no footer, and no reader takes it. For one thread.
 */
public final class ParquetWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUP_ROWS = 100_000;
    private static final long GROUP_BYTES = 16 << 20;
    private static final String CREATED_BY = "dacite";

    private final Counted out;
    private final List<Column> columns;
    private final Map<String, String> metadata;
    private final Compression compression;
    private final List<RowGroup> groups = new ArrayList<>();
    private List<Chunk> chunks = new ArrayList<>();
    private int groupRows;
    private long rows;

    /**
     * Begins a file.
     *
     * @param out takes the bytes; is not closed
     * @param columns one or more
     * @param metadata what the footer says of the file, by name, in this order
     */
    public ParquetWriter(OutputStream out, List<Column> columns, Map<String, String> metadata, Compression compression)
            throws IOException {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("expected at least one column, got none");
        }
        this.out = new Counted(out);
        this.columns = List.copyOf(columns);
        this.metadata = metadata;
        this.compression = compression;
        this.out.write(MAGIC);
        beginGroup();
    }

    /** Adds a row: for each column a value of its kind, or null. */
    public void row(List<?> values) throws IOException {
        if (values.size() != columns.size()) {
            throw new IllegalArgumentException("expected " + columns.size() + " values, got " + values.size());
        }
        long sizeBytes = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            chunk.add(values.get(i));
            sizeBytes += chunk.sizeBytes();
        }
        rows++;
        groupRows++;
        if (groupRows == GROUP_ROWS || sizeBytes >= GROUP_BYTES) {
            endGroup();
        }
    }

    /** Writes what is still waiting, and the footer. */
    public void finish() throws IOException {
        if (groupRows > 0) {
            endGroup();
        }
        FileMetaData said = new FileMetaData(1, schema(), rows, groups);
        said.setCreated_by(CREATED_BY);
        List<KeyValue> pairs = new ArrayList<>();
        metadata.forEach((key, value) -> pairs.add(new KeyValue(key).setValue(value)));
        said.setKey_value_metadata(pairs);
        said.setColumn_orders(columns.stream()
                .map(each -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
                .toList());
        long before = out.count;
        Util.writeFileMetaData(said, out);
        int length = (int) (out.count - before);
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array());
        out.write(MAGIC);
        out.flush();
    }

    private List<SchemaElement> schema() {
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement("row").setNum_children(columns.size()));
        for (Column column : columns) {
            SchemaElement element = new SchemaElement(column.name())
                    .setType(column.kind().type())
                    .setRepetition_type(FieldRepetitionType.OPTIONAL);
            if (column.kind().logicalType() != null) {
                element.setLogicalType(column.kind().logicalType());
                element.setConverted_type(ConvertedType.UTF8); // for readers older than logical types
            }
            elements.add(element);
        }
        return elements;
    }

    private void beginGroup() {
        chunks = new ArrayList<>();
        columns.forEach(column -> chunks.add(new Chunk(column, compression)));
        groupRows = 0;
    }

    private void endGroup() throws IOException {
        List<ColumnChunk> said = new ArrayList<>();
        long unpackedBytes = 0;
        for (Chunk chunk : chunks) {
            long offset = out.count;
            ColumnMetaData meta = chunk.end(offset);
            chunk.writeTo(out);
            said.add(new ColumnChunk(offset).setMeta_data(meta));
            unpackedBytes += meta.getTotal_uncompressed_size();
        }
        groups.add(new RowGroup(said, unpackedBytes, groupRows));
        beginGroup();
    }

    private static final class Counted extends FilterOutputStream {
        private long count;

        private Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }
    }
}
