package org.dacite.log;

/**
 * The way from a node up to the root that the verifiers of RFC 9162 go, one digest of a proof at a time. The RFC calls
 * the two numbers fn and sn. For one thread.
 */
final class Climb {
    private long node;
    private long last;

    /** From the node of that index on its level, of which the last one has the index {@code last}. */
    Climb(long node, long last) {
        this.node = node;
        this.last = last;
    }

    /** Whether the root is reached, above which there is nothing to pass. */
    boolean isAtTop() {
        return last == 0;
    }

    /** Goes up while the node is the right child of its parent. */
    void skipRightTurns() {
        while ((node & 1) == 1) {
            up();
        }
    }

    /**
     * Goes up past the next digest, and says whether that one stands to the left. A last node without a sibling first
     * rises to the level where it has one.
     */
    boolean passesOnTheLeft() {
        boolean left = (node & 1) == 1 || node == last;
        while (left && (node & 1) == 0 && node != 0) {
            up();
        }
        up();
        return left;
    }

    private void up() {
        node >>>= 1;
        last >>>= 1;
    }
}
