package org.dacite.log;

import java.nio.charset.StandardCharsets;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * What the hash of a revision covers (canonical-form.md, "Revisions"), and so all that is needed to make it anew. Immutable;
 * any thread.
 *
 * <p>Any values may stand here, since they come from a stranger, but for a height below 0 and text that UTF-8 cannot hold:
 * an {@link IllegalArgumentException}. Whoever trusts the hash may trust them all.
 *
 * @param height how many revisions of its line stand before it
 * @param root the root of the map
 * @param history the root of the log whose entries are the hashes of those revisions, oldest first
 * @param timeMillis when, in milliseconds since 1970 UTC
 * @param author who
 * @param message why
 */
public record RevisionHeader(long height, Digest root, Digest history, long timeMillis, String author, String message) {
    public RevisionHeader {
        Claims.requireNumber("a height", height);
        requireUtf8("author", author);
        requireUtf8("message", message);
    }

    /** The hash of the revision: {@code H(04 ‖ height ‖ root ‖ history ‖ time ‖ author ‖ message)}. */
    public Digest hash(HashAlgorithm algorithm) {
        return Digest.of(CanonicalHash.of(algorithm)
                .revision(height, root.bytes(), history.bytes(), timeMillis, author, message));
    }

    private static void requireUtf8(String what, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("expected " + what + " of whole Unicode characters, got half of one");
        }
    }
}
