package org.dacite.log;

import java.util.Iterator;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * The proof that the first {@code first} entries of a log of {@code second} entries are those of the log when it had
 * that size: RFC 6962, 2.1.2, and RFC 9162, 2.1.4, at most one digest more than the tree has levels.
 *
 * <p>From size 0 and between equal sizes the proof has no digest. The former says nothing, since every log begins empty.
 *
 * <p>Numbers and digests may be any, since they come from a stranger; {@link #verify} says what they are worth. Only
 * numbers below 0 and more than {@link LogProof#MAX_DIGESTS} digests are an {@link IllegalArgumentException}.
 */
public record ConsistencyProof(HashAlgorithm algorithm, long first, long second, List<Digest> path)
        implements LogProof {
    public ConsistencyProof {
        Claims.requireNumber("a first size", first);
        Claims.requireNumber("a second size", second);
        path = Claims.requirePath(path);
    }

    /** Whether the log with the second root has only grown since it had the first. */
    public Verification verify(Digest firstRoot, Digest secondRoot) {
        if (first > second) {
            return new Verification.Fails("expected a first size of at most " + second + ", got " + first);
        }
        if (first == 0 || first == second) {
            return verifyTrivial(firstRoot, secondRoot);
        }
        return path.isEmpty() ? Claims.tooShort(path) : verifyPath(firstRoot, secondRoot);
    }

    /** What the RFC leaves out: from size 0, and between equal sizes. */
    private Verification verifyTrivial(Digest firstRoot, Digest secondRoot) {
        if (!path.isEmpty()) {
            return Claims.tooLong(path);
        }
        byte[] empty = LogHash.of(algorithm).empty();
        if (first == 0 && !firstRoot.matches(empty)) {
            return Claims.otherRoot("first root", firstRoot, empty);
        }
        return first < second || firstRoot.equals(secondRoot)
                ? new Verification.Holds()
                : Claims.otherRoot("second root", secondRoot, firstRoot.bytes());
    }

    /** RFC 9162, 2.1.4.2, step by step; its fr and sr are {@code older} and {@code newer}. */
    private Verification verifyPath(Digest firstRoot, Digest secondRoot) {
        LogHash hash = LogHash.of(algorithm);
        Climb climb = new Climb(first - 1, second - 1);
        climb.skipRightTurns();
        Iterator<Digest> digests = path.iterator();
        boolean wasPerfect = Long.bitCount(first) == 1;
        byte[] older = (wasPerfect ? firstRoot : digests.next()).bytes();
        byte[] newer = older;
        while (digests.hasNext()) {
            byte[] digest = digests.next().bytes();
            if (climb.isAtTop()) {
                return Claims.tooLong(path);
            }
            if (climb.passesOnTheLeft()) {
                older = hash.inner(digest, older);
                newer = hash.inner(digest, newer);
            } else {
                newer = hash.inner(newer, digest);
            }
        }
        if (!climb.isAtTop()) {
            return Claims.tooShort(path);
        }
        if (!firstRoot.matches(older)) {
            return Claims.otherRoot("first root", firstRoot, older);
        }
        return secondRoot.matches(newer)
                ? new Verification.Holds()
                : Claims.otherRoot("second root", secondRoot, newer);
    }
}
