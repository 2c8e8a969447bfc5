package org.dacite.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What the writers and the readers of packed forms share. */
final class PackedForm {
    static final byte[] MAGIC = "DAC1".getBytes(StandardCharsets.US_ASCII);
    static final byte[] DIFFERENCE_MAGIC = "DACD".getBytes(StandardCharsets.US_ASCII);
    static final int LEAF = 0;
    static final int STUB = 1;
    static final int JOIN = 2;
    static final int LINK = 3;
    static final int ENCLOSE = 4;

    private PackedForm() {}

    /** Writes an unsigned varint in its shortest form. */
    static void writeVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 128) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
