package org.dacite.log;

import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/** A proof about a log: that an entry stands in it, or that it has only grown. Immutable; any thread. */
public sealed interface LogProof permits InclusionProof, ConsistencyProof {
    /** The longest list of digests that a proof may have; none that holds comes near it. */
    int MAX_DIGESTS = 128;

    /** The algorithm that its digests are made with. */
    HashAlgorithm algorithm();

    /** Its digests, in the order of RFC 9162: from the bottom of the tree to the top. */
    List<Digest> path();
}
