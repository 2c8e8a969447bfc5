package org.dacite.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dacite.hashing.CanonicalHash;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.dacite.tree.TreeRef;

/**
 * The directories and values at one revision. As long as it is open, pruning keeps the revision. For one thread.
 *
 * <pre>{@code
 * try (ContextView view = ContextView.at(dacite, revision)) {
 *     Optional<byte[]> value = view.get(ContextPath.parse("contracts/index/alice"));
 * }
 * }</pre>
 */
public final class ContextView implements AutoCloseable {
    private final Snapshot snapshot;
    private final StagedTree tree;

    private ContextView(Snapshot snapshot, StagedTree tree) {
        this.snapshot = snapshot;
        this.tree = tree;
    }

    /** The state at a revision; a {@link org.dacite.history.PrunedRevisionException} when it was pruned. */
    public static ContextView at(Dacite dacite, Revision revision) {
        return at(dacite, Optional.of(revision));
    }

    /** The same; none: the state before the first revision. */
    static ContextView at(Dacite dacite, Optional<Revision> revision) {
        requireText(dacite);
        byte[] emptyRoot = CanonicalHash.of(dacite.hash()).emptyRoot();
        TreeRef empty = new TreeRef(0, emptyRoot, 0);
        TreeRef base = revision.map(at -> new TreeRef(at.rootLink(), at.root().bytes(), at.leafCount()))
                .orElse(empty);
        Snapshot snapshot = revision.map(dacite::at).orElse(null);
        return new ContextView(snapshot, new StagedTree(dacite.store().nodes(), base, empty));
    }

    /** Refuses a store whose keys are no names. */
    static void requireText(Dacite dacite) {
        if (!dacite.codec().name().equals("text")) {
            throw new IllegalArgumentException(
                    "expected a store with text keys, which are the names of a context, got one"
                            + " with the key codec '" + dacite.codec().name() + "'; make another with 'dacite init'");
        }
    }

    StagedTree tree() {
        return tree;
    }

    /** The value at a path; empty for a missing path and for a directory alike. */
    public Optional<byte[]> get(ContextPath path) {
        return tree.find(path).value().map(byte[]::clone);
    }

    /** Whether a value stands at a path. */
    public boolean mem(ContextPath path) {
        return tree.find(path).value().isPresent();
    }

    /** Whether a directory that has entries stands at a path; the root is one when it is not empty. */
    public boolean dmem(ContextPath path) {
        return tree.find(path)
                .directory()
                .filter(each -> Listing.of(tree.nodes(), each).hasNext())
                .isPresent();
    }

    /**
     * Entries of the directory at a path, in byte order of their names; none for a missing path and for a value.
     *
     * @param offset how many to leave out, 0 or more; these are read all the same
     * @param length how many to answer at most, 0 or more
     */
    public List<ContextEntry> list(ContextPath path, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "expected an offset and a length of 0 or more, got " + offset + " and " + length);
        }
        return stream(path).skip(offset).limit(length).toList();
    }

    /** All entries of the directory at a path, in byte order of their names. Streams; change nothing meanwhile. */
    public Stream<ContextEntry> stream(ContextPath path) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries(path), Spliterator.ORDERED), false);
    }

    /** Hands over everything below the directory at a path: entries with the directory that they are in, each before what is in it. */
    public void walk(ContextPath path, BiConsumer<ContextPath, ContextEntry> action) {
        Deque<ContextPath> directories = new ArrayDeque<>();
        Deque<Iterator<ContextEntry>> open = new ArrayDeque<>();
        directories.push(path);
        open.push(entries(path));
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                directories.pop();
                continue;
            }
            ContextEntry entry = open.peek().next();
            ContextPath at = directories.peek();
            action.accept(at, entry);
            if (entry.isDirectory()) {
                directories.push(at.then(entry.name()));
                open.push(entries(directories.peek()));
            }
        }
    }

    private Iterator<ContextEntry> entries(ContextPath path) {
        return tree.find(path)
                .directory()
                .<Iterator<ContextEntry>>map(each -> Listing.of(tree.nodes(), each))
                .orElseGet(() -> List.<ContextEntry>of().iterator());
    }

    /** Lets pruning have the revision. */
    @Override
    public void close() {
        if (snapshot != null) {
            snapshot.close();
        }
    }
}
