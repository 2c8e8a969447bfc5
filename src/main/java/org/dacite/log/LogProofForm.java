package org.dacite.log;

import java.nio.charset.StandardCharsets;
import org.dacite.hashing.HashAlgorithm;

/** The bytes of a proof about a log, as {@link LogProof} draws them. */
final class LogProofForm {
    private static final byte[] MAGIC = "DACL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int INCLUSION = 1;
    private static final int CONSISTENCY = 2;

    private LogProofForm() {}

    static byte[] written(LogProof proof) {
        FormWriter out = new FormWriter();
        out.header(MAGIC, VERSION);
        out.octet(proof.algorithm().code());
        if (proof instanceof InclusionProof inclusion) {
            out.octet(INCLUSION);
            out.varint(inclusion.index());
            out.varint(inclusion.size());
        } else if (proof instanceof ConsistencyProof consistency) {
            out.octet(CONSISTENCY);
            out.varint(consistency.first());
            out.varint(consistency.second());
        }
        out.path(proof.path());
        return out.bytes();
    }

    /** The proof that the bytes are, all of them. */
    static LogProof read(byte[] bytes) {
        FormReader in = new FormReader(bytes);
        in.header("a proof about a log", MAGIC, VERSION);
        HashAlgorithm algorithm = in.algorithm();
        LogProof proof = in.octet("kind of proof", INCLUSION, CONSISTENCY) == INCLUSION
                ? new InclusionProof(algorithm, in.varint("index"), in.varint("size"), in.path())
                : new ConsistencyProof(algorithm, in.varint("first size"), in.varint("second size"), in.path());
        in.end(proof.path());
        return proof;
    }
}
