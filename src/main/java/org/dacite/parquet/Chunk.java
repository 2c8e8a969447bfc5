package org.dacite.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** What one column holds of one row group: its packed pages, and the page that is being filled. For one thread. */
final class Chunk {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;

    private final Column column;
    private final Compression compression;
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final BitSet present = new BitSet();
    private final BitSet truths = new BitSet();
    private final Bounds bounds;
    private int pageRows;
    private int pageValues;
    private long rows;
    private long unpackedBytes;

    Chunk(Column column, Compression compression) {
        this.column = column;
        this.compression = compression;
        this.bounds = new Bounds(column.kind());
    }

    /** How much memory it holds, about. */
    long sizeBytes() {
        return pages.size() + (long) values.size();
    }

    void add(Object value) throws IOException {
        if (!column.kind().fits(value)) {
            throw new IllegalArgumentException("expected " + column.kind() + " in the column '" + column.name()
                    + "', got a " + value.getClass().getSimpleName());
        }
        if (value != null) {
            present.set(pageRows);
            bounds.add(plain(value));
            pageValues++;
        } else {
            bounds.addNull();
        }
        pageRows++;
        if (values.size() >= PAGE_BYTES || pageRows == PAGE_ROWS) {
            endPage();
        }
    }

    /** Appends a value in the encoding PLAIN; answers its bytes, without the length that stands before them. */
    private byte[] plain(Object value) {
        if (value instanceof Boolean truth) {
            truths.set(pageValues, truth);
            return new byte[] {(byte) (truth ? 1 : 0)};
        }
        byte[] bytes = bytes(value);
        if (value instanceof String || value instanceof byte[]) {
            values.writeBytes(littleEndian(4).putInt(bytes.length).array());
        }
        values.writeBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof Long number) {
            return littleEndian(8).putLong(number).array();
        }
        if (value instanceof Double number) {
            return littleEndian(8).putDouble(number).array();
        }
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void endPage() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream(values.size() + pageRows / 8 + 16);
        byte[] levels = Levels.encoded(present, pageRows);
        page.writeBytes(littleEndian(4).putInt(levels.length).array());
        page.writeBytes(levels);
        if (column.kind() == Column.Kind.TRUTH) {
            page.writeBytes(Levels.bits(truths, pageValues));
        } else {
            values.writeTo(page);
        }
        byte[] plain = page.toByteArray();
        byte[] packed = compression.packed(plain);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, packed.length);
        header.setData_page_header(new DataPageHeader(pageRows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        int before = pages.size();
        Util.writePageHeader(header, pages);
        unpackedBytes += pages.size() - before + plain.length;
        pages.writeBytes(packed);
        rows += pageRows;
        pageRows = 0;
        pageValues = 0;
        present.clear();
        truths.clear();
        values.reset();
    }

    /** Ends the last page; answers what the footer says of the chunk, which will stand at an offset of the file. */
    ColumnMetaData end(long offset) throws IOException {
        if (pageRows > 0) {
            endPage();
        }
        ColumnMetaData said = new ColumnMetaData(
                column.kind().type(),
                List.of(Encoding.PLAIN, Encoding.RLE),
                List.of(column.name()),
                compression.codec(),
                rows,
                unpackedBytes,
                pages.size(),
                offset);
        said.setStatistics(bounds.statistics());
        return said;
    }

    void writeTo(OutputStream out) throws IOException {
        pages.writeTo(out);
    }
}
