package org.dacite.store;

import org.dacite.hashing.Digest;
import org.dacite.tree.Vertex;

/**
 * What the {@code check} constraints of the tables say of a row that is appended in bulk. SQLite took a seventh of the time of a
 * vertex's row and two fifths of a leaf's to look at them, so they are looked at here instead.
 */
final class RowChecks {
    private static final int MAX_DEPTH = 8199;
    private static final int MAX_KEY_BYTES = 1025;

    private static final String WHAT_TO_DO = "if it was read from another store, run dacite fsck there, else report it";

    private RowChecks() {}

    static void check(Vertex vertex) {
        long oid = vertex.oid();
        int depth = vertex.depth();
        boolean fits = oid >= 1
                && depth >= 0
                && depth <= MAX_DEPTH
                && vertex.prefix().length == depth / 8 + 1
                && isLink(vertex.left(), oid)
                && isLink(vertex.right(), oid)
                && vertex.leafCount() >= 2
                && vertex.hash().length == Digest.BYTES;
        if (!fits) {
            throw new StoreException("expected a vertex that its table takes, got one with OID " + oid + ", depth "
                    + depth
                    + ", a prefix of " + vertex.prefix().length + " bytes, links " + vertex.left() + " and "
                    + vertex.right() + ", " + vertex.leafCount() + " leaves and a hash of " + vertex.hash().length
                    + " bytes; " + WHAT_TO_DO);
        }
    }

    static void check(RowAppender.LeafRow row) {
        long oid = row.oid();
        int kind = row.kind();
        boolean isTree = kind == RowAppender.LeafRow.TREE;
        boolean isDeleted = kind == RowAppender.LeafRow.DELETED;
        boolean fits = oid >= 1
                && row.treeId() >= 0
                && row.key().length >= 1
                && row.key().length <= MAX_KEY_BYTES
                && (kind == RowAppender.LeafRow.VALUE || isTree || isDeleted)
                && (row.treeOid() == 0 || isLink(row.treeOid(), oid))
                && row.treeLeafCount() >= 0
                && (row.hash() == null || row.hash().length == Digest.BYTES)
                && row.previousOid() >= 0
                && row.previousOid() < oid
                && row.revisionId() >= 1
                && isDeleted == (row.value() == null)
                && isDeleted == (row.hash() == null)
                && isTree == (row.treeOid() != 0)
                && isTree == (row.treeLeafCount() != 0)
                && (!isTree || row.value().length == Digest.BYTES)
                && (!isDeleted || row.previousOid() != 0);
        if (!fits) {
            throw new StoreException("expected a leaf that its table takes, got one with OID " + oid + ", kind " + kind
                    + ", a key of " + row.key().length + " bytes, " + length("value", row.value()) + ", "
                    + length("hash", row.hash()) + ", link " + row.treeOid() + " to a tree of " + row.treeLeafCount()
                    + " leaves, in place of " + row.previousOid() + " in tree " + row.treeId() + " by revision "
                    + row.revisionId() + "; " + WHAT_TO_DO);
        }
    }

    static void checkLogNode(long log, long position, byte[] digest) {
        if (position < 0 || digest.length != Digest.BYTES) {
            throw new StoreException("expected a node that the table log_node takes, got one of " + digest.length
                    + " bytes at " + position + " of log " + log + "; " + WHAT_TO_DO);
        }
    }

    static void checkLogEntry(long log, long number) {
        if (number < 0) {
            throw new StoreException("expected an entry that the table log_entry takes, got number " + number
                    + " of log " + log + "; " + WHAT_TO_DO);
        }
    }

    private static String length(String column, byte[] bytes) {
        return bytes == null ? "no " + column : "a " + column + " of " + bytes.length + " bytes";
    }

    private static boolean isLink(long link, long oid) {
        return link != 0 && -oid < link && link < oid;
    }
}
