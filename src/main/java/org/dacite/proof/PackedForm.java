package org.dacite.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the writers and the readers of packed forms share. */
final class PackedForm {
    static final byte[] MAGIC = "DAC1".getBytes(StandardCharsets.US_ASCII);
    static final byte[] DIFFERENCE_MAGIC = "DACD".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ROWS_MAGIC = "DACQ".getBytes(StandardCharsets.US_ASCII);

    /** The longest value of a form that is read from a stream: 16 MiB, as a store takes them. */
    static final int MAX_VALUE_BYTES = 16 << 20;

    static final int LEAF = 0;
    static final int STUB = 1;
    static final int JOIN = 2;
    static final int LINK = 3;
    static final int ENCLOSE = 4;

    private PackedForm() {}

    /** Writes an unsigned varint in its shortest form. */
    static void writeVarint(OutputStream out, long value) {
        try {
            long rest = value;
            while (rest >= 128) {
                out.write((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            out.write((int) rest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
