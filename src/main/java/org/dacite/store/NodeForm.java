package org.dacite.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.dacite.hashing.Digest;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.Vertex;

/**
 * A node as bytes, as the cache keeps it: fields of fixed width first, hash and bits behind them. A long value is not among
 * them, but stays the array that it is.
 *
 * <pre>
 *   vertex   0       depth u16   left u64   right u64   leaf count u64                 hash   prefix
 *   leaf     flags   key length u16   user key length u16   value length u16
 *                    revision u64   tree u64   leaf count u64                          hash   key   user key   value
 * </pre>
 *
 * Of a leaf, tree and leaf count are there only where it links a tree. Stateless.
 */
final class NodeForm {
    /** The longest value that stands among the other bytes. */
    static final int MAX_VALUE_BYTES = 512;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private static final int LEAF = 1;
    private static final int USER_KEY = 2;
    private static final int VALUE = 4;
    private static final int LONG_VALUE = 8;
    private static final int TREE = 16;

    private static final int VERTEX_FIXED = 1 + 2 + 3 * Long.BYTES;
    private static final int LEAF_FIXED = 1 + 3 * 2 + Long.BYTES;

    private NodeForm() {}

    /** How many bytes a node takes. */
    static int size(Node node) {
        if (node instanceof Vertex vertex) {
            return VERTEX_FIXED + Digest.BYTES + vertex.prefix().length;
        }
        Leaf leaf = (Leaf) node;
        return LEAF_FIXED
                + (leaf.isTree() ? 2 * Long.BYTES : 0)
                + Digest.BYTES
                + leaf.key().length
                + (leaf.userKey() == null ? 0 : leaf.userKey().length)
                + (leaf.value() == null || aside(leaf) != null ? 0 : leaf.value().length);
    }

    /** The value that stands elsewhere, null where there is none such. */
    static byte[] aside(Node node) {
        return node instanceof Leaf leaf && leaf.value() != null && leaf.value().length > MAX_VALUE_BYTES
                ? leaf.value()
                : null;
    }

    /** Writes a node into an array from a place on, where there is room for it. */
    static void write(Node node, byte[] out, int from) {
        if (node instanceof Vertex vertex) {
            out[from] = 0;
            SHORTS.set(out, from + 1, (short) vertex.depth());
            LONGS.set(out, from + 3, vertex.left());
            LONGS.set(out, from + 11, vertex.right());
            LONGS.set(out, from + 19, vertex.leafCount());
            append(vertex.prefix(), out, append(vertex.hash(), out, from + VERTEX_FIXED));
        } else {
            write((Leaf) node, out, from);
        }
    }

    private static void write(Leaf leaf, byte[] out, int from) {
        byte[] aside = aside(leaf);
        byte[] value = leaf.value() == null || aside != null ? new byte[0] : leaf.value();
        byte[] userKey = leaf.userKey() == null ? new byte[0] : leaf.userKey();
        out[from] = (byte) (LEAF
                | (leaf.userKey() == null ? 0 : USER_KEY)
                | (leaf.value() == null ? 0 : aside == null ? VALUE : LONG_VALUE)
                | (leaf.isTree() ? TREE : 0));
        SHORTS.set(out, from + 1, (short) leaf.key().length);
        SHORTS.set(out, from + 3, (short) userKey.length);
        SHORTS.set(out, from + 5, (short) value.length);
        LONGS.set(out, from + 7, leaf.revision());
        int at = from + LEAF_FIXED;
        if (leaf.isTree()) {
            LONGS.set(out, at, leaf.tree());
            LONGS.set(out, at + Long.BYTES, leaf.leafCount());
            at += 2 * Long.BYTES;
        }
        append(value, out, append(userKey, out, append(leaf.key(), out, append(leaf.hash(), out, at))));
    }

    private static int append(byte[] part, byte[] out, int at) {
        System.arraycopy(part, 0, out, at, part.length);
        return at + part.length;
    }

    /** The node of a link that was written to [from, to) or is the start of it; null where nothing was that makes sense. */
    static Node read(long link, byte[] in, int from, int to, byte[] aside) {
        if (in[from] != 0) {
            return readLeaf(-link, in, from, to, aside);
        }
        int depth = (short) SHORTS.get(in, from + 1);
        int hashAt = from + VERTEX_FIXED;
        int prefixAt = hashAt + Digest.BYTES;
        int end = prefixAt + depth / 8 + 1;
        if (depth < 0 || end > to) {
            return null;
        }
        return new Vertex(
                link,
                Arrays.copyOfRange(in, prefixAt, end),
                depth,
                (long) LONGS.get(in, from + 3),
                (long) LONGS.get(in, from + 11),
                (long) LONGS.get(in, from + 19),
                Arrays.copyOfRange(in, hashAt, prefixAt));
    }

    /** Of a vertex that was written to {@code from}: the child that a key leads to, 0 for none. */
    static long child(byte[] in, int from, byte[] key) {
        int depth = (short) SHORTS.get(in, from + 1);
        return depth < 0
                ? 0
                : Vertex.child(depth, (long) LONGS.get(in, from + 3), (long) LONGS.get(in, from + 11), key);
    }

    /** Of a vertex that was written to {@code from}: the child that is not this one. */
    static long otherChild(byte[] in, int from, long child) {
        long left = (long) LONGS.get(in, from + 3);
        return left == child ? (long) LONGS.get(in, from + 11) : left;
    }

    private static Leaf readLeaf(long oid, byte[] in, int from, int to, byte[] aside) {
        int flags = in[from];
        boolean tree = (flags & TREE) != 0;
        int linkAt = from + LEAF_FIXED;
        int hashAt = linkAt + (tree ? 2 * Long.BYTES : 0);
        int keyAt = hashAt + Digest.BYTES;
        int userKeyAt = keyAt + (short) SHORTS.get(in, from + 1);
        int valueAt = userKeyAt + (short) SHORTS.get(in, from + 3);
        int end = valueAt + (short) SHORTS.get(in, from + 5);
        if (keyAt > userKeyAt || userKeyAt > valueAt || valueAt > end || end > to) {
            return null;
        }
        byte[] value =
                (flags & VALUE) != 0 ? Arrays.copyOfRange(in, valueAt, end) : (flags & LONG_VALUE) != 0 ? aside : null;
        return new Leaf(
                oid,
                Arrays.copyOfRange(in, keyAt, userKeyAt),
                (flags & USER_KEY) != 0 ? Arrays.copyOfRange(in, userKeyAt, valueAt) : null,
                value,
                tree ? (long) LONGS.get(in, linkAt) : 0,
                tree ? (long) LONGS.get(in, linkAt + Long.BYTES) : 1,
                Arrays.copyOfRange(in, hashAt, keyAt),
                (long) LONGS.get(in, from + 7));
    }
}
