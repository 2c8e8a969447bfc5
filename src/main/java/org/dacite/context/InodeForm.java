package org.dacite.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.store.Inode;
import org.dacite.tree.DamageException;

/**
 * The bytes of an inode, which are what is hashed for it. Of a leaf {@code 00 ‖ leb(n) ‖ for each entry by name: leb(length of
 * name) ‖ name ‖ kind ‖ hash}, the kind 01 of a value and 00 of a directory; of an inner one {@code 01 ‖ leb(depth) ‖
 * leb(entries below) ‖ leb(n) ‖ for each bucket that is not empty, in ascending order: leb(bucket) ‖ hash}. Stateless.
 */
final class InodeForm {
    private static final int LEAF = 0;
    private static final int INNER = 1;

    /**
     * What an inner inode says of a child.
     *
     * @param bucket 0 to 31
     * @param id the inode of it
     * @param hash the hash of that
     */
    record Child(int bucket, long id, byte[] hash) {}

    private InodeForm() {}

    static byte[] leaf(TezosBytes buffer, List<TezosEntry> sorted) {
        buffer.clear().u8(LEAF).leb(sorted.size());
        for (TezosEntry each : sorted) {
            buffer.leb(each.name().length)
                    .bytes(each.name())
                    .u8(each.directory() ? 0 : 1)
                    .bytes(each.hash());
        }
        return buffer.toByteArray();
    }

    static byte[] inner(TezosBytes buffer, int depth, long entryCount, List<Child> children) {
        buffer.clear().u8(INNER).leb(depth).leb(entryCount).leb(children.size());
        for (Child each : children) {
            buffer.leb(each.bucket()).bytes(each.hash());
        }
        return buffer.toByteArray();
    }

    /** The entries of a leaf. */
    static List<TezosEntry> entries(Inode inode) {
        Reader in = new Reader(inode, LEAF);
        int count = (int) in.leb(inode.entryCount());
        List<TezosEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] name = in.bytes((int) in.leb(inode.content().length));
            boolean directory = in.bytes(1)[0] == 0;
            entries.add(new TezosEntry(name, directory, in.bytes(Digest.BYTES)));
        }
        in.end();
        return entries;
    }

    /** The children of an inner inode. */
    static List<Child> children(Inode inode) {
        Reader in = new Reader(inode, INNER);
        in.leb(Integer.MAX_VALUE);
        in.leb(Long.MAX_VALUE);
        int count = (int) in.leb(inode.children().length);
        if (count != inode.children().length) {
            throw in.damage("as many children as hashes");
        }
        List<Child> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            children.add(new Child((int) in.leb(InodeTree.BUCKETS - 1), inode.children()[i], in.bytes(Digest.BYTES)));
        }
        in.end();
        return children;
    }

    /** Reads what is stored, which may be damaged. */
    private static final class Reader {
        private final Inode inode;
        private int at;

        private Reader(Inode inode, int kind) {
            this.inode = inode;
            if (inode.content().length == 0 || inode.content()[at++] != kind) {
                throw damage(kind == LEAF ? "the entries of a leaf" : "the hashes of its children");
            }
        }

        private long leb(long most) {
            long number = 0;
            for (int shift = 0; shift < 63 && at < inode.content().length; shift += 7) {
                byte next = inode.content()[at++];
                number |= (next & 0x7fL) << shift;
                if (next >= 0 && number <= most) {
                    return number;
                }
            }
            throw damage("a number up to " + most);
        }

        private byte[] bytes(int length) {
            if (length > inode.content().length - at) {
                throw damage(length + " more bytes");
            }
            at += length;
            return Arrays.copyOfRange(inode.content(), at - length, at);
        }

        private void end() {
            if (at != inode.content().length) {
                throw damage("its end");
            }
        }

        private DamageException damage(String expected) {
            return new DamageException(
                    inode.id(),
                    "expected " + expected + " in inode " + inode.id() + " at byte " + at
                            + ", found something else; run 'dacite fsck'");
        }
    }
}
