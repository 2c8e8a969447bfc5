package org.dacite.context;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;
import org.dacite.tree.NodeSource;

/** The entries of one directory in byte order of their names: committed ones and staged ones side by side. For one thread. */
final class Listing implements Iterator<ContextEntry> {
    private final Map<byte[], Staged> items;
    private final Comparison committed;
    private final Iterator<Map.Entry<byte[], Staged>> staged;
    private Leaf nextLeaf;
    private Map.Entry<byte[], Staged> nextStaged;

    private Listing(Map<byte[], Staged> items, Comparison committed) {
        this.items = items;
        this.committed = committed;
        this.staged = items.entrySet().iterator();
        advanceCommitted();
        advanceStaged();
    }

    static Listing of(NodeSource nodes, StagedTree.Place directory) {
        Map<byte[], Staged> items = directory.staged() == null
                ? Collections.emptyMap()
                : directory.staged().items();
        return new Listing(items, Comparison.entries(nodes, directory.base().top(), new byte[0]));
    }

    /** To the next leaf that nothing staged stands in place of. */
    private void advanceCommitted() {
        do {
            nextLeaf = committed.hasNext() ? committed.next().after() : null;
        } while (nextLeaf != null && items.containsKey(nextLeaf.key()));
    }

    private void advanceStaged() {
        do {
            nextStaged = staged.hasNext() ? staged.next() : null;
        } while (nextStaged != null && nextStaged.getValue() instanceof Staged.Gone);
    }

    @Override
    public boolean hasNext() {
        return nextLeaf != null || nextStaged != null;
    }

    @Override
    public ContextEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        boolean fromStage = nextLeaf == null
                || (nextStaged != null && Arrays.compareUnsigned(nextStaged.getKey(), nextLeaf.key()) < 0);
        if (fromStage) {
            Map.Entry<byte[], Staged> entry = nextStaged;
            advanceStaged();
            Optional<byte[]> value = entry.getValue() instanceof Staged.Value found
                    ? Optional.of(found.bytes().clone())
                    : Optional.empty();
            return new ContextEntry(ContextPath.name(entry.getKey()), value);
        }
        Leaf leaf = nextLeaf;
        advanceCommitted();
        return new ContextEntry(
                ContextPath.name(leaf.key()),
                leaf.isTree() ? Optional.empty() : Optional.of(leaf.value().clone()));
    }
}
