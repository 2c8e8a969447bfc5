package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.bits.Bits;

/**
 * A batch of changes to one tree and to the trees linked in it; the last change of a key wins.
 *
 * <p>Filled in any order, then read in key order; for one thread. Two calls of {@link #tree} with one key give the same
 * nested batch, unless the key is deleted or linked in between.
 *
 * <p>Putting bytes over a tree or a tree over bytes is refused, unless the key is deleted first or the batch
 * {@link #overwriting overwrites}.
 */
public final class Changes {
    private final boolean overwrites;
    private final List<Change> unsorted = new ArrayList<>();
    private final Map<Bits, Changes> nested = new HashMap<>();
    private Change[] sorted;
    private SortedKeys keys;

    public Changes() {
        this(false);
    }

    private Changes(boolean overwrites) {
        this.overwrites = overwrites;
    }

    /** A batch that replaces whatever stands at a key: bytes by a tree, a whole tree by bytes. */
    public static Changes overwriting() {
        return new Changes(true);
    }

    /** Puts a value. The arrays are kept, not copied. */
    public void put(byte[] key, byte[] userKey, byte[] value) {
        add(new Change(key, userKey, Change.Action.PUT, value, null, null, false));
    }

    /** Deletes a key, whatever it holds; nothing happens when it is absent. */
    public void delete(byte[] key, byte[] userKey) {
        nested.remove(Bits.ofKey(key));
        add(new Change(key, userKey, Change.Action.DELETE, null, null, null, false));
    }

    /** The batch of the tree at this key. */
    public Changes tree(byte[] key, byte[] userKey) {
        return nested.computeIfAbsent(Bits.ofKey(key), absent -> {
            Changes changes = new Changes(overwrites);
            add(new Change(key, userKey, Change.Action.MERGE, null, changes, null, false));
            return changes;
        });
    }

    /**
     * Goes on in the tree at this key with a batch that may stand at other keys as well. Where it begins from the same rows
     * there, its rows are written once.
     */
    public void tree(byte[] key, byte[] userKey, Changes shared) {
        nested.put(Bits.ofKey(key), shared);
        add(new Change(key, userKey, Change.Action.MERGE, null, shared, null, false));
    }

    /** Puts an existing tree, which must not be empty, under this key as well; {@link #tree} then changes that one. */
    public void link(byte[] key, byte[] userKey, TreeRef tree) {
        if (tree.top() == 0) {
            throw new IllegalArgumentException("expected a tree with at least one key to link, got the empty tree");
        }
        nested.remove(Bits.ofKey(key));
        add(new Change(key, userKey, Change.Action.LINK, null, null, tree, false));
    }

    /** Whether nothing was asked for. */
    public boolean isEmpty() {
        return unsorted.isEmpty();
    }

    boolean overwrites() {
        return overwrites;
    }

    private void add(Change change) {
        unsorted.add(change);
        sorted = null;
    }

    /** How many keys of this tree are changed, each counted once. */
    int size() {
        sort();
        return sorted.length;
    }

    Change get(int index) {
        return sorted[index];
    }

    SortedKeys keys() {
        sort();
        return keys;
    }

    private void sort() {
        if (sorted != null) {
            return;
        }
        Change[] all = unsorted.toArray(Change[]::new);
        KeySort.sort(all);
        int size = 0;
        for (Change change : all) {
            if (size > 0 && Arrays.equals(all[size - 1].key(), change.key())) {
                all[size - 1] = after(all[size - 1], change);
            } else {
                all[size++] = change;
            }
        }
        sorted = Arrays.copyOf(all, size);
        keys = new SortedKeys(Arrays.stream(sorted).map(Change::key).toArray(byte[][]::new));
    }

    /** What two changes of one key come to. */
    private static Change after(Change first, Change second) {
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
