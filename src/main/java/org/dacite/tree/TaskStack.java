package org.dacite.tree;

import java.util.Arrays;

/**
 * What a merge has still to do, the next on top: a stack of arrays, since a commit pushes a few tasks for every vertex that
 * it touches. {@link #pop} makes the task that it takes off the current one. For one thread.
 */
final class TaskStack {
    /** Merge a node with the changes that are next. */
    static final byte VISIT = 0;

    /** All below a vertex has been visited. */
    static final byte CLOSE = 1;

    private byte[] kinds = new byte[64];
    private Node[] nodes = new Node[64];
    private int size;

    void push(byte kind, Node node) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        kinds[size] = kind;
        nodes[size] = node;
        size++;
    }

    /** Takes the top task off; false when there is none. */
    boolean pop() {
        if (size == 0) {
            return false;
        }
        size--;
        return true;
    }

    byte kind() {
        return kinds[size];
    }

    Node node() {
        return nodes[size];
    }
}
