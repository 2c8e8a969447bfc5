package org.dacite.hashing;

import java.util.Arrays;
import java.util.HexFormat;

/** A digest of 32 bytes, as a value; written as 64 lower-case hexadecimal digits. */
public final class Digest implements Comparable<Digest> {
    /** How long every digest is, in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest of these 32 bytes, copied. */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("expected a digest of 32 bytes, got " + bytes.length);
        }
        return new Digest(bytes.clone());
    }

    /** The digest written as 64 hexadecimal digits of either case. */
    public static Digest parse(String hex) {
        try {
            return of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a digest of 64 hexadecimal digits, got '" + hex + "'", e);
        }
    }

    /** Its 32 bytes, copied. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether these are its bytes. */
    public boolean matches(byte[] other) {
        return Arrays.equals(bytes, other);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
