package org.dacite.log;

import java.security.MessageDigest;
import org.dacite.hashing.HashAlgorithm;

/** What is hashed in a log (RFC 9162, 2.1.1), under any algorithm. Holds one message digest: for one thread. */
final class LogHash {
    private static final byte LEAF = 0;
    private static final byte INNER = 1;

    private final MessageDigest digest;

    private LogHash(MessageDigest digest) {
        this.digest = digest;
    }

    static LogHash of(HashAlgorithm algorithm) {
        return new LogHash(algorithm.newMessageDigest());
    }

    /** The root of no entries, {@code H("")}. */
    byte[] empty() {
        return digest.digest();
    }

    /** {@code H(00 ‖ entry)}. */
    byte[] leaf(byte[] entry) {
        digest.update(LEAF);
        return digest.digest(entry);
    }

    /** {@code H(01 ‖ left ‖ right)}. */
    byte[] inner(byte[] left, byte[] right) {
        digest.update(INNER);
        digest.update(left);
        return digest.digest(right);
    }
}
