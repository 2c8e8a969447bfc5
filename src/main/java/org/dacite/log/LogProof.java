package org.dacite.log;

import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * A proof about a log: that an entry stands in it, or that it has only grown. Immutable; any thread.
 *
 * <p>In a file it is, with numbers as unsigned LEB128 in the shortest form and at most {@link #MAX_DIGESTS} digests of
 * 32 bytes,
 *
 * <pre>
 *   "DACL" ‖ version (01) ‖ algorithm (01 sha256, 02 sha3-256, 03 blake2b-256)
 *          ‖ 01 ‖ varint(index) ‖ varint(size)                inclusion
 *          ‖ 02 ‖ varint(first size) ‖ varint(second size)    consistency
 *          ‖ varint(number of digests) ‖ digests
 * </pre>
 */
public sealed interface LogProof permits InclusionProof, ConsistencyProof {
    /** The longest list of digests that a proof may have; none that holds comes near it. */
    int MAX_DIGESTS = 128;

    /**
     * The proof that these bytes are, all of them; a {@link LogProofFormatException} when they are none. Says nothing
     * until it is verified.
     */
    static LogProof parse(byte[] bytes) {
        return LogProofForm.read(bytes);
    }

    /** The algorithm that its digests are made with. */
    HashAlgorithm algorithm();

    /** Its digests, in the order of RFC 9162: from the bottom of the tree to the top. */
    List<Digest> path();

    /** The bytes that {@link #parse} reads. */
    default byte[] bytes() {
        return LogProofForm.written(this);
    }
}
