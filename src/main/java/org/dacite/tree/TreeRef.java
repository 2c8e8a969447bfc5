package org.dacite.tree;

/**
 * A whole tree by its top node.
 *
 * @param top link to the top node, 0 for the empty tree
 * @param root its root, 32 bytes
 * @param leafCount its leaves that hold a value, those of linked trees included
 */
public record TreeRef(long top, byte[] root, long leafCount) {}
