package org.dacite.proof;

import java.nio.charset.StandardCharsets;
import org.dacite.bits.KeyCodec;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/** Reads the parts of a packed form strictly and in order; every refusal names the byte. For one thread. */
final class TokenReader {
    private final byte[] bytes;
    private int at;

    TokenReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return at;
    }

    int remaining() {
        return bytes.length - at;
    }

    /** Passes over the four bytes that a form begins with. */
    void magic(byte[] magic, String what) {
        for (byte expected : magic) {
            if (at >= bytes.length || bytes[at] != expected) {
                throw refuse("expected " + what + ", which begins with \""
                        + new String(magic, StandardCharsets.US_ASCII) + "\", got " + here());
            }
            at++;
        }
    }

    void version(int expected) {
        int version = octet("the version");
        if (version != expected) {
            at--;
            throw refuse(String.format("expected version %02x, got %s", expected, here()));
        }
    }

    HashAlgorithm header() {
        magic(PackedForm.MAGIC, "a packed form");
        int code = octet("the hash algorithm");
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            if (algorithm.code() == code) {
                return algorithm;
            }
        }
        at--;
        throw refuse("expected a hash algorithm, 01 to 03, got " + here());
    }

    int tag() {
        int tag = octet("a token");
        if (tag > PackedForm.ENCLOSE) {
            at--;
            throw refuse("expected a token, 00 to 04, got " + here());
        }
        return tag;
    }

    /** An unsigned varint in its shortest form, from 0 to {@code max}. */
    int varint(String what, int max) {
        int start = at;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = octet(what);
            value |= (long) (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                if (octet == 0 && shift > 0) {
                    throw refuseAt(start, "expected " + what + " as a varint in its shortest form, got a longer one");
                }
                break;
            }
            if (shift == 28) {
                throw refuseAt(start, "expected " + what + " of at most " + max + ", got a longer varint");
            }
        }
        if (value > max) {
            throw refuseAt(start, "expected " + what + " of at most " + max + ", got " + value);
        }
        return (int) value;
    }

    /** Reads {@code enc(skip)}; answers how many bits it holds. The padded form ends at {@link #position()}. */
    int skip() {
        int start = at;
        int paddedBytes = varint("a skip", Math.min(remaining(), KeyCodec.MAX_CANONICAL_BYTES + 1));
        if (paddedBytes == 0) {
            return 0;
        }
        need(paddedBytes, "a skip");
        int bits = PaddedBits.lengthBits(bytes, at, at + paddedBytes);
        if (bits <= 0) {
            throw refuseAt(
                    start,
                    "expected a skip in its shortest form, got "
                            + (bits == 0 ? "padding alone" : "a last byte of zero"));
        }
        at += paddedBytes;
        return bits;
    }

    /** Passes over so many bytes and answers where they begin. */
    int take(int length, String what) {
        need(length, what);
        int from = at;
        at += length;
        return from;
    }

    int digest(String what) {
        return take(Digest.BYTES, what);
    }

    ProofFormatException refuse(String message) {
        return refuseAt(at, message);
    }

    ProofFormatException refuseAt(int position, String message) {
        return new ProofFormatException(position, message);
    }

    private void need(int length, String what) {
        if (length > remaining()) {
            throw refuseAt(
                    bytes.length,
                    "expected " + what + " of " + length + " bytes from byte " + at + " on, got an end after "
                            + remaining());
        }
    }

    private int octet(String what) {
        if (at >= bytes.length) {
            throw refuse("expected " + what + ", got the end");
        }
        return bytes[at++] & 0xff;
    }

    private String here() {
        return at >= bytes.length ? "the end" : String.format("%02x", bytes[at]);
    }
}
