package org.dacite.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dacite.reference.ReferenceMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which nodes a comparison asks for: none below a place where both trees have the same row, or the same hash. */
class ComparisonEntersTest {
    private static final byte[] START = new byte[0];

    /** A source that remembers the links it was asked for. */
    private record Listening(MemoryNodes nodes, List<Long> asked) implements NodeSource {
        @Override
        public Node cached(long link) {
            throw new AssertionError("a walk asks for many nodes at a time");
        }

        @Override
        public List<Node> nodes(long[] links) {
            for (long link : links) {
                asked.add(link);
            }
            return nodes.nodes(links);
        }

        @Override
        public Leaf leaf(long link, byte[] key) {
            throw new AssertionError("a walk follows no key");
        }

        @Override
        public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
            throw new AssertionError("a walk has no selection");
        }
    }

    /** The links that a comparison asks for, in its order. */
    private static List<Long> asked(TestTree tree, long before, long after) {
        List<Long> asked = new ArrayList<>();
        Comparison walk = Comparison.of(new Listening(tree.nodes(), asked), before, after, START, null);
        while (walk.hasNext()) {
            walk.next();
        }
        return asked;
    }

    /** Adds the places below a node, each with its hash: {@code key/key/bits hash}. */
    private static void places(MemoryNodes nodes, long link, String trees, Set<String> into) {
        Node node = nodes.row(link);
        into.add(place(trees, node));
        if (node instanceof Vertex vertex) {
            places(nodes, vertex.left(), trees, into);
            places(nodes, vertex.right(), trees, into);
        } else if (node instanceof Leaf leaf && leaf.isTree()) {
            places(nodes, leaf.tree(), below(trees, leaf), into);
        }
    }

    /** Adds what a walk may ask for in one tree: everything but what is below a place that the other tree has too. */
    private static void allowed(MemoryNodes nodes, long link, String trees, Set<String> other, Set<Long> into) {
        Node node = nodes.row(link);
        into.add(link);
        if (other.contains(place(trees, node))) {
            return;
        }
        if (node instanceof Vertex vertex) {
            allowed(nodes, vertex.left(), trees, other, into);
            allowed(nodes, vertex.right(), trees, other, into);
        } else if (node instanceof Leaf leaf && leaf.isTree()) {
            allowed(nodes, leaf.tree(), below(trees, leaf), other, into);
        }
    }

    private static String below(String trees, Leaf leaf) {
        return trees + HexFormat.of().formatHex(leaf.key()) + "/";
    }

    private static String place(String trees, Node node) {
        HexFormat hex = HexFormat.of();
        return trees + hex.formatHex(node.bits()) + "." + node.endBit() + " " + hex.formatHex(node.hash());
    }

    @ParameterizedTest
    @ValueSource(longs = {301, 302, 303})
    void nothingBelowWhatBothHaveAndNothingTwice(long seed) {
        Random random = new Random(seed);
        List<byte[]> universe = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            universe.add(new byte[] {(byte) random.nextInt(8), (byte) random.nextInt(256)});
        }
        for (int round = 0; round < 60; round++) {
            TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, seed);
            ReferenceMap before = new ReferenceMap();
            Changes first = new Changes();
            Batches.random(random, universe, 40, 2, first, before);
            tree.apply(first);
            long top = tree.top();
            ReferenceMap after = before.copy();
            Batches.random(random, universe, 4, 2, new Changes(), after);
            boolean apart = random.nextBoolean();
            if (apart) {
                tree.back(TestTree.empty().ref());
            }
            tree.apply(Batches.between(apart ? new ReferenceMap() : before, after));
            if (top == 0 || tree.top() == 0) {
                continue;
            }
            Set<String> ofBefore = new HashSet<>();
            Set<String> ofAfter = new HashSet<>();
            places(tree.nodes(), top, "", ofBefore);
            places(tree.nodes(), tree.top(), "", ofAfter);
            Set<Long> allowed = new HashSet<>();
            allowed(tree.nodes(), top, "", ofAfter, allowed);
            allowed(tree.nodes(), tree.top(), "", ofBefore, allowed);
            List<Long> asked = asked(tree, top, tree.top());
            String where = "seed " + seed + ", round " + round;
            assertTrue(allowed.containsAll(asked), where);
            assertEquals(asked.size(), new HashSet<>(asked).size(), where + ": each node once");
        }
    }

    /** The same content by other ways: after a put and its undoing no row above it is the one that it was. */
    @ParameterizedTest
    @ValueSource(longs = {311, 312})
    void contentThatCameAboutOtherwiseIsTheSame(long seed) {
        Random random = new Random(seed);
        List<byte[]> keys = new ArrayList<>();
        Changes all = new Changes();
        TestTree tree = TestTree.over(MemoryNodes.Cache.NOTHING, seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] key = new byte[16];
            random.nextBytes(key);
            keys.add(key);
            all.put(key, null, new byte[] {1});
        }
        tree.apply(all);
        TreeRef before = tree.ref();
        for (int half = 0; half < 2; half++) {
            Changes gone = new Changes();
            Changes back = new Changes();
            for (int i = half; i < keys.size(); i += 2) {
                gone.delete(keys.get(i), null);
                back.put(keys.get(i), null, new byte[] {1});
            }
            tree.apply(gone).apply(back);
        }
        assertEquals(HexFormat.of().formatHex(before.root()), tree.root());
        assertEquals(List.of(before.top(), tree.top()), asked(tree, before.top(), tree.top()), "seed " + seed);
        Changes one = new Changes();
        one.put(keys.get(7), null, new byte[] {2});
        tree.apply(one);
        int asked = asked(tree, before.top(), tree.top()).size();
        assertTrue(asked < 100, "a path of both trees with its siblings: seed " + seed + ", got " + asked);
    }
}
