package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The changes of one tree, window after window in key order. A window weighs no more than a merge may hold, nested batches
 * included, unless it is one change. For one thread.
 */
final class Windows {
    /** What the keys and values of a window may come to, so that large values cannot fill the heap either. */
    private static final long MAX_BYTES = 4 << 20;

    private final Weights weights;
    private final Iterator<Change> changes;
    private final Window whole;
    private boolean given;
    private Change next;

    private Windows(Weights weights, Iterator<Change> changes, Window whole) {
        this.weights = weights;
        this.changes = changes;
        this.whole = whole;
    }

    /** All changes in one window. */
    static Windows whole(Changes changes) {
        return new Windows(null, null, changes.whole());
    }

    /** Windows that weigh no more than they may. */
    static Windows of(Changes changes, Weights weights) {
        if (!weights.isLarge(changes)) {
            return whole(changes);
        }
        Windows windows = new Windows(weights, changes.sorted(), null);
        windows.advance();
        return windows;
    }

    /** The next window; null when there is none. */
    Window next() {
        if (changes == null) {
            Window only = given ? null : whole;
            given = true;
            return only;
        }
        List<Change> taken = new ArrayList<>();
        long weight = 0;
        long bytes = 0;
        while (next != null) {
            Change change = together();
            taken.add(change);
            weight += weights.of(change);
            bytes += change.sizeBytes();
            if (next != null && (weight + weights.of(next) > weights.most() || bytes > MAX_BYTES)) {
                break;
            }
        }
        return taken.isEmpty() ? null : new Window(taken.toArray(Change[]::new), taken.size());
    }

    /** What the changes of the next key come to. */
    private Change together() {
        Change change = next;
        advance();
        while (next != null && Arrays.equals(change.key(), next.key())) {
            change = Window.after(change, next);
            advance();
        }
        return change;
    }

    private void advance() {
        next = changes.hasNext() ? changes.next() : null;
    }
}
