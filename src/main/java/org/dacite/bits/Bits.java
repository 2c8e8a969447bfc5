package org.dacite.bits;

import java.util.Arrays;

/**
 * A bit string of any length, as a value: immutable, compared in infix order (the order of padded forms).
 *
 * <p>{@code Bits.of("0101")} reads aloud; the hot path works on arrays, in {@link PaddedBits}.
 */
public final class Bits implements Comparable<Bits> {
    public static final Bits EMPTY = new Bits(new byte[] {(byte) 0x80}, 0);

    private static final Bits ZERO = new Bits(new byte[] {0x40}, 1);
    private static final Bits ONE = new Bits(new byte[] {(byte) 0xc0}, 1);

    private final byte[] padded;
    private final int length;

    private Bits(byte[] padded, int length) {
        this.padded = padded;
        this.length = length;
    }

    /** The bits written as zeros and ones: {@code Bits.of("0101")}. */
    public static Bits of(String zerosAndOnes) {
        int length = zerosAndOnes.length();
        byte[] padded = new byte[length / 8 + 1];
        for (int i = 0; i <= length; i++) {
            char c = i < length ? zerosAndOnes.charAt(i) : '1';
            if (c != '0' && c != '1') {
                throw new IllegalArgumentException("expected zeros and ones, got '" + c + "' at " + i);
            }
            padded[i / 8] |= (byte) ((c - '0') << (7 - i % 8));
        }
        return new Bits(padded, length);
    }

    /** All bits of a key. */
    public static Bits ofKey(byte[] key) {
        return new Bits(PaddedBits.prefix(key, key.length * 8), key.length * 8);
    }

    /** The bit string whose padded form this is: at least one byte, the last one not zero. */
    public static Bits ofPadded(byte[] padded) {
        int length = PaddedBits.lengthBits(padded, 0, padded.length);
        if (length < 0) {
            throw new IllegalArgumentException("expected a padded bit string, whose last byte is not zero, got "
                    + (padded.length == 0 ? "no byte" : "a last byte of zero"));
        }
        return new Bits(padded.clone(), length);
    }

    /** How many bits. */
    public int length() {
        return length;
    }

    /** The bit at {@code index}, 0 or 1; {@code index} from 0 to {@code length() - 1}. */
    public int bit(int index) {
        if (index < 0 || index >= length) {
            throw new IllegalArgumentException("expected a bit index below " + length + ", got " + index);
        }
        return PaddedBits.bit(padded, index);
    }

    /** The padded form, {@code length() / 8 + 1} bytes. */
    public byte[] padded() {
        return padded.clone();
    }

    /** Bits {@code [from, to)} as a bit string of their own. */
    public Bits slice(int from, int to) {
        if (from < 0 || to < from || to > length) {
            throw new IllegalArgumentException(
                    "expected a range within [0, " + length + "), got [" + from + ", " + to + ")");
        }
        return new Bits(PaddedBits.slice(padded, from, to), to - from);
    }

    /** These bits, then those of {@code other}. */
    public Bits then(Bits other) {
        byte[] out = Arrays.copyOf(padded, (length + other.length) / 8 + 1);
        out[length >>> 3] ^= (byte) (0x80 >>> (length & 7));
        int shift = length & 7;
        for (int i = 0, at = length >>> 3; i < other.padded.length; i++, at++) {
            out[at] |= (byte) ((other.padded[i] & 0xff) >>> shift);
            if (shift > 0 && at + 1 < out.length) {
                out[at + 1] |= (byte) (other.padded[i] << (8 - shift));
            }
        }
        return new Bits(out, length + other.length);
    }

    /** These bits, then this one, 0 or 1. */
    public Bits with(int bit) {
        return then(bit == 0 ? ZERO : ONE);
    }

    /** The bytes of which these are all bits; their number must be a multiple of eight. */
    public byte[] toKey() {
        if (length % 8 != 0) {
            throw new IllegalArgumentException("expected whole bytes, got " + length + " bits");
        }
        return Arrays.copyOf(padded, length / 8);
    }

    /** How many bits from the start the two agree in. */
    public int commonPrefixLength(Bits other) {
        return PaddedBits.commonPrefixLength(padded, length, other.padded, other.length);
    }

    /** The form that is hashed: {@code 00} for no bits, else the padded form behind its length as a varint. */
    public byte[] encoded() {
        byte[] out = new byte[PaddedBits.encodedLength(length)];
        PaddedBits.writeEncoded(padded, 0, length, out, 0);
        return out;
    }

    @Override
    public int compareTo(Bits other) {
        return Arrays.compareUnsigned(padded, other.padded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits that && Arrays.equals(padded, that.padded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(padded);
    }

    /** The bits as zeros and ones. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('0' + PaddedBits.bit(padded, i)));
        }
        return text.toString();
    }
}
