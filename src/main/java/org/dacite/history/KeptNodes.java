package org.dacite.history;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dacite.store.Revision;
import org.dacite.store.Store;
import org.dacite.tree.DamageException;
import org.dacite.tree.Leaf;
import org.dacite.tree.Node;
import org.dacite.tree.NodeMap;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Selection;

/**
 * The nodes of a store, read for the sake of two revisions, which may be the same or null for the empty map: where a row is
 * missing since one of them was pruned, it says so. Any thread.
 */
record KeptNodes(Store store, Revision one, Revision other) implements NodeSource {
    @Override
    public Node cached(long link) {
        return store.nodes().cached(link);
    }

    @Override
    public void expect(long top, byte[][] keys, int count) {
        store.nodes().expect(top, keys, count);
    }

    @Override
    public List<Node> nodes(long[] links) {
        return read(() -> store.nodes().nodes(links));
    }

    @Override
    public long child(long link, byte[] key) {
        return store.nodes().child(link, key);
    }

    @Override
    public Leaf leaf(long link, byte[] key) {
        return read(() -> store.nodes().leaf(link, key));
    }

    @Override
    public void fetch(List<Start> starts, Selection selection, boolean withValues, NodeMap into) {
        read(() -> {
            store.nodes().fetch(starts, selection, withValues, into);
            return into;
        });
    }

    private <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DamageException e) {
            throw pruned(one)
                    .or(() -> pruned(other))
                    .<RuntimeException>map(found -> {
                        PrunedRevisionException pruned = new PrunedRevisionException(found);
                        pruned.initCause(e);
                        return pruned;
                    })
                    .orElse(e);
        }
    }

    private Optional<Revision> pruned(Revision revision) {
        return Optional.ofNullable(revision)
                .flatMap(each -> store.revision(each.id()))
                .filter(Revision::pruned);
    }
}
