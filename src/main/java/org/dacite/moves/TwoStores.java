package org.dacite.moves;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeMap;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;
import org.dacite.tree.Vertex;

/**
 * The nodes of two stores as of one, for a walk over both: those of the second have OIDs that no store comes to, so nodes of the
 * two are the same by their hashes alone. As thread-safe as the two.
 */
final class TwoStores implements NodeSource {
    /** Added to the OIDs of the second. */
    private static final long SECOND = 1L << 61;

    private final NodeSource first;
    private final NodeSource second;

    TwoStores(NodeSource first, NodeSource second) {
        this.first = first;
        this.second = second;
    }

    /** What a link of the second store is here. */
    static long ofSecond(long link) {
        return link == 0 ? 0 : link > 0 ? link + SECOND : link - SECOND;
    }

    private static boolean isSecond(long link) {
        return Math.abs(link) > SECOND;
    }

    private static long own(long link) {
        return link > 0 ? link - SECOND : link + SECOND;
    }

    private static Node ofSecond(Node node) {
        if (node instanceof Vertex vertex) {
            return new Vertex(
                    ofSecond(vertex.oid()),
                    vertex.prefix(),
                    vertex.depth(),
                    ofSecond(vertex.left()),
                    ofSecond(vertex.right()),
                    vertex.leafCount(),
                    vertex.hash());
        }
        Leaf leaf = (Leaf) node;
        return new Leaf(
                ofSecond(leaf.oid()),
                leaf.key(),
                leaf.userKey(),
                leaf.value(),
                ofSecond(leaf.tree()),
                leaf.leafCount(),
                leaf.hash(),
                leaf.revision());
    }

    @Override
    public Node cached(long link) {
        Node node = isSecond(link) ? second.cached(own(link)) : first.cached(link);
        return node != null && isSecond(link) ? ofSecond(node) : node;
    }

    @Override
    public List<Node> nodes(long[] links) {
        List<Node> ofFirst = some(first, LongStream.of(links).filter(link -> !isSecond(link)));
        List<Node> theirs =
                some(second, LongStream.of(links).filter(TwoStores::isSecond).map(TwoStores::own));
        List<Node> nodes = new ArrayList<>(links.length);
        int a = 0;
        int b = 0;
        for (long link : links) {
            nodes.add(isSecond(link) ? ofSecond(theirs.get(b++)) : ofFirst.get(a++));
        }
        return nodes;
    }

    private static List<Node> some(NodeSource source, LongStream links) {
        long[] wanted = links.toArray();
        return wanted.length == 0 ? List.of() : source.nodes(wanted);
    }

    @Override
    public Leaf leaf(long link, byte[] key) {
        return isSecond(link) ? (Leaf) ofSecond(second.leaf(own(link), key)) : first.leaf(link, key);
    }

    /** A fetch is of one tree: ask the store that has it. */
    @Override
    public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
        throw new UnsupportedOperationException("expected a walk by links over two stores, got a fetch from one");
    }
}
