package org.dacite.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys and ranges that an operation is about, tree by tree: what decides which nodes it needs.
 *
 * <p>Trees are numbered from 0, the one that the operation starts in. Within a tree the entries are sorted and disjoint,
 * each a range {@code [from, to)} of canonical keys; a single key is the range from the key to its successor, the key
 * and a zero byte. An entry may say that the operation goes on in the tree that its key links to. Immutable.
 */
public final class Selection {
    private final List<Entries> trees;
    private final Map<Integer, Long> tops;

    private Selection(List<Entries> trees) {
        this(trees, Map.of());
    }

    private Selection(List<Entries> trees, Map<Integer, Long> tops) {
        this.trees = trees;
        this.tops = tops;
    }

    /** The keys that a window of a batch changes, and those of the batches nested in it that are merged together with it. */
    static Selection of(Window window, Weights weights) {
        List<Entries> trees = new ArrayList<>();
        Map<Integer, Long> tops = new TreeMap<>();
        List<Window> queue = new ArrayList<>(List.of(window));
        for (int tree = 0; tree < queue.size(); tree++) {
            Window each = queue.get(tree);
            int[] below = none(each.size());
            for (int i = 0; i < below.length; i++) {
                Change change = each.get(i);
                if (change.action() == Change.Action.MERGE && !weights.isApart(change)) {
                    if (change.linked() == null) {
                        below[i] = queue.size();
                    } else {
                        tops.put(queue.size(), change.linked().top());
                    }
                    queue.add(change.nested().whole());
                }
            }
            trees.add(new Entries(each.keys(), null, below));
        }
        return new Selection(trees, tops);
    }

    /** Some keys of one tree, reached through the links {@code path}, outermost first. */
    public static Selection ofKeys(List<byte[]> path, List<byte[]> keys) {
        byte[][] sorted = keys.stream()
                .sorted(Arrays::compareUnsigned)
                .map(KeyBox::new)
                .distinct()
                .map(KeyBox::key)
                .toArray(byte[][]::new);
        return below(path, new Entries(new SortedKeys(sorted), null, none(sorted.length)));
    }

