package org.dacite.tree;

/** Gives out object identifiers, one after the other. For one thread. */
final class OidCounter {
    private long next;

    OidCounter(long first) {
        this.next = first;
    }

    long next() {
        return next++;
    }

    /** The one that comes next. */
    long peek() {
        return next;
    }
}
