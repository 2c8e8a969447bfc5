package org.dacite.log;

import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The proof that a revision stands in the past of another: whoever trusts the hash of the newer one may trust the older one's
 * root, hash, time, author and message, without the store and without the revisions between. Immutable; any thread.
 *
 * <p>It says two things of the log of revision hashes to which the newer one commits by its {@code history}: that the hash of
 * the older one is its entry at the older one's height ({@link #inclusion}), and that it goes on from the log to which the
 * older one commits ({@link #consistency}), so that the older one's past is the newer one's too. At most two digests a level
 * and one: 1.3 KB for a line of a million revisions, and the two headers.
 *
 * <p>In a file it is, with numbers as unsigned LEB128 in the shortest form and at most {@link LogProof#MAX_DIGESTS} digests a
 * list,
 *
 * <pre>
 *   "DACR" ‖ version (01) ‖ algorithm (01 sha256, 02 sha3-256, 03 blake2b-256) ‖ older header ‖ newer header
 *          ‖ varint(number of digests) ‖ inclusion digests ‖ varint(number of digests) ‖ consistency digests
 *   header    varint(height) ‖ root ‖ history ‖ i64 time in ms since 1970 UTC
 *             ‖ varint(length) ‖ author in UTF-8 ‖ varint(length) ‖ message in UTF-8
 * </pre>
 *
 * Headers and digests may be any, since they come from a stranger; {@link #verify} says what they are worth. More digests
 * than that are an {@link IllegalArgumentException}.
 *
 * @param algorithm the one that all its digests are made with
 * @param older the revision that is proved
 * @param newer the revision whose hash is trusted
 * @param inclusionPath the digests of {@link #inclusion}
 * @param consistencyPath the digests of {@link #consistency}
 */
public record RevisionProof(
        HashAlgorithm algorithm,
        RevisionHeader older,
        RevisionHeader newer,
        List<Digest> inclusionPath,
        List<Digest> consistencyPath) {
    public RevisionProof {
        inclusionPath = Claims.requirePath(inclusionPath);
        consistencyPath = Claims.requirePath(consistencyPath);
    }

    /**
     * Makes the proof from the stored log of the newer revision's line, which holds the hashes of at least all revisions before
     * it; an {@link IllegalArgumentException} when the older one is not lower.
     */
    public static RevisionProof of(
            HashAlgorithm algorithm, RevisionHeader older, RevisionHeader newer, StoredLog line) {
        return new RevisionProof(
                algorithm,
                older,
                newer,
                line.inclusion(older.height(), newer.height()).path(),
                line.consistency(older.height(), newer.height()).path());
    }

    /**
     * The proof that these bytes are, all of them; a {@link LogProofFormatException} when they are none. Says nothing until it
     * is verified.
     */
    public static RevisionProof parse(byte[] bytes) {
        return RevisionProofForm.read(bytes);
    }

    /** The bytes that {@link #parse} reads. */
    public byte[] bytes() {
        return RevisionProofForm.written(this);
    }

    /** The proof that the hash of the older one is in the log of the hashes before the newer one, at its height. */
    public InclusionProof inclusion() {
        return new InclusionProof(algorithm, older.height(), newer.height(), inclusionPath);
    }

    /** The proof that the log of the hashes before the newer one goes on from that of those before the older one. */
    public ConsistencyProof consistency() {
        return new ConsistencyProof(algorithm, older.height(), newer.height(), consistencyPath);
    }

    /** Whether the older revision stands in the past of the one that has this hash. */
    public Verification verify(Digest trustedNewerHash) {
        Digest newerHash = newer.hash(algorithm);
        if (!newerHash.equals(trustedNewerHash)) {
            return new Verification.Fails(
                    "expected a newer revision of hash " + trustedNewerHash + ", got one of hash " + newerHash);
        }
        if (older.height() >= newer.height()) {
            return new Verification.Fails("expected an older revision of a height below " + newer.height()
                    + ", which the newer one has, got " + older.height());
        }
        Verification included = inclusion().verify(older.hash(algorithm).bytes(), newer.history());
        if (included instanceof Verification.Fails fails) {
            return new Verification.Fails(
                    "the older revision is not in the history of the newer one: " + fails.reason());
        }
        Verification consistent = consistency().verify(older.history(), newer.history());
        if (consistent instanceof Verification.Fails fails) {
            return new Verification.Fails(
                    "the history of the newer revision does not go on from that of the older one: " + fails.reason());
        }
        return new Verification.Holds();
    }
}
