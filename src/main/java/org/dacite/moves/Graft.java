package org.dacite.moves;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.CanonicalHash;
import org.dacite.tree.Changes;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Vertex;

/**
 * What a snapshot changes in a tree that a store holds. The places of the snapshot and the nodes of the tree are walked
 * together in key order: a part that is left out must be found at its place with its hash, a leaf that differs is put, and
 * what the tree has between two places is deleted. Memory in proportion to the depth. For one thread.
 */
final class Graft {
    private final NodeSource nodes;
    private final CanonicalHash rule;
    private final Deque<Level> levels = new ArrayDeque<>();

    private Graft(NodeSource nodes, CanonicalHash rule) {
        this.nodes = nodes;
        this.rule = rule;
    }

    /** Adds the changes that lead from the tree with this top to that of these places, which are taken off their spool. */
    static void add(Changes changes, NodeSource nodes, long top, Spool places, CanonicalHash rule) {
        Graft graft = new Graft(nodes, rule);
        graft.enter(changes, top);
        for (byte[] place = places.takeLast(); place != null; place = places.takeLast()) {
            graft.add(Place.of(place));
        }
        graft.leave();
    }

    private void enter(Changes changes, long top) {
        levels.push(new Level(changes, new ArrayDeque<>()));
        if (top != 0) {
            levels.peek().rest.push(nodes.nodes(new long[] {top}).get(0));
        }
    }

    /** Nothing that the tree has behind the last place stays. */
    private void leave() {
        Level level = levels.pop();
        level.rest.forEach(node -> delete(level.changes, node));
    }

    private void add(Place place) {
        switch (place.kind()) {
            case LEAF -> put(place);
            case HIDDEN -> keep(place);
            case ENTER -> open(place);
            case LEAVE -> leave();
        }
    }

    private void put(Place place) {
        byte[] key = place.bits().toKey();
        Leaf old = (Leaf) take(place, true);
        Changes changes = levels.peek().changes;
        if (old != null && old.isTree()) {
            changes.delete(key, old.userKey());
        }
        if (old == null || old.isTree() || !Arrays.equals(old.hash(), rule.leaf(place.payload()))) {
            changes.put(key, old == null ? null : old.userKey(), place.payload());
        }
    }

    private void open(Place place) {
        byte[] key = place.bits().toKey();
        Leaf old = (Leaf) take(place, true);
        Changes changes = levels.peek().changes;
        byte[] userKey = old == null ? null : old.userKey();
        if (old != null && !old.isTree()) {
            changes.delete(key, userKey);
        }
        enter(changes.tree(key, userKey), old == null ? 0 : old.tree());
    }

    private void keep(Place place) {
        Node node = take(place, false);
        if (node == null || !Arrays.equals(node.hash(), place.payload())) {
            throw new IllegalArgumentException("expected a store that holds what the snapshot leaves out, got one "
                    + (node == null ? "without the part" : "with another part") + " at the bits "
                    + shortened(place.bits().toString())
                    + "; import into a branch whose head is the state that it was made --since");
        }
    }

    /**
     * Deletes what the tree has before a place, and takes the node whose bits are exactly those, a leaf where a leaf is
     * asked for; null where there is none.
     */
    private Node take(Place place, boolean leafOnly) {
        byte[] padded = place.bits().padded();
        int bits = place.bits().length();
        Deque<Node> rest = levels.peek().rest;
        while (!rest.isEmpty()) {
            Node node = rest.peek();
            int common = PaddedBits.commonPrefixLength(node.bits(), node.endBit(), padded, bits);
            boolean above = common == node.endBit();
            if (above && common == bits && (!leafOnly || node instanceof Leaf)) {
                return rest.pop();
            }
            boolean behind = common == bits || (!above && PaddedBits.bit(node.bits(), common) == 1);
            if (behind) {
                return null;
            }
            rest.pop();
            if (above && node instanceof Vertex vertex) {
                List<Node> children = nodes.nodes(new long[] {vertex.left(), vertex.right()});
                rest.push(children.get(1));
                rest.push(children.get(0));
            } else {
                delete(levels.peek().changes, node);
            }
        }
        return null;
    }

    private void delete(Changes changes, Node top) {
        Comparison all = Comparison.entries(nodes, top.link(), new byte[0]);
        while (all.hasNext()) {
            Leaf leaf = all.next().leaf();
            changes.delete(leaf.key(), leaf.userKey());
        }
    }

    private static String shortened(String bits) {
        return bits.length() <= 40 ? "'" + bits + "'" : "'" + bits.substring(0, 40) + "…'";
    }

    /**
     * A tree on the way from the outermost to the one that the next place is in.
     *
     * @param changes what changes in it
     * @param rest nodes that cover what was not passed of it, the next one on top
     */
    private record Level(Changes changes, Deque<Node> rest) {}
}
