package org.dacite.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/** Reads the bytes of a proof strictly and in order; every refusal names the byte. For one thread. */
final class LogProofReader {
    /** The bits of the largest number, {@link Long#MAX_VALUE}: nine groups of seven. */
    private static final int MAX_BITS = 63;

    private final byte[] bytes;
    private int at;

    LogProofReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The proof that the bytes are, all of them. */
    LogProof read() {
        magic();
        octet("version", LogProofForm.VERSION, LogProofForm.VERSION);
        HashAlgorithm algorithm = algorithm();
        LogProof proof =
                octet("kind of proof", LogProofForm.INCLUSION, LogProofForm.CONSISTENCY) == LogProofForm.INCLUSION
                        ? new InclusionProof(algorithm, varint("index"), varint("size"), path())
                        : new ConsistencyProof(algorithm, varint("first size"), varint("second size"), path());
        if (at < bytes.length) {
            throw refuseAt(
                    at,
                    "expected the end after " + proof.path().size() + " digests, got " + (bytes.length - at)
                            + " more bytes");
        }
        return proof;
    }

    private void magic() {
        for (byte expected : LogProofForm.MAGIC) {
            if (at >= bytes.length || bytes[at] != expected) {
                throw refuseAt(at, "expected a proof about a log, which begins with \"DACL\", got " + here());
            }
            at++;
        }
    }

    private HashAlgorithm algorithm() {
        int code = octet("hash algorithm", 1, HashAlgorithm.values().length);
        return Arrays.stream(HashAlgorithm.values())
                .filter(each -> each.code() == code)
                .findFirst()
                .orElseThrow();
    }

    private int octet(String what, int least, int most) {
        if (at >= bytes.length || bytes[at] < least || bytes[at] > most) {
            String range = least == most ? String.format("%02x", least) : String.format("%02x to %02x", least, most);
            throw refuseAt(at, "expected the " + what + ", " + range + ", got " + here());
        }
        return bytes[at++];
    }

    /** An unsigned varint in its shortest form, up to {@link Long#MAX_VALUE}. */
    private long varint(String what) {
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

    private List<Digest> path() {
        int start = at;
        long count = varint("number of digests");
        if (count > LogProof.MAX_DIGESTS) {
            throw refuseAt(
                    start, "expected the number of digests of at most " + LogProof.MAX_DIGESTS + ", got " + count);
        }
        if (count * Digest.BYTES > bytes.length - at) {
            throw refuseAt(
                    bytes.length,
                    "expected " + count + " digests of " + Digest.BYTES + " bytes from byte " + at
                            + " on, got an end after " + (bytes.length - at));
        }
        List<Digest> path = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++, at += Digest.BYTES) {
            path.add(Digest.of(Arrays.copyOfRange(bytes, at, at + Digest.BYTES)));
        }
        return path;
    }

    private LogProofFormatException refuseAt(int position, String message) {
        return new LogProofFormatException(position, message);
    }

    private String here() {
        return at >= bytes.length ? "the end" : String.format("%02x", bytes[at]);
    }
}
