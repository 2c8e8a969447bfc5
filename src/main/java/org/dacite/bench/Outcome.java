package org.dacite.bench;

import java.util.Map;
import java.util.Optional;
import org.dacite.hashing.Digest;

/**
 * What one run of the bench found.
 *
 * @param phases all phases
 * @param floors nanoseconds an item of Dacite and of its floor, of the phases that write in bulk
 * @param commitOneNanos the medians of a commit of one change
 * @param leafBytes what a record took on disk after the load
 * @param versionBytes what a change of the commits after that added
 * @param diskBytes what both take on disk after all that
 * @param proofBytes the mean length of a proof
 * @param hashNanos how long a SHA-256 of 96 bytes takes
 * @param prune what pruning took, where that was asked for
 * @param leaves how many records there are at the end
 * @param root the root at the end
 */
record Outcome(
        Map<Phase, Compared> phases,
        Map<Phase, Compared> floors,
        Compared commitOneNanos,
        Compared leafBytes,
        Compared versionBytes,
        Compared diskBytes,
        double proofBytes,
        double hashNanos,
        Optional<PruneFigures> prune,
        long leaves,
        Digest root) {}
