package org.dacite.tree;

import java.util.Arrays;

/**
 * Some changes of one tree in key order, no key twice, and all that the tree has between the first and the last: what a merge
 * holds at once. Immutable.
 */
final class Window {
    private final Change[] changes;

    /** The changes [0, size) of an array, which is kept and must not change. */
    Window(Change[] changes, int size) {
        this.changes = size == changes.length ? changes : Arrays.copyOf(changes, size);
    }

    int size() {
        return changes.length;
    }

    Change get(int index) {
        return changes[index];
    }

    SortedKeys keys() {
        byte[][] keys = new byte[changes.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = changes[i].key();
        }
        return new SortedKeys(keys);
    }

    /**
     * Changes that are sorted, what those of one key come to taken together.
     *
     * @param sorted is used up
     */
    static Window of(Change[] sorted) {
        int size = 0;
        for (Change change : sorted) {
            if (size > 0 && Arrays.equals(sorted[size - 1].key(), change.key())) {
                sorted[size - 1] = after(sorted[size - 1], change);
            } else {
                sorted[size++] = change;
            }
        }
        return new Window(sorted, size);
    }

    /** What two changes of one key come to. */
    static Change after(Change first, Change second) {
        boolean valueFirst = first.action() == Change.Action.PUT;
        boolean valueSecond = second.action() == Change.Action.PUT;
        if (first.action() == Change.Action.DELETE || second.action() == Change.Action.DELETE) {
            return second.action() == Change.Action.DELETE ? second : second.replacing();
        }
        if (valueFirst != valueSecond) {
            throw KindException.of(second.key(), valueFirst);
        }
        boolean goesOn = second.action() == Change.Action.MERGE && first.linked() != null;
        Change last = goesOn ? second.startingFrom(first.linked()) : second;
        return first.replaces() ? last.replacing() : last;
    }
}
