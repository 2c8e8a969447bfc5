package org.dacite.log;

import java.util.Map;
import org.dacite.hashing.Digest;

/** Where the stored nodes of a log come from. */
@FunctionalInterface
public interface LogNodeSource {
    /**
     * The digests that are stored at these {@link Positions}, by position; one statement. The positions are at least
     * one, ascending, and no two are equal. A position at which nothing is stored is left out of the answer.
     */
    Map<Long, Digest> nodes(long[] positions);
}
