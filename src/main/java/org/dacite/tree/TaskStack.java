package org.dacite.tree;

import java.util.Arrays;

/**
 * What a merge has still to do, the next on top: a stack of arrays, since a commit pushes a few tasks for every vertex that
 * it touches. {@link #pop} makes the task that it takes off the current one. For one thread.
 */
final class TaskStack {
    /** Merge a node with the changes [low, high). */
    static final byte VISIT = 0;

    /** Apply the changes [low, high), whose keys no node holds. */
    static final byte NEW = 1;

    /** Apply the change {@code low} to a leaf. */
    static final byte CHANGE = 2;

    /** All below a vertex has been visited. */
    static final byte CLOSE = 3;

    private byte[] kinds = new byte[64];
    private Node[] nodes = new Node[64];
    private int[] lows = new int[64];
    private int[] highs = new int[64];
    private int size;

    void push(byte kind, Node node, int low, int high) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            nodes = Arrays.copyOf(nodes, size * 2);
            lows = Arrays.copyOf(lows, size * 2);
            highs = Arrays.copyOf(highs, size * 2);
        }
        kinds[size] = kind;
        nodes[size] = node;
        lows[size] = low;
        highs[size] = high;
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

    int low() {
        return lows[size];
    }

    int high() {
        return highs[size];
    }
}
