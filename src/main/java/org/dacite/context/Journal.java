package org.dacite.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dacite.tree.NodeSource;

/** The changes since the last commit, newest first: a list that shares its past, so that a mark keeps it. Immutable. */
record Journal(Journal before, Action action) {
    /** Without an entry. */
    static final Journal EMPTY = new Journal(null, null);

    Journal then(Action next) {
        return new Journal(this, next);
    }

    /** Hands over its changes, oldest first. */
    void replay(Consumer<Action> action) {
        Deque<Action> oldestFirst = new ArrayDeque<>();
        for (Journal at = this; at.before != null; at = at.before) {
            oldestFirst.push(at.action);
        }
        oldestFirst.forEach(action);
    }

    /** What now stands at each path that a change named. */
    Map<ContextPath, String> prints(NodeSource nodes, long top) {
        Map<ContextPath, String> prints = new TreeMap<>();
        for (Journal at = this; at.before != null; at = at.before) {
            ContextPath path = path(at.action);
            if (!prints.containsKey(path)) {
                prints.put(path, Fingerprint.of(nodes, top, path));
            }
        }
        return prints;
    }

    private static ContextPath path(Action action) {
        if (action instanceof Action.Set set) {
            return set.path();
        }
        return action instanceof Action.Copy copy ? copy.to() : ((Action.Delete) action).path();
    }
}
