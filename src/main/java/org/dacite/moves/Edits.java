package org.dacite.moves;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Entry;
import org.dacite.history.Snapshot;
import org.dacite.tree.Changes;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;

/** Turns the differences between two trees into the changes that lead from one to the other, under the same or other keys. */
final class Edits {
    private Edits() {}

    /**
     * How a key is called where the changes are made.
     *
     * @param canonical its canonical bytes
     * @param user what the user called it where the codec is {@code hashed}, else null
     */
    record Key(byte[] canonical, byte[] user) {}

    /** Adds them to a batch; {@code naming} tells the key of a leaf, the older one where both trees have the key. */
    static void add(Changes all, Comparison walk, Function<Leaf, Key> naming) {
        while (walk.hasNext()) {
            Comparison.Difference each = walk.next();
            Changes changes = all;
            for (Leaf link : each.trees()) {
                Key key = naming.apply(link);
                changes = changes.tree(key.canonical(), key.user());
            }
            Key key = naming.apply(each.before() == null ? each.after() : each.before());
            if (each.before() == null || each.after() == null) {
                changes.delete(key.canonical(), key.user()); // a tree may stand there, which nothing else takes away
            }
            if (each.after() != null) {
                changes.put(key.canonical(), key.user(), each.after().value());
            }
        }
    }

    /**
     * Adds the changes that lead from a state of one store to a state of another with other keys; reads both whole.
     *
     * @param codec the codec of the first, where they are made
     */
    static void addBetween(Changes all, Snapshot from, Snapshot to, KeyCodec codec) {
        from.scan().filter(entry -> find(to, entry).isEmpty()).forEach(entry -> {
            Key key = key(entry.key(), codec);
            tree(all, entry, codec).delete(key.canonical(), key.user());
        });
        to.scan().filter(entry -> !holds(from, entry)).forEach(entry -> {
            Key key = key(entry.key(), codec);
            Changes tree = tree(all, entry, codec);
            tree.delete(key.canonical(), key.user()); // a tree may stand there, which nothing else takes away
            tree.put(key.canonical(), key.user(), entry.value());
        });
    }

    private static Changes tree(Changes all, Entry entry, KeyCodec codec) {
        Changes tree = all;
        for (byte[] name : entry.trees()) {
            Key key = key(name, codec);
            tree = tree.tree(key.canonical(), key.user());
        }
        return tree;
    }

    static Key key(byte[] user, KeyCodec codec) {
        return new Key(codec.canonical(user), codec.losesUserKey() ? user.clone() : null);
    }

    /** Whether a state of any store has the key of an entry with its value. */
    static boolean holds(Snapshot state, Entry entry) {
        return find(state, entry)
                .filter(value -> Arrays.equals(value, entry.value()))
                .isPresent();
    }

    private static Optional<byte[]> find(Snapshot state, Entry entry) {
        Snapshot tree = state;
        for (byte[] name : entry.trees()) {
            tree = tree.tree(name);
        }
        return tree.get(entry.key());
    }
}
