package org.dacite.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dacite.reference.ReferenceMap;

/** Batches that tests apply. */
final class Batches {
    private Batches() {}

    /** The batch that leads from one map to another and says nothing that is not needed. */
    static Changes between(ReferenceMap base, ReferenceMap target) {
        Changes changes = new Changes();
        for (byte[] key : base.keys()) {
            boolean kept = target.value(key) != null || target.treeOrNull(key) != null;
            boolean sameKind = (base.value(key) == null) == (target.value(key) == null);
            if (!kept || !sameKind) {
                changes.delete(key, null);
            }
        }
        for (byte[] key : target.keys()) {
            byte[] value = target.value(key);
            if (value == null) {
                ReferenceMap before = base.treeOrNull(key);
                Changes inner = between(before == null ? new ReferenceMap() : before, target.treeOrNull(key));
                if (!inner.isEmpty()) {
                    copy(inner, changes.tree(key, null));
                }
            } else if (!Arrays.equals(value, base.value(key))) {
                changes.put(key, null, value);
            }
        }
        return changes;
    }

    /** Does again in one batch what was done in another. */
    private static void copy(Changes from, Changes to) {
        Window all = from.whole();
        for (int i = 0; i < all.size(); i++) {
            Change change = all.get(i);
            if (change.replaces() || change.action() == Change.Action.DELETE) {
                to.delete(change.key(), null);
            }
            switch (change.action()) {
                case PUT -> to.put(change.key(), null, change.value());
                case MERGE -> copy(change.nested(), to.tree(change.key(), null));
                case LINK -> to.link(change.key(), null, change.linked());
                case DELETE -> {
                    // done above
                }
            }
        }
    }

    /** How many trees a batch goes through, the outermost included: as many roots are hashed. */
    static int trees(Changes changes) {
        int trees = 1;
        Window all = changes.whole();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).action() == Change.Action.MERGE) {
                trees += trees(all.get(i).nested());
            }
        }
        return trees;
    }

    /**
     * Does so many random deeds to a batch and to the model of its tree: puts, deletes, and the same in linked trees down
     * to so many levels.
     */
    static void random(Random random, List<byte[]> universe, int deeds, int levels, Changes changes, ReferenceMap map) {
        for (int i = 0; i < deeds; i++) {
            byte[] key = universe.get(random.nextInt(universe.size()));
            int deed = random.nextInt(levels == 0 ? 6 : 9);
            if (deed < 2) {
                changes.delete(key, null);
                map.delete(key);
            } else if (deed < 6) {
                byte[] value = new byte[random.nextInt(4)];
                random.nextBytes(value);
                changes.delete(key, null);
                changes.put(key, null, value);
                map.put(key, value);
            } else {
                if (map.value(key) != null) {
                    changes.delete(key, null);
                }
                random(random, universe, deeds / 3, levels - 1, changes.tree(key, null), map.tree(key));
            }
        }
    }
}
