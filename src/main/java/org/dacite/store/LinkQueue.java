package org.dacite.store;

/** Links, first in, first out, without an object for each. For one thread. */
final class LinkQueue {
    private static final int FIRST_LINKS = 1 << 6;

    private long[] links = new long[FIRST_LINKS];
    private int first;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(long link) {
        if (size == links.length) {
            long[] larger = new long[size * 2];
            System.arraycopy(links, first, larger, 0, size - first);
            System.arraycopy(links, 0, larger, size - first, first);
            links = larger;
            first = 0;
        }
        links[(first + size++) & (links.length - 1)] = link;
    }

    /** Takes the oldest; there must be one. */
    long remove() {
        long link = links[first];
        first = (first + 1) & (links.length - 1);
        size--;
        return link;
    }

    void clear() {
        links = new long[FIRST_LINKS];
        first = 0;
        size = 0;
    }
}
