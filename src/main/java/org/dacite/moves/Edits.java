package org.dacite.moves;

import java.util.function.Function;
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

    /** The changes; {@code naming} tells the key of a leaf, the older one where both trees have the key. */
    static Changes of(Comparison walk, Function<Leaf, Key> naming) {
        Changes all = new Changes();
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
        return all;
    }
}
