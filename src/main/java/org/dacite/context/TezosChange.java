package org.dacite.context;

/**
 * A change of one entry of a directory.
 *
 * @param name its name
 * @param existed whether there was such an entry before
 * @param after the entry as it is now, null when it is gone
 */
record TezosChange(byte[] name, boolean existed, TezosEntry after) {
    /** By how many the entries have become more: 1, 0 or -1. */
    int growth() {
        return (after == null ? 0 : 1) - (existed ? 1 : 0);
    }
}
