package org.dacite.log;

import org.dacite.hashing.Digest;

/** Where the new nodes of a log go. */
@FunctionalInterface
public interface LogNodeSink {
    /** Appends the node at this one of the {@link Positions}, each higher by one than the one before. */
    void node(long position, Digest digest);
}