    /** The keys {@code [from, to)} of one tree, reached through links; {@code to} null: to the end; none when {@code from} is not before. */
    public static Selection ofRange(List<byte[]> path, byte[] from, byte[] to) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return ofKeys(path, List.of());
        }
        return below(
                path,
                new Entries(
                        new SortedKeys(new byte[][] {from}),
                        new SortedKeys(new byte[][] {to == null ? END : to}),
                        none(1)));
    }

    /** Some keys of any trees, each behind the keys of the links that lead to its tree, outermost first. */
    public static Selection ofPaths(Iterable<List<byte[]>> paths) {
        Asked all = new Asked();
        paths.forEach(all::add);
        List<Entries> trees = new ArrayList<>();
        List<Asked> queue = new ArrayList<>(List.of(all));
        for (int tree = 0; tree < queue.size(); tree++) {
            Asked each = queue.get(tree);
            int[] below = new int[each.keys.size()];
            int at = 0;
            for (Asked inner : each.keys.values()) {
                below[at++] = inner == null ? -1 : queue.size();
                if (inner != null) {
                    queue.add(inner);
                }
            }
            trees.add(new Entries(new SortedKeys(each.keys.keySet().toArray(byte[][]::new)), null, below));
        }
        return new Selection(trees);
    }

    /** The keys of one tree, each with those of the tree that it links to, or with null. */
    private static final class Asked {
        private final TreeMap<byte[], Asked> keys = new TreeMap<>(Arrays::compareUnsigned);

        private void add(List<byte[]> path) {
            Asked tree = this;
            for (byte[] link : path.subList(0, path.size() - 1)) {
                tree = tree.keys.computeIfAbsent(link, absent -> new Asked());
            }
            tree.keys.putIfAbsent(path.get(path.size() - 1), null);
        }
    }

    private static Selection below(List<byte[]> path, Entries last) {
        List<Entries> trees = new ArrayList<>();
        for (byte[] link : path) {
            trees.add(new Entries(new SortedKeys(new byte[][] {link}), null, new int[] {trees.size() + 1}));
        }
        trees.add(last);
        return new Selection(trees);
    }

    /** How many trees it speaks of. */
    public int trees() {
        return trees.size();
    }

    /** The tops, by their numbers, of trees that no key of another leads to: a batch links and changes them. */
    Map<Integer, Long> tops() {
        return tops;
    }

    /** The entries of a tree. */
    public Entries tree(int number) {
        return trees.get(number);
    }

    /** A key after every canonical key: the upper end of a range that has none. */
    static final byte[] END = end();

    private static byte[] end() {
        byte[] end = new byte[org.dacite.bits.KeyCodec.MAX_CANONICAL_BYTES + 1];
        Arrays.fill(end, (byte) 0xff);
        return end;
    }

    private static int[] none(int size) {
        int[] below = new int[size];
        Arrays.fill(below, -1);
        return below;
    }

    private record KeyBox(byte[] key) {
        @Override
        public boolean equals(Object other) {
            return other instanceof KeyBox that && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }
    }

    /** The entries of one tree, in ascending order. */
    public static final class Entries {
        private final SortedKeys from;
        private final SortedKeys to;
        private final int[] below;

        private Entries(SortedKeys from, SortedKeys to, int[] below) {
            this.from = from;
            this.to = to;
            this.below = below;
        }

        public int size() {
            return from.size();
        }

        /** The first key of an entry. */
        public byte[] from(int index) {
            return from.get(index);
        }

        /** The first key after an entry. */
        public byte[] to(int index) {
            byte[] key = from.get(index);
            return to == null ? Arrays.copyOf(key, key.length + 1) : to.get(index);
        }

        /** The first keys of the entries {@code [low, high)}. */
        byte[][] from(int low, int high) {
            byte[][] keys = new byte[high - low][];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = from.get(low + i);
            }
            return keys;
        }

        /** The number of the tree in which the operation goes on below this key, −1 for none. */
        public int below(int index) {
            return below[index];
        }

        /** The first of the entries {@code [low, high)} that can lie at or below a node with these bits. */
        int first(int low, int high, Node node) {
            if (to == null) {
                return from.firstNotBefore(low, high, node.bits(), node.endBit());
            }
            int at = to.firstNotBefore(low, high, node.bits(), node.endBit());
            return at < high && endsBefore(to.get(at), node) ? at + 1 : at;
        }

        /** Whether a bound is the least key that a node with these bits could hold: its bits, then zeros. */
        private static boolean endsBefore(byte[] bound, Node node) {
            int bits = node.endBit();
            byte[] least = Arrays.copyOf(node.bits(), (bits + 7) / 8);
            if (bits % 8 != 0) {
                least[least.length - 1] &= (byte) (0xff00 >>> (bits % 8));
            }
            return Arrays.equals(bound, least);
        }

        /** The first of the entries {@code [low, high)} that lies after everything below a node with these bits. */
        int last(int low, int high, Node node) {
            return from.firstAfter(low, high, node.bits(), node.endBit());
        }

        /** The first of the entries {@code [low, high)} that is not wholly left of a vertex. */
        int leftEnd(int low, int high, Vertex vertex) {
            return from.firstAtOrAfter(low, high, vertex.prefix());
        }

        /** The first of the entries {@code [low, high)} that reaches right of a vertex. */
        int rightStart(int low, int high, Vertex vertex) {
            if (to == null) {
                return from.firstAtOrAfter(low, high, vertex.prefix());
            }
            int at = to.firstAtOrAfter(low, high, vertex.prefix());
            return at < high && Arrays.equals(to.get(at), vertex.prefix()) ? at + 1 : at;
        }

        /** The entry of {@code [low, high)} that holds this key, −1 for none. */
        int holding(int low, int high, byte[] key) {
            int at = from.firstAtOrAfter(low, high, key);
            if (at < high && Arrays.equals(from.get(at), key)) {
                return at;
            }
            return to != null && at > low && Arrays.compareUnsigned(key, to.get(at - 1)) < 0 ? at - 1 : -1;
        }
    }
}
