package org.dacite.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rows in memory: both seams of the tree, done straight from their contracts, which counts what is asked of it and gives
 * no more than it must (a value only where the contract promises one).
 */
final class MemoryNodes implements NodeSource, NodeSink {
    /** How much of the rows stands in the cache. */
    enum Cache {
        NOTHING,
        EVERYTHING,
        /** A node or none, a leaf with its value or without, as chance has it, anew at every call. */
        BY_CHANCE
    }

    /** A row as it was written: a vertex, a leaf, or a deletion, which has no node. */
    record Row(long oid, Node node, long treeId, byte[] key, long previousOid) {}

    /** Keys whose ways below a node would be gone. */
    record Told(long top, List<byte[]> keys) {}

    private final Map<Long, Node> rows = new HashMap<>();
    private final Map<String, Long> treeIds = new HashMap<>();
    private final List<Row> written = new ArrayList<>();
    private final Cache cache;
    private final Random chance;
    private int statements;
    private int fetched;
    private final List<Told> told = new ArrayList<>();

    MemoryNodes(Cache cache, long seed) {
        this.cache = cache;
        this.chance = new Random(seed);
    }

    /** The rows written since this was last asked. */
    List<Row> takeWritten() {
        List<Row> taken = List.copyOf(written);
        written.clear();
        return taken;
    }

    /** The node of a link. */
    Node row(long link) {
        Node node = rows.get(link);
        if (node == null) {
            throw new DamageException(link, "expected a row for link " + link + ", got none");
        }
        return node;
    }

    /** Statements since {@link #forgetCounts}. */
    int statements() {
        return statements;
    }

    /** Nodes that statements brought since {@link #forgetCounts}. */
    int fetched() {
        return fetched;
    }

    /** What memory was told of since {@link #forgetCounts}. */
    List<Told> told() {
        return told;
    }

    void forgetCounts() {
        told.clear();
        statements = 0;
        fetched = 0;
    }

    @Override
    public Node cached(long link) {
        return switch (cache) {
            case NOTHING -> null;
            case EVERYTHING -> row(link);
            case BY_CHANCE -> chance.nextBoolean() ? null : chance.nextBoolean() ? row(link) : bare(row(link));
        };
    }

    @Override
    public void expect(long top, byte[][] keys, int count) {
        told.add(new Told(top, List.of(keys).subList(0, count)));
    }

    @Override
    public List<Node> nodes(long[] links) {
        int missing = 0;
        for (long link : links) {
            missing += cached(link) == null ? 1 : 0;
        }
        statements += missing > 0 ? 1 : 0;
        fetched += missing;
        return Arrays.stream(links).mapToObj(this::row).toList();
    }

    @Override
    public Leaf leaf(long link, byte[] key) {
        statements++;
        fetched++;
        Node at = row(link);
        while (at instanceof Vertex vertex) {
            at = row(Arrays.compareUnsigned(key, vertex.prefix()) < 0 ? vertex.left() : vertex.right());
            fetched++;
        }
        return (Leaf) at;
    }

    @Override
    public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
        statements++;
        Deque<Start> open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            Start at = open.pop();
            Node node = row(at.link());
            fetched++;
            Selection.Entries entries = selection.tree(at.tree());
            boolean touched = false;
            boolean held = false;
            for (int i = 0; i < entries.size(); i++) {
                touched |= before(entries.from(i), at.upper()) && before(at.lower(), entries.to(i));
                if (node instanceof Leaf leaf && holds(entries, i, leaf.key())) {
                    held = true;
                    if (leaf.isTree() && entries.below(i) >= 0) {
                        open.push(new Start(leaf.tree(), entries.below(i), new byte[0], null));
                    }
                }
            }
            if (touched && node instanceof Vertex vertex) {
                open.push(new Start(vertex.left(), at.tree(), at.lower(), vertex.prefix()));
                open.push(new Start(vertex.right(), at.tree(), vertex.prefix(), at.upper()));
            }
            if ((held && withValues) || into.get(at.link()) == null) {
                into.put(held && withValues ? node : bare(node));
            }
        }
    }

    private static boolean holds(Selection.Entries entries, int index, byte[] key) {
        return !before(key, entries.from(index)) && before(key, entries.to(index));
    }

    /** Whether a key sorts before a bound; null is after every key. */
    private static boolean before(byte[] key, byte[] bound) {
        return bound == null || Arrays.compareUnsigned(key, bound) < 0;
    }

    private static Node bare(Node node) {
        return node instanceof Leaf leaf && !leaf.isTree()
                ? new Leaf(
                        leaf.oid(), leaf.key(), leaf.userKey(), null, 0, leaf.leafCount(), leaf.hash(), leaf.revision())
                : node;
    }

    @Override
    public void vertex(Vertex vertex) {
        rows.put(vertex.link(), vertex);
        written.add(new Row(vertex.oid(), vertex, -1, null, 0));
    }

    @Override
    public void leaf(Leaf leaf, long treeId, long previousOid) {
        rows.put(leaf.link(), leaf);
        written.add(new Row(leaf.oid(), leaf, treeId, leaf.key(), previousOid));
    }

    @Override
    public void deletion(long oid, long treeId, byte[] key, byte[] userKey, long previousOid) {
        written.add(new Row(oid, null, treeId, key, previousOid));
    }

    @Override
    public long treeId(long parentId, byte[] key, byte[] userKey) {
        return treeIds.computeIfAbsent(
                parentId + "/" + HexFormat.of().formatHex(key), absent -> (long) treeIds.size() + 1);
    }
}
