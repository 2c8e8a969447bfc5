package org.dacite.history;

import java.util.List;
import org.dacite.bits.KeyCodec;
import org.dacite.proof.PackedReader;
import org.dacite.store.Revision;
import org.dacite.tree.Changes;

/**
 * The changes of one commit, in one tree; {@link #tree} goes on in a linked one. The last change of a key wins. For the
 * thread that fills it, until the lambda that it was handed to returns.
 */
public final class Batch {
    /** The longest value, in bytes: 16 MiB. */
    public static final int MAX_VALUE_BYTES = PackedReader.MAX_VALUE_BYTES;

    private final KeyCodec codec;
    private final Changes changes;
    private final List<Revision> linked;

    /** A batch that puts the revisions whose trees it links into {@code linked}. */
    Batch(KeyCodec codec, Changes changes, List<Revision> linked) {
        this.codec = codec;
        this.changes = changes;
        this.linked = linked;
    }

    /** Puts a value of 0 to 16 MiB at a key of 1 to 1,024 bytes. Putting what is there already changes nothing. */
    public Batch put(byte[] key, byte[] value) {
        byte[] canonical = codec.canonical(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("expected a value of at most " + MAX_VALUE_BYTES + " bytes, got "
                    + value.length + " at key '" + codec.show(key) + "'");
        }
        changes.put(canonical, kept(key), value.clone());
        return this;
    }

    /** Puts a value given as text at a key written as {@link Dacite#key} reads it. */
    public Batch put(String key, String value) {
        return put(codec.parse(key), KeyCodec.utf8(value));
    }

    /** Deletes a key with its value or its whole tree; an absent key changes nothing. */
    public Batch delete(byte[] key) {
        changes.delete(codec.canonical(key), kept(key));
        return this;
    }

    public Batch delete(String key) {
        return delete(codec.parse(key));
    }

    /** The changes of the tree at a key, which is made when it is missing and goes when its last key goes. */
    public Batch tree(byte[] key) {
        return new Batch(codec, changes.tree(codec.canonical(key), kept(key)), linked);
    }

    public Batch tree(String key) {
        return tree(codec.parse(key));
    }

    /**
     * Puts a whole tree of any revision of the same store under a key as well, at the cost of one leaf. The commit is refused
     * when that revision was pruned by then, or is of another store.
     */
    public Batch link(byte[] key, Snapshot tree) {
        changes.link(codec.canonical(key), kept(key), tree.ref());
        linked.add(tree.revision());
        return this;
    }

    public Batch link(String key, Snapshot tree) {
        return link(codec.parse(key), tree);
    }

    private byte[] kept(byte[] key) {
        return codec.losesUserKey() ? key.clone() : null;
    }
}
