package org.dacite.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
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
 *
 * <p>What it holds on the heap is bounded: beyond {@link #HELD_BYTES} its changes move to a temporary file, sorted, and a
 * {@link SpillException} says that there is no room for it. On the heap remain a few hundred bytes for each linked tree
 * that it changes. {@link #close} gives the file back.
 */
public final class Changes implements AutoCloseable {
    /** What a batch holds on the heap at most, its nested ones included. */
    public static final long HELD_BYTES = 32 << 20;

    /** How many changes a merge takes at once. */
    public static final int WINDOW = 10_000;

    private final boolean overwrites;
    private final HeldChanges held;
    private final Map<Bits, Changes> byKey = new HashMap<>();
    private final List<Changes> nested = new ArrayList<>();
    private List<Change> unsorted = new ArrayList<>();
    private ChangeRuns runs;
    private Window whole;

    public Changes() {
        this(false, new HeldChanges(HELD_BYTES, WINDOW));
    }

    private Changes(boolean overwrites, HeldChanges held) {
        this.overwrites = overwrites;
        this.held = held;
    }

    /**
     * A batch that replaces whatever stands at a key: bytes by a tree, a whole tree by bytes. It is made of what its caller
     * holds anyway, so all of it stays on the heap.
     */
    public static Changes overwriting() {
        return new Changes(true, new HeldChanges(Long.MAX_VALUE, WINDOW));
    }

    /** A batch that holds at most so many bytes on the heap, and is merged so many changes at a time. */
    public static Changes holding(long bytes, int window) {
        return new Changes(false, new HeldChanges(bytes, window));
    }

    /** Puts a value. The arrays are kept, not copied. */
    public void put(byte[] key, byte[] userKey, byte[] value) {
        add(new Change(key, userKey, Change.Action.PUT, value, null, null, false));
    }

    /** Deletes a key, whatever it holds; nothing happens when it is absent. */
    public void delete(byte[] key, byte[] userKey) {
        byKey.remove(Bits.ofKey(key));
        add(new Change(key, userKey, Change.Action.DELETE, null, null, null, false));
    }

    /** The batch of the tree at this key. */
    public Changes tree(byte[] key, byte[] userKey) {
        return byKey.computeIfAbsent(Bits.ofKey(key), absent -> {
            Changes changes = new Changes(overwrites, held);
            nested.add(changes);
            add(new Change(key, userKey, Change.Action.MERGE, null, changes, null, false));
            return changes;
        });
    }

    /**
     * Goes on in the tree at this key with a batch that may stand at other keys as well. Where it begins from the same rows
     * there, its rows are written once.
     */
    public void tree(byte[] key, byte[] userKey, Changes shared) {
        byKey.put(Bits.ofKey(key), shared);
        nested.add(shared);
        add(new Change(key, userKey, Change.Action.MERGE, null, shared, null, false));
    }

    /** Puts an existing tree, which must not be empty, under this key as well; {@link #tree} then changes that one. */
    public void link(byte[] key, byte[] userKey, TreeRef tree) {
        if (tree.top() == 0) {
            throw new IllegalArgumentException("expected a tree with at least one key to link, got the empty tree");
        }
        byKey.remove(Bits.ofKey(key));
        add(new Change(key, userKey, Change.Action.LINK, null, null, tree, false));
    }

    /** Whether nothing was asked for. */
    public boolean isEmpty() {
        return unsorted.isEmpty() && runs == null;
    }

    /** The most that it held on the heap so far, of what {@link #HELD_BYTES} bounds. */
    public long mostHeldBytes() {
        return held.mostBytes();
    }

    /** Gives back what it has outside of the heap, with that of all batches that it made; it is of no use afterwards. */
    @Override
    public void close() {
        held.close();
    }

    boolean overwrites() {
        return overwrites;
    }

    /** How many changes a merge takes at once. */
    int window() {
        return held.window();
    }

    /** The batches of all trees that it ever went on in. */
    List<Changes> nested() {
        return nested;
    }

    /** How many changes it has on the heap; a key may have several. */
    int count() {
        return unsorted.size();
    }

    /** Whether it has changes in a temporary file. */
    boolean isSpilled() {
        return runs != null;
    }

    private void add(Change change) {
        unsorted.add(change);
        whole = null;
        held.held(this, change, unsorted.size() == 1);
    }

    /** Moves what stands on the heap to a temporary file. */
    void spill(HeldChanges to) throws IOException {
        if (runs == null) {
            runs = new ChangeRuns(to);
        }
        runs.add(heap());
        unsorted = new ArrayList<>();
        whole = null;
    }

    private Change[] heap() {
        Change[] all = unsorted.toArray(Change[]::new);
        KeySort.sort(all);
        return all;
    }

    /** All changes in one window, of a batch that stands on the heap. */
    Window whole() {
        if (whole == null) {
            whole = Window.of(heap());
        }
        return whole;
    }

    /** All changes in key order; those of one key in the order in which they were asked for. */
    Iterator<Change> sorted() {
        Iterator<Change> rest = Arrays.asList(heap()).iterator();
        return runs == null ? rest : runs.with(rest);
    }
}
