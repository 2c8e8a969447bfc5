package org.dacite.log;

import java.nio.charset.StandardCharsets;
import org.dacite.hashing.HashAlgorithm;

/** The bytes of a proof of a revision's past, as {@link RevisionProof} draws them. */
final class RevisionProofForm {
    private static final byte[] MAGIC = "DACR".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private RevisionProofForm() {}

    static byte[] written(RevisionProof proof) {
        FormWriter out = new FormWriter();
        out.header(MAGIC, VERSION);
        out.octet(proof.algorithm().code());
        header(out, proof.older());
        header(out, proof.newer());
        out.path(proof.inclusionPath());
        out.path(proof.consistencyPath());
        return out.bytes();
    }

    private static void header(FormWriter out, RevisionHeader revision) {
        out.varint(revision.height());
        out.digest(revision.root());
        out.digest(revision.history());
        out.i64(revision.timeMillis());
        out.text(revision.author());
        out.text(revision.message());
    }

    /** The proof that the bytes are, all of them. */
    static RevisionProof read(byte[] bytes) {
        FormReader in = new FormReader(bytes);
        in.header("a proof of a revision's past", MAGIC, VERSION);
        HashAlgorithm algorithm = in.algorithm();
        RevisionProof proof = new RevisionProof(
                algorithm, header(in, "older revision's "), header(in, "newer revision's "), in.path(), in.path());
        in.end(proof.consistencyPath());
        return proof;
    }

    private static RevisionHeader header(FormReader in, String whose) {
        return new RevisionHeader(
                in.varint(whose + "height"),
                in.digest(whose + "root"),
                in.digest(whose + "history"),
                in.i64(whose + "time"),
                in.text(whose + "author"),
                in.text(whose + "message"));
    }
}
