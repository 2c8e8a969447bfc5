package org.dacite.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The revisions that open snapshots of this process read, which pruning keeps. Any thread. */
final class Leases {
    private final Map<Long, Integer> open = new HashMap<>();
    private final Set<Long> givenUp = new HashSet<>();

    /** Takes a lease; false when the revision was given up by this process, and so cannot be kept any more. */
    synchronized boolean take(long revision) {
        if (givenUp.contains(revision)) {
            return false;
        }
        open.merge(revision, 1, Integer::sum);
        return true;
    }

    synchronized void release(long revision) {
        open.computeIfPresent(revision, (id, count) -> count == 1 ? null : count - 1);
    }

    /** The revisions that are open now. */
    synchronized Set<Long> open() {
        return Set.copyOf(open.keySet());
    }

    /** Lets {@code choice} give up revisions other than the open ones that it is told of; none can be taken meanwhile. */
    synchronized void giveUp(Function<Set<Long>, Set<Long>> choice) {
        givenUp.addAll(choice.apply(open()));
    }
}
