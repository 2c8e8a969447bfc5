package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.dacite.tree.DamageException;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeMap;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;

/** Nodes out of rows, through the cache. As thread-safe as the connections that it is lent. */
final class RowSource implements NodeSource {
    private static final int LINKS_A_STATEMENT = 2_000;

    private final Dialect dialect;
    private final NodeCache cache;
    private final Lender connections;
    private final Counters counters;

    /** Lends a connection for the length of one statement. */
    interface Lender {
        <T> T lend(Work<T> work);
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    RowSource(Dialect dialect, NodeCache cache, Lender connections, Counters counters) {
        this.dialect = dialect;
        this.cache = cache;
        this.connections = connections;
        this.counters = counters;
    }

    @Override
    public Node cached(long link) {
        return cache.get(link);
    }

    @Override
    public void expect(long top, byte[][] keys, int count) {
        cache.expect(top, keys, count);
    }

    @Override
    public List<Node> nodes(long[] links) {
        Node[] found = new Node[links.length];
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < links.length; i++) {
            Node node = cache.get(links[i]);
            if (node == null || (node instanceof Leaf leaf && leaf.value() == null)) {
                missing.add(i);
            } else {
                found[i] = node;
            }
        }
        if (!missing.isEmpty()) {
            long[] wanted = missing.stream().mapToLong(i -> links[i]).toArray();
            NodeMap rows = connections.lend(connection -> read(connection, wanted));
            for (int i : missing) {
                found[i] = rows.get(links[i]);
                if (found[i] == null) {
                    throw NodeRows.missing(links[i]);
                }
            }
        }
        return List.of(found);
    }

    private NodeMap read(Connection connection, long[] links) throws SQLException {
        NodeMap found = new NodeMap();
        for (Node node : rows(connection, links, "l.value", "")) {
            checkValue(node);
            cache.put(node);
            found.put(node);
        }
        return found;
    }

    /** The nodes of links that are there, in no certain order. */
    private List<Node> rows(Connection connection, long[] links, String value, String condition) throws SQLException {
        long[] vertices = LongStream.of(links).filter(link -> link > 0).toArray();
        long[] leaves = LongStream.of(links).filter(link -> link < 0).toArray();
        List<String> parts = new ArrayList<>(2);
        if (vertices.length > 0) {
            parts.add(String.format(NodeRows.VERTICES, dialect.links()));
        }
        if (leaves.length > 0) {
            parts.add(String.format(NodeRows.LEAVES, value, dialect.links()) + condition);
        }
        try (PreparedStatement statement = connection.prepareStatement(String.join(" union all ", parts))) {
            if (vertices.length > 0) {
                dialect.bindLinks(statement, 1, vertices);
            }
            if (leaves.length > 0) {
                dialect.bindLinks(statement, parts.size(), leaves);
            }
            return rows(statement);
        }
    }

    /** Puts behind each link its node, without the value of a leaf; links that have none keep null. */
    void find(Map<Long, Node> links) {
        links.replaceAll((link, node) -> cache.get(link));
        long[] missing = links.keySet().stream()
                .filter(link -> links.get(link) == null)
                .mapToLong(Long::longValue)
                .toArray();
        for (int from = 0; from < missing.length; from += LINKS_A_STATEMENT) {
            long[] some = Arrays.copyOfRange(missing, from, Math.min(missing.length, from + LINKS_A_STATEMENT));
            connections.lend(connection -> {
                rows(connection, some, "null", " and l.kind <> 2").forEach(node -> links.put(node.link(), node));
                return null;
            });
        }
    }

    @Override
    public long child(long link, byte[] key) {
        return cache.child(link, key);
    }

    /** Of vertices on the way memory keeps what leads other keys to their leaves, since no more of them is read. */
    @Override
    public Leaf leaf(long link, byte[] key) {
        Leaf leaf = connections.lend(connection -> dialect.walk(connection, link, key, rows -> walk(link, rows)));
        if (leaf == null) {
            throw NodeRows.missing(link);
        }
        checkValue(leaf);
        cache.put(leaf);
        return leaf;
    }

    private Leaf walk(long from, ResultSet rows) throws SQLException {
        counters.statement();
        int count = 0;
        Leaf leaf = null;
        while (leaf == null && rows.next()) {
            count++;
            long link = from < 0 ? from : rows.getLong(1);
            if (link < 0) {
                leaf = NodeRows.leaf(link, rows, from < 0 ? 0 : NodeRows.COLUMNS_BEFORE_LEAF);
            } else {
                NodeRows.Way way = NodeRows.way(rows);
                cache.signpost(link, way.depth(), way.left(), way.right());
            }
        }
        counters.read(count);
        return leaf;
    }

    @Override
    public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
        connections.lend(connection -> {
            try (PreparedStatement statement = dialect.skeleton(connection, starts, selection, withValues)) {
                for (Node node : rows(statement)) {
                    cache.put(node);
                    into.put(node);
                }
            }
            return null;
        });
    }

    private static void checkValue(Node node) {
        if (node instanceof Leaf leaf && leaf.value() == null) {
            throw new DamageException(node.link(), "expected a value in leaf " + leaf.oid() + ", found none");
        }
    }

    private List<Node> rows(PreparedStatement statement) throws SQLException {
        counters.statement();
        List<Node> nodes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                nodes.add(NodeRows.read(rows));
            }
        }
        counters.read(nodes.size());
        return nodes;
    }
}
