package org.dacite.log;

import java.util.List;
import org.dacite.hashing.Digest;

/** What both kinds of proof ask of their parts, and in which words they fail. */
final class Claims {
    private Claims() {}

    static void requireNumber(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException("expected " + what + " of at least 0, got " + number);
        }
    }

    static List<Digest> requirePath(List<Digest> path) {
        if (path.size() > LogProof.MAX_DIGESTS) {
            throw new IllegalArgumentException(
                    "expected at most " + LogProof.MAX_DIGESTS + " digests, got " + path.size());
        }
        return List.copyOf(path);
    }

    static Verification tooLong(List<Digest> path) {
        return new Verification.Fails("expected fewer digests, got " + path.size());
    }

    static Verification tooShort(List<Digest> path) {
        return new Verification.Fails("expected more digests, got " + path.size());
    }

    static Verification otherRoot(String what, Digest expected, byte[] found) {
        return new Verification.Fails("expected " + what + " " + expected + ", got " + Digest.of(found));
    }
}
