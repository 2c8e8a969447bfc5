package org.dacite.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bit strings as text of '0' and '1', and their canonical bytes. */
public final class ReferenceBits {
    private ReferenceBits() {}

    /** The bits of a key, from the most significant bit of the first byte. */
    public static String ofKey(byte[] key) {
        StringBuilder bits = new StringBuilder();
        for (byte octet : key) {
            for (int i = 7; i >= 0; i--) {
                bits.append((octet >> i & 1) == 1 ? '1' : '0');
            }
        }
        return bits.toString();
    }

    /** The bytes whose bits these are. */
    public static byte[] toBytes(String bits) {
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    /** The bits, then a one, then zeros up to a whole byte. */
    public static byte[] padded(String bits) {
        StringBuilder all = new StringBuilder(bits).append('1');
        while (all.length() % 8 != 0) {
            all.append('0');
        }
        return toBytes(all.toString());
    }

    /** The form that is hashed. */
    public static byte[] enc(String bits) {
        if (bits.isEmpty()) {
            return new byte[] {0};
        }
        byte[] padded = padded(bits);
        return concat(varint(padded.length), padded);
    }

    /** An unsigned LEB128 in the shortest form. */
    public static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 127) {
            out.write((int) (rest % 128) + 128);
            rest /= 128;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    /** How many bits the two agree in from the start. */
    public static int agree(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    /** The canonical bytes of a text key. */
    public static byte[] text(String key) {
        return concat(key.getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    /** The parts, one after the other. */
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
