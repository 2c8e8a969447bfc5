package org.dacite.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dacite.hashing.Digest;
import org.dacite.store.PruneRows;
import org.dacite.store.Revision;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;
import org.dacite.tree.NodeSource;

/**
 * The life of one key along the line of a revision, newest first.
 *
 * <p>Goes from change to change, not from revision to revision: the outermost leaf on the way to the key tells which
 * revision wrote it, and between that one and the present nothing below it changed. Where that leaf is absent, the
 * change log tells when it was deleted last. Where revisions were pruned, it shows what the kept ones hold: a change is
 * told of the revision that wrote it if its row is still there, else of the first kept one that shows it. For one call.
 */
final class KeyHistory {
    private final Dacite dacite;
    private final List<byte[]> path;

    private KeyHistory(Dacite dacite, List<byte[]> path) {
        this.dacite = dacite;
        this.path = path;
    }

    static List<Version> of(Dacite dacite, Revision at, List<byte[]> trees, byte[] key) {
        List<byte[]> path = new ArrayList<>();
        trees.forEach(name -> path.add(dacite.codec().canonical(name)));
        path.add(dacite.codec().canonical(key));
        return new KeyHistory(dacite, path).before(at);
    }

    private List<Version> before(Revision at) {
        List<Version> versions = new ArrayList<>();
        Place now = place(at);
        while (true) {
            Optional<Change> change = change(now);
            if (change.isEmpty()) {
                return versions;
            }
            Leaf before = change.get().earlier.map(Place::leaf).orElse(null);
            if (differ(now.leaf, before)) {
                versions.add(version(change.get().writer, now.leaf));
            }
            if (change.get().earlier.isEmpty()) {
                return versions;
            }
            now = change.get().earlier.get();
        }
    }

    /** What made the key what it is at a place; none when it never was anything else but absent. */
    private Optional<Change> change(Place now) {
        Optional<Revision> writer = since(now);
        if (now.outermost == null && dacite.store().prunes(PruneRows::any)) {
            // rows of later deletions may have gone with the leaves that they deleted
            Revision absent = now.revision;
            long since = writer.map(Revision::height).orElse(0L);
            for (Optional<Revision> at = kept(absent);
                    at.isPresent() && at.get().height() >= since;
                    at = kept(absent)) {
                Place earlier = place(at.get());
                if (earlier.outermost != null) {
                    return Optional.of(new Change(absent, Optional.of(earlier)));
                }
                absent = at.get();
            }
        }
        return writer.map(each -> new Change(each, kept(each).map(this::place)));
    }

    /** The last revision before one on its line whose state is kept. */
    private Optional<Revision> kept(Revision revision) {
        return dacite.store().keptBefore(revision);
    }

    private static Version version(Revision writer, Leaf leaf) {
        Optional<Leaf> held = Optional.ofNullable(leaf);
        return new Version(
                writer,
                held.filter(each -> !each.isTree()).map(each -> each.value().clone()),
                held.filter(Leaf::isTree).map(each -> Digest.of(each.value())));
    }

    private static boolean differ(Leaf a, Leaf b) {
        return (a == null ? 0 : a.oid()) != (b == null ? 0 : b.oid());
    }

    /** The revision that, as far as rows tell, made the key what it is at a place. */
    private Optional<Revision> since(Place place) {
        if (place.outermost != null) {
            return Optional.of(revision(place.outermost.revision()));
        }
        return dacite.store().deletions(path.get(0), place.revision.id()).stream()
                .map(this::revision)
                .filter(each -> isOnLine(each, place.revision))
                .findFirst();
    }

    private boolean isOnLine(Revision earlier, Revision later) {
        return earlier.height() <= later.height()
                && dacite.store()
                        .ancestor(later, earlier.height())
                        .filter(found -> found.id() == earlier.id())
                        .isPresent();
    }

    private Place place(Revision revision) {
        Leaf outermost = null;
        Leaf leaf = null;
        long top = revision.rootLink();
        NodeSource nodes = new KeptNodes(dacite.store(), revision, revision);
        for (int i = 0; i < path.size(); i++) {
            leaf = Lookup.find(nodes, top, path.get(i));
            outermost = i == 0 ? leaf : outermost;
            boolean last = i == path.size() - 1;
            if (leaf == null || (!last && !leaf.isTree())) {
                return new Place(revision, outermost, null);
            }
            top = last ? 0 : leaf.tree();
        }
        return new Place(revision, outermost, leaf);
    }

    private Revision revision(long id) {
        return dacite.store().revision(id).orElseThrow();
    }

    /** What the path leads to at a revision: the outermost leaf on it, and the key's own; null where absent. */
    private record Place(Revision revision, Leaf outermost, Leaf leaf) {}

    /**
     * A change of the key or of what leads to it.
     *
     * @param writer the revision that made it
     * @param earlier how it was in the last kept revision before that, if there is one
     */
    private record Change(Revision writer, Optional<Place> earlier) {}
}
