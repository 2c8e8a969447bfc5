package org.dacite.bits;

import java.util.Arrays;

/**
 * Arithmetic on bit strings held as plain byte arrays: the form of the hot path and of the database.
 *
 * <p>Bits run from the most significant bit of the first byte. A <em>padded</em> bit string is its bits, then a one,
 * then zeros up to a whole byte: {@code ""} is {@code 80}, {@code 0101} is {@code 58}, eight ones are {@code FF 80}. It
 * sorts in infix order by plain unsigned byte comparison, so {@code key < prefix} is the whole question "left or
 * right?". Sources: canonical-form.md, "Keys and bit strings".
 *
 * <p>Ranges of bits are half-open, {@code [fromBit, toBit)}. No method keeps or changes an array that it is given,
 * unless its name says {@code write}.
 */
public final class PaddedBits {
    private static final int VARINT_ONE_BYTE_LIMIT = 128;

    private PaddedBits() {}

    /** The bit at {@code index}, 0 or 1; {@code index} lies within the array. */
    public static int bit(byte[] bytes, int index) {
        return (bytes[index >>> 3] >>> (7 - (index & 7))) & 1;
    }

    /** How many bits from the start the two agree in, at most the shorter of the two lengths. */
    public static int commonPrefixLength(byte[] a, int aBits, byte[] b, int bBits) {
        int limitBits = Math.min(aBits, bBits);
        int limitBytes = (limitBits + 7) >>> 3;
        int at = Arrays.mismatch(a, 0, limitBytes, b, 0, limitBytes);
        if (at < 0) {
            return limitBits;
        }
        int difference = (a[at] ^ b[at]) & 0xff;
        return Math.min(limitBits, (at << 3) + Integer.numberOfLeadingZeros(difference) - 24);
    }

    /** The first {@code bits} bits of the array as a padded bit string of {@code bits / 8 + 1} bytes. */
    public static byte[] prefix(byte[] bytes, int bits) {
        int whole = bits >>> 3;
        byte[] out = new byte[whole + 1];
        System.arraycopy(bytes, 0, out, 0, Math.min(bytes.length, whole + 1));
        int rest = bits & 7;
        int mark = 0x80 >>> rest;
        int kept = rest == 0 ? 0 : out[whole] & (0xff00 >>> rest);
        out[whole] = (byte) (kept | mark);
        return out;
    }

    /**
     * How many bits a padded bit string holds; −1 when it is not one (empty, or its last byte is zero).
     */
    public static int lengthBits(byte[] padded, int from, int to) {
        if (to <= from || padded[to - 1] == 0) {
            return -1;
        }
        return ((to - from) << 3) - Integer.numberOfTrailingZeros(padded[to - 1] & 0xff) - 1;
    }

    /** How many bytes {@code enc} takes for a bit string of that many bits: 1 for none, else varint and padded form. */
    public static int encodedLength(int bits) {
        if (bits == 0) {
            return 1;
        }
        int paddedBytes = (bits >>> 3) + 1;
        return (paddedBytes < VARINT_ONE_BYTE_LIMIT ? 1 : 2) + paddedBytes;
    }

    /**
     * Writes {@code enc(bits [fromBit, toBit) of bytes)} into {@code out} from {@code at} on and returns the position
     * after it. The empty string is the byte {@code 00}; any other is the length of its padded form as a varint, then
     * the padded form. At most 16,383 padded bytes.
     */
    public static int writeEncoded(byte[] bytes, int fromBit, int toBit, byte[] out, int at) {
        int bits = toBit - fromBit;
        if (bits <= 0) {
            out[at] = 0;
            return at + 1;
        }
        int paddedBytes = (bits >>> 3) + 1;
        int position = at;
        if (paddedBytes < VARINT_ONE_BYTE_LIMIT) {
            out[position++] = (byte) paddedBytes;
        } else {
            out[position++] = (byte) (paddedBytes | 0x80);
            out[position++] = (byte) (paddedBytes >>> 7);
        }
        writePadded(bytes, fromBit, bits, out, position);
        return position + paddedBytes;
    }

    /** Bits {@code [fromBit, toBit)} of the array as a padded bit string of their own. */
    public static byte[] slice(byte[] bytes, int fromBit, int toBit) {
        int bits = toBit - fromBit;
        byte[] out = new byte[(bits >>> 3) + 1];
        writePadded(bytes, fromBit, bits, out, 0);
        return out;
    }

    private static void writePadded(byte[] bytes, int fromBit, int bits, byte[] out, int at) {
        int paddedBytes = (bits >>> 3) + 1;
        int source = fromBit >>> 3;
        int shift = fromBit & 7;
        if (shift == 0) {
            int copied = Math.min(paddedBytes, bytes.length - source);
            System.arraycopy(bytes, source, out, at, copied);
            Arrays.fill(out, at + copied, at + paddedBytes, (byte) 0);
        } else {
            for (int i = 0; i < paddedBytes; i++, source++) {
                int high = source < bytes.length ? bytes[source] << shift : 0;
                int low = source + 1 < bytes.length ? (bytes[source + 1] & 0xff) >>> (8 - shift) : 0;
                out[at + i] = (byte) (high | low);
            }
        }
        int last = at + paddedBytes - 1;
        int rest = bits & 7;
        out[last] = (byte) ((out[last] & (0xff00 >>> rest)) | (0x80 >>> rest));
    }
}
