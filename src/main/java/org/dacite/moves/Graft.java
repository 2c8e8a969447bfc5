package org.dacite.moves;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.dacite.bits.PaddedBits;
import org.dacite.hashing.CanonicalHash;
import org.dacite.history.PreviewNodes;
import org.dacite.tree.Changes;
import org.dacite.tree.Comparison;
import org.dacite.tree.Growth;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;
import org.dacite.tree.Node;
import org.dacite.tree.NodeSource;
import org.dacite.tree.TreeRef;
import org.dacite.tree.Vertex;

/**
 * What a snapshot changes in a tree that a store holds: the parts that it leaves out are found there, at their places and
 * with their hashes, and all else is compared. Memory is in proportion to what the snapshot shows. For one thread.
 */
final class Graft {
    private final NodeSource nodes;
    private final PreviewNodes tree;
    private final Growth growth;
    private final Deque<Long> tops = new ArrayDeque<>();

    private Graft(NodeSource nodes, CanonicalHash rule, long base) {
        this.nodes = nodes;
        this.tree = new PreviewNodes(nodes);
        this.growth = new Growth(tree, rule, PreviewNodes.FIRST_OID, 0);
        tops.push(base);
    }

    /** The changes that lead from a tree to that of these places, which are taken off their spool. */
    static Changes changes(NodeSource nodes, TreeRef base, Spool places, CanonicalHash rule) {
        Graft graft = new Graft(nodes, rule, base.top());
        for (byte[] place = places.takeLast(); place != null; place = places.takeLast()) {
            graft.add(Place.of(place));
        }
        return graft.against(base.top());
    }

    private void add(Place place) {
        byte[] padded = place.bits().padded();
        switch (place.kind()) {
            case LEAF -> growth.leaf(place.bits().toKey(), null, place.payload());
            case HIDDEN -> growth.keep(found(place, padded));
            case ENTER -> {
                byte[] key = place.bits().toKey();
                Leaf link = Lookup.find(nodes, tops.peek(), key);
                tops.push(link == null ? 0 : link.tree());
                growth.open(key, null);
            }
            case LEAVE -> {
                tops.pop();
                growth.close();
            }
        }
    }

    private Node found(Place place, byte[] padded) {
        Node node = at(tops.peek(), padded, place.bits().length());
        if (node == null || !Arrays.equals(node.hash(), place.payload())) {
            throw new IllegalArgumentException("expected a store that holds what the snapshot leaves out, got one "
                    + (node == null ? "without the part" : "with another part") + " at the bits "
                    + shortened(place.bits().toString())
                    + "; import into a branch whose head is the state that it was made --since");
        }
        return node;
    }

    /** The node of the tree with this top whose bits are exactly these; null where there is none. */
    private Node at(long top, byte[] padded, int bits) {
        long link = top;
        while (link != 0) {
            Node node = nodes.nodes(new long[] {link}).get(0);
            int common = PaddedBits.commonPrefixLength(node.bits(), node.endBit(), padded, bits);
            if (node.endBit() >= bits || common < node.endBit()) {
                return node.endBit() == bits && common == bits ? node : null;
            }
            if (!(node instanceof Vertex vertex)) {
                return null;
            }
            link = PaddedBits.bit(padded, vertex.depth()) == 0 ? vertex.left() : vertex.right();
        }
        return null;
    }

    private static String shortened(String bits) {
        return bits.length() <= 40 ? "'" + bits + "'" : "'" + bits.substring(0, 40) + "…'";
    }

    private Changes against(long base) {
        Comparison walk = Comparison.of(tree, base, growth.finish().tree().top(), new byte[0], null);
        return Edits.of(walk, leaf -> new Edits.Key(leaf.key(), leaf.userKey()));
    }
}
