package org.dacite.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;

/** How pages are packed. */
public enum Compression {
    /** Not at all: the bytes are the same wherever they are made. */
    NONE(CompressionCodec.UNCOMPRESSED),
    /** With gzip, which every reader has and Java brings along. */
    GZIP(CompressionCodec.GZIP);

    private final CompressionCodec codec;

    Compression(CompressionCodec codec) {
        this.codec = codec;
    }

    CompressionCodec codec() {
        return codec;
    }

    byte[] packed(byte[] page) throws IOException {
        if (this == NONE) {
            return page;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(page.length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(page);
        }
        return out.toByteArray();
    }
}
