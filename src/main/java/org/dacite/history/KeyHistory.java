package org.dacite.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.dacite.hashing.Digest;
import org.dacite.store.Revision;
import org.dacite.tree.Leaf;
import org.dacite.tree.Lookup;

/**
 * The life of one key along the line of a revision, newest first.
 *
 * <p>Goes from change to change, not from revision to revision: the outermost leaf on the way to the key tells which
 * revision wrote it, and between that one and the present nothing below it changed. Where that leaf is absent, the
 * change log tells when it was deleted last. For one call.
 */
final class KeyHistory {
    private final Dacite dacite;
    private final List<byte[]> path;
    private Set<Long> line;

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
            OptionalLong since = since(now);
            if (since.isEmpty()) {
                return versions;
            }
            Revision writer = revision(since.getAsLong());
            Optional<Place> earlier = writer.parent().isPresent()
                    ? Optional.of(place(revision(writer.parent().getAsLong())))
                    : Optional.empty();
            Leaf before = earlier.map(Place::leaf).orElse(null);
            if (differ(now.leaf, before)) {
                versions.add(version(writer, now.leaf));
            }
            if (earlier.isEmpty()) {
                return versions;
            }
            now = earlier.get();
        }
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

    /** The revision that made the key what it is at a place; none when it never was anything else but absent. */
    private OptionalLong since(Place place) {
        if (place.outermost != null) {
            return OptionalLong.of(place.outermost.revision());
        }
        if (line == null) {
            line = new HashSet<>();
            dacite.log(place.revision, Long.MAX_VALUE, revision -> line.add(revision.id()));
        }
        return dacite.store().deletions(path.get(0), place.revision.id()).stream()
                .filter(line::contains)
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private Place place(Revision revision) {
        Leaf outermost = null;
        Leaf leaf = null;
        long top = revision.rootLink();
        for (int i = 0; i < path.size(); i++) {
            leaf = Lookup.find(dacite.store().nodes(), top, path.get(i));
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
}
