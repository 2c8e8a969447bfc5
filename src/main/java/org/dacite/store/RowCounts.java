package org.dacite.store;

/**
 * How many rows a store has.
 *
 * @param revisions how many versions of the map
 * @param vertices rows of {@code vertex}
 * @param leaves rows of {@code leaf} that hold a value or a tree
 * @param deletions rows of {@code leaf} that say that a key was deleted
 * @param trees paths at which a named tree was ever written
 */
public record RowCounts(long revisions, long vertices, long leaves, long deletions, long trees) {}
