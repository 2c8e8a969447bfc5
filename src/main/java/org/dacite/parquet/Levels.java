package org.dacite.parquet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;

/** Which rows of a page hold a value, in the format's hybrid of runs and packed bits, one bit a row. */
final class Levels {
    private Levels() {}

    /** One run where all rows are alike, else packed bits. */
    static byte[] encoded(BitSet present, int rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = present.cardinality();
        if (count == 0 || count == rows) {
            varint(out, (long) rows << 1);
            out.write(count == 0 ? 0 : 1);
        } else {
            byte[] bits = bits(present, rows);
            varint(out, ((long) bits.length << 1) | 1);
            out.writeBytes(bits);
        }
        return out.toByteArray();
    }

    /** Eight to a byte, the first in the lowest bit. */
    static byte[] bits(BitSet set, int count) {
        return Arrays.copyOf(set.toByteArray(), (count + 7) / 8);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
