package org.dacite.bench;

import java.security.MessageDigest;
import org.dacite.hashing.HashAlgorithm;

/** How fast this machine hashes, so that figures of proofs can be read on another one. */
final class HashSpeed {
    /** About what a vertex takes. */
    static final int INPUT_BYTES = 96;

    private static final int ROUNDS = 5;
    private static final int DIGESTS = 200_000;

    private HashSpeed() {}

    /** How long a SHA-256 of 96 bytes takes, in nanoseconds: the best of some rounds. */
    static double nanos() {
        MessageDigest digest = HashAlgorithm.SHA_256.newMessageDigest();
        byte[] input = new byte[INPUT_BYTES];
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < DIGESTS; i++) {
                input[0] = digest.digest(input)[0]; // each depends on the one before, so none can be left out
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / DIGESTS);
        }
        return best;
    }
}
