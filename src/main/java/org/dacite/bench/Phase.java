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
    /** Random keys read at the revision that the load ended with; on a plain table, which has none, the same reads. */
    GET_OLD,
    /** Proofs of one key made at the head. */
    PROVE,
    /** Those proofs parsed, verified against the root and asked for their key. */
    VERIFY,
    /** All records read in key order. */
    SCAN;

    /** Its name in reports: {@code get_old}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
