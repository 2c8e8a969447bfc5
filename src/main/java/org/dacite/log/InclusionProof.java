package org.dacite.log;

import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The proof that an entry stands at {@code index}, counted from 0, of a log of {@code size} entries: the audit path of
 * RFC 6962, 2.1.1, or inclusion path of RFC 9162, 2.1.3, at most one digest for each level of the tree.
 *
 * <p>Numbers and digests may be any, since they come from a stranger; {@link #verify} says what they are worth. Only
 * numbers below 0 and more than {@link LogProof#MAX_DIGESTS} digests are an {@link IllegalArgumentException}.
 *
 * <p>Trust in {@code size} comes with the root: where two sizes lead to an entry by the same turns, the path alone does
 * not tell them apart.
 */
public record InclusionProof(HashAlgorithm algorithm, long index, long size, List<Digest> path) implements LogProof {
    public InclusionProof {
        Claims.requireNumber("an index", index);
        Claims.requireNumber("a size", size);
        path = Claims.requirePath(path);
    }

    /** Whether the entry, whole, stands at the index under the root of the log of that size. */
    public Verification verify(byte[] entry, Digest root) {
        return verifyPath(LogHash.of(algorithm).leaf(entry), root);
    }

    /** The same for an entry of which only the leaf hash {@code H(00 ‖ entry)} is at hand. */
    public Verification verifyLeaf(Digest leaf, Digest root) {
        return verifyPath(leaf.bytes(), root);
    }

    /** RFC 9162, 2.1.3.2, step by step. */
    private Verification verifyPath(byte[] leaf, Digest root) {
        if (index >= size) {
            return new Verification.Fails("expected an index below the size " + size + ", got " + index);
        }
        LogHash hash = LogHash.of(algorithm);
        Climb climb = new Climb(index, size - 1);
        byte[] node = leaf;
        for (Digest digest : path) {
            if (climb.isAtTop()) {
                return Claims.tooLong(path);
            }
            node = climb.passesOnTheLeft() ? hash.inner(digest.bytes(), node) : hash.inner(node, digest.bytes());
        }
        if (!climb.isAtTop()) {
            return Claims.tooShort(path);
        }
        return root.matches(node) ? new Verification.Holds() : Claims.otherRoot("root", root, node);
    }
}
