package org.dacite.store;

/**
 * A row of {@code context_directory}: the Tezos hash of a tree. The array is kept, not copied, and never changes.
 *
 * @param top link to the top node of the tree
 * @param entryCount how many keys the tree has, those of trees linked in it not counted
 * @param inode its first inode, 0 where it has none since it is hashed in one piece
 * @param hash the hash, 32 bytes
 */
public record DirectoryHash(long top, long entryCount, long inode, byte[] hash) {}
