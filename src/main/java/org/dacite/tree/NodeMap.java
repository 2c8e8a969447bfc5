package org.dacite.tree;

/** Nodes by link: a hash table of two arrays that only grows. For one thread. */
public final class NodeMap {
    private long[] links = new long[64];
    private Node[] nodes = new Node[64];
    private int size;

    /** The node of that link, null when it is not in the map. */
    public Node get(long link) {
        for (int i = slot(link); ; i = (i + 1) & (links.length - 1)) {
            if (nodes[i] == null || links[i] == link) {
                return nodes[i];
            }
        }
    }

    /** Adds a node, or replaces the one of the same link. */
    public void put(Node node) {
        if (size * 2 >= links.length) {
            grow();
        }
        insert(node);
    }

    /** How many nodes it holds. */
    public int size() {
        return size;
    }

    private void insert(Node node) {
        long link = node.link();
        int i = slot(link);
        while (nodes[i] != null && links[i] != link) {
            i = (i + 1) & (links.length - 1);
        }
        if (nodes[i] == null) {
            size++;
        }
        links[i] = link;
        nodes[i] = node;
    }

    private void grow() {
        Node[] old = nodes;
        links = new long[links.length * 2];
        nodes = new Node[old.length * 2];
        size = 0;
        for (Node node : old) {
            if (node != null) {
                insert(node);
            }
        }
    }

    private int slot(long link) {
        long mixed = link * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (links.length - 1);
    }
}
