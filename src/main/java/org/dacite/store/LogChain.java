package org.dacite.store;

import java.util.List;

/**
 * Where the entries of a log stand: the last ones in itself, the ones before in the log that it forked from, and so on.
 * Never changes once the log is there.
 *
 * <pre>
 *   line 1   0 ── 1 ── 2 ── 3
 *                 └─ line 2   2 ── 3        of line 2: entries from 2 on in itself, those before in line 1
 * </pre>
 *
 * @param parts the log itself first, then what it forked from; each begins at a lower entry than the one before
 */
record LogChain(List<Part> parts) {
    /**
     * @param log the id of a log
     * @param first the first entry that stands in it
     */
    record Part(long log, long first) {}

    /** The log that holds an entry. */
    long logOfEntry(long number) {
        return parts.stream().filter(part -> number >= part.first).findFirst().orElseThrow().log;
    }

    /** How many entries the first {@code size} of this log and the first {@code otherSize} of another share. */
    long shared(long size, LogChain other, long otherSize) {
        long end = size;
        for (Part part : parts) {
            long otherEnd = otherSize;
            for (Part otherPart : other.parts) {
                if (part.log == otherPart.log) {
                    return Math.min(end, otherEnd);
                }
                otherEnd = Math.min(otherEnd, otherPart.first);
            }
            end = Math.min(end, part.first);
        }
        return 0;
    }
}
