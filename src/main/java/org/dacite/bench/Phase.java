package org.dacite.bench;

import java.util.Locale;

/** A part of a bench whose pace is so much a second. */
public enum Phase {
    /** Records loaded in large batches, each one commit. */
    LOAD,
    /** Changes in commits of a thousand or so, half updates, half new keys. */
    COMMITS,
    /** Random keys read at the head. */
    GET,
    /** The same with a node cache of a tenth of the nodes at the head. */
    GET_SMALL_CACHE,
    /** Random keys read at the revision a hundred commits back; on a plain table, which has none, the same reads. */
    GET_OLD,
    /** Proofs of one key made at the head. */
    PROVE,
    /** Those proofs parsed, verified against the root and asked for their key. */
    VERIFY,
    /** All records read in key order. */
    SCAN;

    /** Whether it is compared with its {@link Floor} too. */
    boolean hasFloor() {
        return this == LOAD || this == COMMITS;
    }

    /** Its name in reports: {@code get_old}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
