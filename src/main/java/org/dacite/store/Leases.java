package org.dacite.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The leases of one store: counts them, and marks each revision once, for pruners to see. Any thread.
 *
 * <p>Nobody waits for another: who takes a lease marks the revision first and looks whether it is given up then. Who prunes
 * writes down what is given up first, and looks at the marks then. So at least one sees the other, and {@link Store#giveUp}
 * takes back what it sees.
 */
final class Leases {
    private final LeaseMarks marks;
    private final Map<Long, Hold> open = new HashMap<>();
    private boolean closed;

    /** The leases of one revision: {@code count} belongs to the map, the rest to the monitor of the hold itself. */
    private static final class Hold {
        int count;
        boolean marked;
        boolean kept;
    }

    Leases(LeaseMarks marks) {
        this.marks = marks;
    }

    /** Takes a lease; false when the revision was given up, and so cannot be kept any more. */
    boolean take(long revision) throws SQLException {
        Hold hold;
        synchronized (this) {
            hold = open.computeIfAbsent(revision, id -> new Hold());
            hold.count++;
        }
        boolean kept = false;
        try {
            kept = kept(revision, hold);
        } finally {
            if (!kept) {
                release(revision);
            }
        }
        return kept;
    }

    private boolean kept(long revision, Hold hold) throws SQLException {
        synchronized (hold) {
            if (!hold.marked) {
                if (isClosed()) {
                    throw new StoreException("expected an open store to read from, got a closed one");
                }
                hold.marked = true; // or perhaps it is: to take away what is not there does nothing
                hold.kept = marks.take(revision);
            }
            return hold.kept;
        }
    }

    void release(long revision) {
        Hold hold;
        synchronized (this) {
            hold = open.get(revision);
            if (hold == null || --hold.count > 0) {
                return;
            }
        }
        synchronized (hold) {
            synchronized (this) {
                if (hold.count > 0) {
                    return; // taken again meanwhile
                }
            }
            unmark(revision, hold);
            synchronized (this) {
                if (hold.count == 0) {
                    open.remove(revision, hold);
                }
            }
        }
    }

    private void unmark(long revision, Hold hold) {
        if (hold.marked) {
            marks.release(revision);
            hold.marked = false;
            hold.kept = false;
        }
    }

    /** Those of the candidates that are leased now, here or elsewhere. */
    Set<Long> leased(Set<Long> candidates) throws SQLException {
        Set<Long> leased = new HashSet<>(marks.leased(candidates));
        synchronized (this) {
            open.keySet().stream().filter(candidates::contains).forEach(leased::add);
        }
        return leased;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends all leases; none can be taken afterwards. */
    void close() {
        List<Map.Entry<Long, Hold>> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(open.entrySet());
        }
        for (Map.Entry<Long, Hold> each : left) {
            synchronized (each.getValue()) {
                unmark(each.getKey(), each.getValue());
            }
        }
        marks.close();
    }
}
