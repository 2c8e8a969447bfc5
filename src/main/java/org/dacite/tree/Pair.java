package org.dacite.tree;

import java.util.ArrayList;
import java.util.List;

/** Two subtrees that a comparison holds against each other; one of them may be empty. */
final class Pair {
    final List<Leaf> trees;
    final long before;
    final long after;
    Node first;
    Node second;
    boolean ready;
    boolean shared;

    Pair(List<Leaf> trees, long before, long after) {
        this.trees = trees;
        this.before = before;
        this.after = after;
    }

    /** The same place with these two nodes. */
    Pair with(Node newFirst, Node newSecond) {
        Pair pair = new Pair(trees, newFirst == null ? 0 : newFirst.link(), newSecond == null ? 0 : newSecond.link());
        pair.first = newFirst;
        pair.second = newSecond;
        return pair;
    }

    /** A child of one side against a node of the other, or nothing. */
    Pair child(long link, Node other, boolean childFirst) {
        long otherLink = other == null ? 0 : other.link();
        Pair pair = new Pair(trees, childFirst ? link : otherLink, childFirst ? otherLink : link);
        if (childFirst) {
            pair.second = other;
        } else {
            pair.first = other;
        }
        return pair;
    }

    /** The links that lead below a link. */
    List<Leaf> below(Leaf link) {
        List<Leaf> path = new ArrayList<>(trees);
        path.add(link);
        return List.copyOf(path);
    }

    /** Whether it is a difference to hand out. */
    boolean emits() {
        return ready;
    }

    /** Puts the links whose nodes are not known yet into an array from a place on; answers the place behind them. */
    int unresolved(long[] links, int at) {
        int end = at;
        if (first == null && before != 0) {
            links[end++] = before;
        }
        if (second == null && after != 0) {
            links[end++] = after;
        }
        return end;
    }

    void resolve(NodeMap nodes) {
        if (first == null && before != 0) {
            first = nodes.get(before);
        }
        if (second == null && after != 0) {
            second = nodes.get(after);
        }
    }
}
