package org.dacite.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dacite.bits.KeyCodec;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * Reads the parts of a packed form strictly and in order; every refusal names the byte. The form is an array, or comes
 * through a window from a stream: then no more of it is in memory than the token that is read. For one thread.
 */
final class TokenReader {
    static final String JOINED = "a join of two nodes";
    static final String ENCLOSED = "a tree to enclose";

    private static final int MAX_KEY_BITS = KeyCodec.MAX_CANONICAL_BYTES * 8;
    private static final int WINDOW_BYTES = 1 << 16;

    private final InputStream in;
    private byte[] window;
    private long windowAt;
    private int at;
    private int end;
    private int tokenAt;
    private int tag;
    private int skipFrom;
    private int skipTo;
    private int skipBits;
    private int payloadFrom;
    private int payloadLength;

    /** Reads an array, which is not copied. */
    TokenReader(byte[] bytes) {
        this.in = null;
        this.window = bytes;
        this.end = bytes.length;
    }

    /** Reads a stream. What it throws comes as an {@link UncheckedIOException}. */
    TokenReader(InputStream in) {
        this.in = in;
        this.window = new byte[WINDOW_BYTES];
    }

    /** The byte that comes next, counted from 0. */
    long position() {
        return windowAt + at;
    }

    /** How many bytes of an array follow. */
    int remaining() {
        return end - at;
    }

    /** Passes over the four bytes that a form begins with. */
    void magic(byte[] magic, String what) {
        for (byte expected : magic) {
            if (!has(1) || window[at] != expected) {
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

    /** Reads a token, whose parts can be asked for until the next one is read. */
    void token() {
        tokenAt = at;
        tag = octet("a token");
        if (tag > PackedForm.ENCLOSE) {
            at--;
            throw refuse("expected a token, 00 to 04, got " + here());
        }
        skipFrom = at - tokenAt;
        skipBits = skip();
        skipTo = at - tokenAt;
        payloadFrom = skipTo;
        payloadLength = 0;
        switch (tag) {
            case PackedForm.LEAF -> payload((int) varint("the length of a value", longestValue()), "a value");
            case PackedForm.STUB -> payload(Digest.BYTES, "a digest");
            case PackedForm.LINK -> {
                long lengthAt = position();
                long length = varint("the length of a root", Integer.MAX_VALUE);
                if (length != Digest.BYTES) {
                    throw refuseAt(lengthAt, "expected a root of 32 bytes, got " + length);
                }
                payload(Digest.BYTES, "a root");
            }
            default -> {}
        }
    }

    private int longestValue() {
        return in == null ? remaining() : PackedForm.MAX_VALUE_BYTES;
    }

    private void payload(int length, String what) {
        need(length, what);
        payloadFrom = at - tokenAt;
        payloadLength = length;
        at += length;
    }

    int tag() {
        return tag;
    }

    int skipBits() {
        return skipBits;
    }

    /** Where {@code enc(skip)} begins in the array. */
    int skipStart() {
        return tokenAt + skipFrom;
    }

    /** Where it, and the padded form of the skip, ends. */
    int skipEnd() {
        return tokenAt + skipTo;
    }

    int payloadStart() {
        return tokenAt + payloadFrom;
    }

    int payloadLength() {
        return payloadLength;
    }

    /** The array, or the window, that these parts stand in. */
    byte[] window() {
        return window;
    }

    /** The bytes of the token, copied. */
    byte[] tokenBytes() {
        return Arrays.copyOfRange(window, tokenAt, at);
    }

    /** An unsigned varint in its shortest form, from 0 to {@code max}. */
    long varint(String what, long max) {
        long start = position();
        long value = 0;
        int mostBits = max > Integer.MAX_VALUE ? 56 : 28;
        for (int shift = 0; ; shift += 7) {
            int octet = octet(what);
            value |= (long) (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                if (octet == 0 && shift > 0) {
                    throw refuseAt(start, "expected " + what + " as a varint in its shortest form, got a longer one");
                }
                break;
            }
            if (shift == mostBits) {
                throw refuseAt(start, "expected " + what + " of at most " + max + ", got a longer varint");
            }
        }
        if (value > max) {
            throw refuseAt(start, "expected " + what + " of at most " + max + ", got " + value);
        }
        return value;
    }

    /** Reads {@code enc(skip)}; answers how many bits it holds. */
    private int skip() {
        long start = position();
        int longest = KeyCodec.MAX_CANONICAL_BYTES + 1;
        int paddedBytes = (int) varint("a skip", in == null ? Math.min(remaining(), longest) : longest);
        if (paddedBytes == 0) {
            return 0;
        }
        need(paddedBytes, "a skip");
        int bits = PaddedBits.lengthBits(window, at, at + paddedBytes);
        if (bits <= 0) {
            throw refuseAt(
                    start,
                    "expected a skip in its shortest form, got "
                            + (bits == 0 ? "padding alone" : "a last byte of zero"));
        }
        at += paddedBytes;
        return bits;
    }

    /** Passes over so many bytes of an array and answers where they begin. */
    int take(int length, String what) {
        need(length, what);
        int from = at;
        at += length;
        return from;
    }

    /** Refuses a node, whose token begins there, below or above which a key would be too long. */
    void checkHeight(long position, int heightBits) {
        if (heightBits > MAX_KEY_BITS) {
            throw refuseAt(
                    position,
                    "expected keys of at most " + KeyCodec.MAX_CANONICAL_BYTES + " bytes, got " + heightBits + " bits");
        }
    }

    /** The refusal of a token that needs nodes which are not there. */
    ProofFormatException noNode(long position, String what) {
        return refuseAt(position, "expected " + what + ", got no node before it");
    }

    ProofFormatException refuse(String message) {
        return refuseAt(position(), message);
    }

    ProofFormatException refuseAt(long position, String message) {
        return new ProofFormatException(position, message);
    }

    private void need(int length, String what) {
        if (!has(length)) {
            throw refuseAt(
                    windowAt + end,
                    "expected " + what + " of " + length + " bytes from byte " + position() + " on, got an end after "
                            + remaining());
        }
    }

    int octet(String what) {
        if (!has(1)) {
            throw refuse("expected " + what + ", got the end");
        }
        return window[at++] & 0xff;
    }

    private String here() {
        return has(1) ? String.format("%02x", window[at]) : "the end";
    }

    /** Whether so many bytes follow; brings them into the window. */
    boolean has(int length) {
        return end - at >= length || (in != null && fill(length));
    }

    private boolean fill(int length) {
        if (at + length > window.length) {
            byte[] next = at + length - tokenAt > window.length
                    ? new byte[Math.max(window.length * 2, at + length - tokenAt)]
                    : window;
            System.arraycopy(window, tokenAt, next, 0, end - tokenAt);
            window = next;
            windowAt += tokenAt;
            at -= tokenAt;
            end -= tokenAt;
            tokenAt = 0;
        }
        try {
            while (end - at < length) {
                int read = in.read(window, end, window.length - end);
                if (read < 0) {
                    return false;
                }
                end += read;
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
