package org.dacite.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.dacite.tree.Changes;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;
import org.dacite.tree.NodeSource;
import org.dacite.tree.TreeRef;

/**
 * A committed tree with the changes that were staged on it. What is set is not looked up, so that a batch reads what it
 * touches at once when it is committed; what is deleted or copied is looked up, by one path each.
 *
 * <p>Directories are changed in place as long as nothing else holds them: {@link #freeze} answers the root as it is now, and
 * from then on every change copies the directories on its way. For one thread.
 */
final class StagedTree {
    private final NodeSource nodes;
    private final TreeRef empty;
    private Staged.Directory root;
    private Object owner = new Object();

    /**
     * A tree without changes.
     *
     * @param base its rows
     * @param empty the empty tree
     */
    StagedTree(NodeSource nodes, TreeRef base, TreeRef empty) {
        this.nodes = nodes;
        this.empty = empty;
        this.root = Staged.Directory.on(base, owner);
    }

    /** The root as it is now, which nothing will change any more. */
    Staged.Directory freeze() {
        owner = new Object();
        return root;
    }

    /** Goes on from a root that was frozen. */
    void thaw(Staged.Directory frozen) {
        root = frozen;
        owner = new Object();
    }

    boolean isUnchanged() {
        return root.items().isEmpty();
    }

    NodeSource nodes() {
        return nodes;
    }

    /** What stands at a path. */
    Found find(ContextPath path) {
        Staged.Directory directory = root;
        TreeRef base = root.base();
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            Staged item = directory == null ? null : directory.get(path.key(i));
            if (item == null) {
                Leaf leaf = Lookup.find(nodes, base.top(), path.key(i));
                if (leaf == null || (!last && !leaf.isTree())) {
                    return Found.NOTHING;
                }
                if (!leaf.isTree()) {
                    return Found.ofValue(leaf.value());
                }
                directory = null;
                base = leaf.linked();
            } else if (item instanceof Staged.Directory inner) {
                base = base(inner, base, path.key(i));
                directory = inner;
            } else {
                return last && item instanceof Staged.Value value ? Found.ofValue(value.bytes()) : Found.NOTHING;
            }
        }
        return new Found(Optional.empty(), Optional.of(new Place(directory, base)));
    }

    /** The base of a staged directory, given that of the one above it. */
    private TreeRef base(Staged.Directory inner, TreeRef above, byte[] key) {
        if (inner.base() == null) {
            Leaf leaf = Lookup.find(nodes, above.top(), key);
            inner.resolve(leaf != null && leaf.isTree() ? leaf.linked() : empty);
        }
        return inner.base();
    }

    /** Puts something at a path of one name or more, in the place of whatever stands there or on the way. */
    void put(ContextPath path, Staged item) {
        root = root.ownedBy(owner);
        Staged.Directory at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            at = enter(at, path.key(i));
        }
        at.put(path.key(path.size() - 1), item);
    }

    private Staged.Directory enter(Staged.Directory above, byte[] key) {
        Staged item = above.get(key);
        Staged.Directory inner;
        if (item instanceof Staged.Directory there) {
            inner = there.ownedBy(owner);
        } else if (item == null) {
            inner = Staged.Directory.inheriting(owner);
        } else {
            inner = Staged.Directory.on(empty, owner);
        }
        if (inner != item) {
            above.put(key, inner);
        }
        return inner;
    }

    /** Takes away what stands at a path of one name or more, then every directory that became empty; it must be there. */
    void delete(ContextPath path) {
        root = root.ownedBy(owner);
        Deque<Staged.Directory> way = new ArrayDeque<>();
        way.push(root);
        for (int i = 0; i < path.size() - 1; i++) {
            Staged.Directory inner = enter(way.peek(), path.key(i));
            base(inner, way.peek().base(), path.key(i));
            way.push(inner);
        }
        for (int i = path.size() - 1; i >= 0; i--) {
            Staged.Directory at = way.pop();
            Leaf before = Lookup.find(nodes, at.base().top(), path.key(i));
            if (before == null) {
                at.remove(path.key(i));
            } else {
                at.put(path.key(i), new Staged.Gone(before.leafCount()));
            }
            if (!at.isEmpty()) {
                return;
            }
        }
    }

    /** What was found, to be put elsewhere: later changes to neither touch the other. */
    Staged shared(Found found) {
        if (found.value().isPresent()) {
            return new Staged.Value(found.value().get());
        }
        Place place = found.directory().orElseThrow();
        freeze();
        return place.staged() == null
                ? Staged.Directory.on(place.base(), null)
                : place.staged().elsewhere(place.base());
    }

    /** All changes as one batch. What was copied after it was changed is one and the same batch at each place. */
    Changes changes() {
        IdentityHashMap<Map<byte[], Staged>, Changes> made = new IdentityHashMap<>();
        Deque<Staged.Directory> open = new ArrayDeque<>();
        Changes all = Changes.overwriting();
        made.put(root.items(), all);
        open.push(root);
        while (!open.isEmpty()) {
            Staged.Directory directory = open.pop();
            Changes changes = made.get(directory.items());
            directory.items().forEach((key, item) -> {
                if (item instanceof Staged.Value value) {
                    changes.put(key, null, value.bytes());
                } else if (item instanceof Staged.Directory inner) {
                    Changes below = made.computeIfAbsent(inner.items(), unseen -> {
                        open.push(inner);
                        return Changes.overwriting();
                    });
                    add(changes, key, inner, below);
                } else {
                    changes.delete(key, null);
                }
            });
        }
        return all;
    }

    private static void add(Changes changes, byte[] key, Staged.Directory inner, Changes below) {
        if (!inner.inherits()) {
            if (inner.base().top() == 0) {
                changes.delete(key, null);
            } else {
                changes.link(key, null, inner.base());
            }
        }
        if (!inner.items().isEmpty()) {
            changes.tree(key, null, below);
        }
    }

    /**
     * A directory in a staged tree.
     *
     * @param staged what was staged in it, null: nothing
     * @param base its committed rows
     */
    record Place(Staged.Directory staged, TreeRef base) {}

    /** What stands at a path: a value, a directory, or nothing. */
    record Found(Optional<byte[]> value, Optional<Place> directory) {
        private static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

        private static Found ofValue(byte[] bytes) {
            return new Found(Optional.of(bytes), Optional.empty());
        }

        boolean isNothing() {
            return value.isEmpty() && directory.isEmpty();
        }
    }
}
