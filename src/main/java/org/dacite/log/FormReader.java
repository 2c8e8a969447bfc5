package org.dacite.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * Reads the parts that the forms of proofs are made of, strictly and in order; every refusal names the byte. What is
 * allocated is in proportion to the input, whatever the input claims. For one thread.
 */
final class FormReader {
    /** The bits of the largest number, {@link Long#MAX_VALUE}: nine groups of seven. */
    private static final int MAX_BITS = 63;

    private final byte[] bytes;
    private int at;

    FormReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The first bytes, and then the version. */
    void header(String what, byte[] magic, int version) {
        for (byte expected : magic) {
            if (at >= bytes.length || bytes[at] != expected) {
                throw refuseAt(
                        at,
                        "expected " + what + ", which begins with \"" + new String(magic, StandardCharsets.US_ASCII)
                                + "\", got " + here());
            }
            at++;
        }
        octet("version", version, version);
    }

    HashAlgorithm algorithm() {
        int code = octet("hash algorithm", 1, HashAlgorithm.values().length);
        return Arrays.stream(HashAlgorithm.values())
                .filter(each -> each.code() == code)
                .findFirst()
                .orElseThrow();
    }

    int octet(String what, int least, int most) {
        if (at >= bytes.length || bytes[at] < least || bytes[at] > most) {
            String range = least == most ? String.format("%02x", least) : String.format("%02x to %02x", least, most);
            throw refuseAt(at, "expected the " + what + ", " + range + ", got " + here());
        }
        return bytes[at++];
    }

    /** An unsigned varint in its shortest form, up to {@link Long#MAX_VALUE}. */
    long varint(String what) {
        int start = at;
        long value = 0;
        for (int shift = 0; shift < MAX_BITS; shift += 7) {
            if (at >= bytes.length) {
                throw refuseAt(at, "expected the " + what + ", got the end");
            }
            int octet = bytes[at++];
            value |= (octet & 0x7fL) << shift;
            if (octet == 0 && shift > 0) {
                throw refuseAt(start, "expected the " + what + " as a varint in its shortest form, got a longer one");
            }
            if (octet >= 0) {
                return value;
            }
        }
        throw refuseAt(start, "expected the " + what + " of at most " + Long.MAX_VALUE + ", got a longer varint");
    }

    /** Eight bytes, big-endian. */
    long i64(String what) {
        requireLeft("the " + what + " of 8 bytes", Long.BYTES);
        long value = ByteBuffer.wrap(bytes, at, Long.BYTES).getLong();
        at += Long.BYTES;
        return value;
    }

    Digest digest(String what) {
        requireLeft("the " + what + " of " + Digest.BYTES + " bytes", Digest.BYTES);
        return next();
    }

    /** A length and so many bytes of UTF-8. */
    String text(String what) {
        long length = varint("length of the " + what);
        requireLeft("the " + what + " of " + length + " bytes", length);
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, at, (int) length);
        CharBuffer text = CharBuffer.allocate((int) length);
        if (utf8.decode(in, text, true).isError()) {
            at = in.position();
            throw refuseAt(at, "expected the " + what + " in UTF-8, got " + here());
        }
        at += (int) length;
        return text.flip().toString();
    }

    /** A count of at most {@link LogProof#MAX_DIGESTS} and so many digests. */
    List<Digest> path() {
        int start = at;
        long count = varint("number of digests");
        if (count > LogProof.MAX_DIGESTS) {
            throw refuseAt(
                    start, "expected the number of digests of at most " + LogProof.MAX_DIGESTS + ", got " + count);
        }
        requireLeft(count + " digests of " + Digest.BYTES + " bytes", count * Digest.BYTES);
        List<Digest> path = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            path.add(next());
        }
        return path;
    }

    /** Nothing more, after the digests that were read last. */
    void end(List<Digest> path) {
        if (at < bytes.length) {
            throw refuseAt(
                    at,
                    "expected the end after " + path.size() + " digests, got " + (bytes.length - at) + " more bytes");
        }
    }

    private Digest next() {
        Digest digest = Digest.of(Arrays.copyOfRange(bytes, at, at + Digest.BYTES));
        at += Digest.BYTES;
        return digest;
    }

    private void requireLeft(String what, long length) {
        if (length > bytes.length - at) {
            throw refuseAt(
                    bytes.length,
                    "expected " + what + " from byte " + at + " on, got an end after " + (bytes.length - at));
        }
    }

    private static LogProofFormatException refuseAt(int position, String message) {
        return new LogProofFormatException(position, message);
    }

    private String here() {
        return at >= bytes.length ? "the end" : String.format("%02x", bytes[at]);
    }
}
