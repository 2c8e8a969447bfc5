package org.dacite.tree;

/** A vertex or a leaf of a tree. */
public sealed interface Node permits Vertex, Leaf {
    /** What links to it: its OID if it is a vertex, minus its OID if it is a leaf. */
    long link();

    /** Its bits from the top of its tree: a padded prefix, or a whole key. */
    byte[] bits();

    /** How many of those bits are its own. */
    int endBit();

    /** Its hash, 32 bytes. */
    byte[] hash();

    /** Leaves at or below it that hold a value, those of linked trees included. */
    long leafCount();

    /** About how much memory it takes in a cache, its share of what the cache takes for itself included. */
    int sizeBytes();
}
