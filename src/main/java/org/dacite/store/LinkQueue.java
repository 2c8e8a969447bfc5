package org.dacite.store;

/** Links, first in, first out, without an object for each. For one thread. */
final class LinkQueue {
    private long[] links = new long[1 << 10];
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
        links = new long[1 << 10];
        first = 0;
        size = 0;
    }
}
