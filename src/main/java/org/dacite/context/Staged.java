package org.dacite.context;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.dacite.tree.TreeRef;

/** What was staged at a name, in the place of what the directory held before. */
sealed interface Staged permits Staged.Value, Staged.Gone, Staged.Directory {
    /** A value. */
    record Value(byte[] bytes) implements Staged {}

    /**
     * Nothing, where there was something.
     *
     * @param leaves how many values the directory's base holds there
     */
    record Gone(long leaves) implements Staged {}

    /**
     * A directory: its base, the rows of a committed tree, and what was staged on top. Never empty but for the root. Whoever
     * is not its owner must not change it, but make a copy that is.
     */
    final class Directory implements Staged {
        private final Object owner;
        private final boolean inherits;
        private final Map<byte[], Staged> items;
        private TreeRef base;
        private long goneLeaves;
        private int live;

        private Directory(
                Object owner, boolean inherits, TreeRef base, Map<byte[], Staged> items, long goneLeaves, int live) {
            this.owner = owner;
            this.inherits = inherits;
            this.base = base;
            this.items = items;
            this.goneLeaves = goneLeaves;
            this.live = live;
        }

        /** A directory whose base is what the base of the one above it holds there, whatever that is. */
        static Directory inheriting(Object owner) {
            return new Directory(owner, true, null, new TreeMap<>(Arrays::compareUnsigned), 0, 0);
        }

        /** A directory on these rows. */
        static Directory on(TreeRef base, Object owner) {
            return new Directory(owner, false, base, new TreeMap<>(Arrays::compareUnsigned), 0, 0);
        }

        /** The same, to be changed by that owner. */
        Directory ownedBy(Object newOwner) {
            return newOwner == owner ? this : new Directory(newOwner, inherits, base, copy(items), goneLeaves, live);
        }

        /** The same for another place: its base is known and goes along. Shares what was staged, so that nobody owns it. */
        Directory elsewhere(TreeRef resolved) {
            return new Directory(null, false, resolved, items, goneLeaves, live);
        }

        private static Map<byte[], Staged> copy(Map<byte[], Staged> items) {
            Map<byte[], Staged> copy = new TreeMap<>(Arrays::compareUnsigned);
            copy.putAll(items);
            return copy;
        }

        /** Whether its base is what stands at its place. */
        boolean inherits() {
            return inherits;
        }

        /** Its base; null when it inherits one that was not looked up. */
        TreeRef base() {
            return base;
        }

        /** Remembers the base that it inherits. */
        void resolve(TreeRef inherited) {
            base = inherited;
        }

        /** What was staged, by canonical key in its order. Not to be changed. */
        Map<byte[], Staged> items() {
            return items;
        }

        Staged get(byte[] key) {
            return items.get(key);
        }

        void put(byte[] key, Staged item) {
            count(items.put(key, item), -1);
            count(item, 1);
        }

        void remove(byte[] key) {
            count(items.remove(key), -1);
        }

        private void count(Staged item, int sign) {
            if (item instanceof Gone gone) {
                goneLeaves += sign * gone.leaves();
            } else if (item != null) {
                live += sign;
            }
        }

        /** Whether nothing is left in it; its base must be known. */
        boolean isEmpty() {
            return live == 0 && goneLeaves == base.leafCount();
        }
    }
}
