package org.dacite.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of a merge's memory batches take: one for each change, those of nested batches included. A batch of which a merge
 * must not hold all at once is large: it is taken window by window, and not together with the one that it is nested in. For
 * one thread.
 */
final class Weights {
    private final int most;
    private final Map<Changes, Integer> known = new HashMap<>();

    /** The weights of a batch and of all that is nested in it. */
    Weights(Changes changes) {
        this.most = changes.window();
        weigh(changes);
    }

    private void weigh(Changes outermost) {
        Deque<Changes> open = new ArrayDeque<>();
        open.push(outermost);
        while (!open.isEmpty()) {
            Changes each = open.peek();
            long weight = each.isSpilled() ? most + 1L : each.count();
            boolean ready = true;
            for (Changes inner : each.nested()) {
                Integer its = known.get(inner);
                if (its == null) {
                    open.push(inner);
                    ready = false;
                } else {
                    weight += its;
                }
            }
            if (ready) {
                known.put(open.pop(), (int) Math.min(weight, most + 1L));
            }
        }
    }

    /** How much a window may weigh. */
    int most() {
        return most;
    }

    boolean isLarge(Changes changes) {
        return known.get(changes) > most;
    }

    /** Whether the batch that a change leads to is merged on its own, with what is fetched for it alone. */
    boolean isApart(Change change) {
        return change.action() == Change.Action.MERGE
                && ((change.replaces() && change.linked() == null) || isLarge(change.nested()));
    }

    /** What a change adds to its window. */
    int of(Change change) {
        return change.nested() == null || isApart(change) ? 1 : 1 + known.get(change.nested());
    }
}
