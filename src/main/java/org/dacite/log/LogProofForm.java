package org.dacite.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.dacite.hashing.Digest;

/** The bytes of a proof about a log, as {@link LogProof} draws them: what writer and reader share, and the writer. */
final class LogProofForm {
    static final byte[] MAGIC = "DACL".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int INCLUSION = 1;
    static final int CONSISTENCY = 2;

    private LogProofForm() {}

    static byte[] written(LogProof proof) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 + proof.path().size() * Digest.BYTES);
        out.writeBytes(MAGIC);
        out.write(VERSION);
        out.write(proof.algorithm().code());
        if (proof instanceof InclusionProof inclusion) {
            out.write(INCLUSION);
            varint(out, inclusion.index());
            varint(out, inclusion.size());
        } else if (proof instanceof ConsistencyProof consistency) {
            out.write(CONSISTENCY);
            varint(out, consistency.first());
            varint(out, consistency.second());
        }
        varint(out, proof.path().size());
        proof.path().forEach(digest -> out.writeBytes(digest.bytes()));
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 128) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
