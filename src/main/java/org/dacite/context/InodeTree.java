package org.dacite.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dacite.store.Inode;
import org.dacite.tree.DamageException;

/**
 * The inodes of big directories: a tree of 32 ways by the seeded hash of names, whose leaves hold at most 32 entries each. What
 * an update leaves as it was is shared with the directory before it; what it makes is in no way different from what would be
 * made of the same entries anew.
 *
 * <p>Inodes come from a {@link Source} and go to a {@link Sink}, children first. For one thread.
 */
final class InodeTree {
    /** How many ways an inode has. */
    static final int BUCKETS = 32;

    /** The most entries that an inode may hold itself. */
    static final int LEAF_ENTRIES = 32;

    /** How many inodes may stand above another, as in Irmin: names that still share a bucket there are refused. */
    static final int MAX_DEPTH = 10;

    /** Where inodes come from. */
    interface Source {
        /** The inodes of these ids; those that are missing are left out. */
        Map<Long, Inode> inodes(long[] ids);
    }

    /** Where new inodes go, and what gives out their ids. */
    interface Sink {
        long nextInode();

        void inode(Inode inode);
    }

    /**
     * An inode as its parent knows it.
     *
     * @param id its id
     * @param entryCount the entries at or below it
     * @param hash its hash
     */
    record Ref(long id, long entryCount, byte[] hash) {}

    private final TezosHash rule;
    private final Source source;
    private final Sink sink;
    private final TezosBytes buffer = new TezosBytes();
    private final Map<Long, Inode> read = new HashMap<>();

    InodeTree(TezosHash rule, Source source, Sink sink) {
        this.rule = rule;
        this.source = source;
        this.sink = sink;
    }

    /** The inodes of a directory of these entries, one or more, sorted by name. */
    Ref build(List<TezosEntry> sorted) {
        return build(0, sorted);
    }

    /**
     * The inodes of a directory after some changes, sorted by name, which must leave some entry.
     *
     * @param top the inode of the whole directory as it was
     */
    Ref update(long top, List<TezosChange> sorted) {
        readPaths(top, sorted);
        Ref updated = update(inode(top), sorted);
        read.clear();
        return updated;
    }

    /** All entries of a directory, sorted by name. */
    List<TezosEntry> entries(long top) {
        List<TezosEntry> entries = entries(inode(top));
        read.clear();
        return entries;
    }

    private Ref update(Inode old, List<TezosChange> changes) {
        long entryCount = old.entryCount()
                + changes.stream().mapToInt(TezosChange::growth).sum();
        if (old.isLeaf() || entryCount <= LEAF_ENTRIES) {
            List<TezosEntry> entries = merged(old, entries(old), changes);
            return entries.isEmpty() ? null : build(old.depth(), entries);
        }
        Ref[] below = new Ref[BUCKETS];
        for (InodeForm.Child each : InodeForm.children(old)) {
            below[each.bucket()] = new Ref(each.id(), 0, each.hash());
        }
        List<List<TezosChange>> buckets = buckets(old.depth(), changes);
        for (int i = 0; i < BUCKETS; i++) {
            List<TezosChange> part = buckets.get(i);
            if (!part.isEmpty()) {
                below[i] = below[i] == null
                        ? build(old.depth() + 1, merged(old, List.of(), part))
                        : update(inode(below[i].id()), part);
            }
        }
        return inner(old.depth(), entryCount, below);
    }

    private Ref build(int depth, List<TezosEntry> sorted) {
        if (sorted.size() <= LEAF_ENTRIES) {
            return add(depth, sorted.size(), new long[0], InodeForm.leaf(buffer, sorted));
        }
        if (depth == MAX_DEPTH) {
            throw new IllegalArgumentException("expected names of a directory of more than " + TezosHash.FLAT_ENTRIES
                    + " entries that Tezos can tell apart, got " + sorted.size() + " of them, '"
                    + Names.shown(sorted.get(0).name()) + "' and '"
                    + Names.shown(sorted.get(1).name()) + "' among them, that share a bucket at all " + MAX_DEPTH
                    + " depths; rename all but " + LEAF_ENTRIES + " of them");
        }
        List<List<TezosEntry>> buckets = emptyBuckets();
        sorted.forEach(each -> buckets.get(bucket(depth, each.name())).add(each));
        Ref[] below = new Ref[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            below[i] = buckets.get(i).isEmpty() ? null : build(depth + 1, buckets.get(i));
        }
        return inner(depth, sorted.size(), below);
    }

    private Ref inner(int depth, long entryCount, Ref[] below) {
        List<InodeForm.Child> children = new ArrayList<>(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            if (below[i] != null) {
                children.add(new InodeForm.Child(i, below[i].id(), below[i].hash()));
            }
        }
        return add(
                depth,
                entryCount,
                children.stream().mapToLong(InodeForm.Child::id).toArray(),
                InodeForm.inner(buffer, depth, entryCount, children));
    }

    private Ref add(int depth, long entryCount, long[] children, byte[] content) {
        Inode inode = new Inode(sink.nextInode(), depth, entryCount, children, content);
        sink.inode(inode);
        return new Ref(inode.id(), entryCount, rule.inode(content));
    }

    /** The entries of an inode after some changes. */
    private static List<TezosEntry> merged(Inode inode, List<TezosEntry> entries, List<TezosChange> changes) {
        List<TezosEntry> merged = new ArrayList<>(entries.size() + changes.size());
        int at = 0;
        for (TezosChange change : changes) {
            while (at < entries.size() && Arrays.compareUnsigned(entries.get(at).name(), change.name()) < 0) {
                merged.add(entries.get(at++));
            }
            boolean found = at < entries.size() && Arrays.equals(entries.get(at).name(), change.name());
            if (found != change.existed()) {
                throw new DamageException(
                        inode.id(),
                        "expected " + (change.existed() ? "an" : "no") + " entry '" + Names.shown(change.name())
                                + "' at or below inode " + inode.id() + ", found " + (found ? "one" : "none")
                                + "; run 'dacite fsck'");
            }
            at += found ? 1 : 0;
            if (change.after() != null) {
                merged.add(change.after());
            }
        }
        merged.addAll(entries.subList(at, entries.size()));
        return merged;
    }

    /** Reads the inodes that some changes lead to: one statement a depth. */
    private void readPaths(long top, List<TezosChange> changes) {
        Map<Long, List<TezosChange>> front = Map.of(top, changes);
        while (!front.isEmpty()) {
            read(front.keySet().stream().mapToLong(Long::longValue).toArray());
            Map<Long, List<TezosChange>> next = new HashMap<>();
            front.forEach((id, part) -> {
                Inode inode = inode(id);
                if (!inode.isLeaf()) {
                    List<List<TezosChange>> buckets = buckets(inode.depth(), part);
                    for (InodeForm.Child each : InodeForm.children(inode)) {
                        if (!buckets.get(each.bucket()).isEmpty()) {
                            next.put(each.id(), buckets.get(each.bucket()));
                        }
                    }
                }
            });
            front = next;
        }
    }

    /** The entries at or below an inode, sorted by name: one statement a depth. */
    private List<TezosEntry> entries(Inode top) {
        List<TezosEntry> entries = new ArrayList<>();
        List<Inode> front = List.of(top);
        while (!front.isEmpty()) {
            long[] ids = front.stream()
                    .flatMapToLong(each -> Arrays.stream(each.children()))
                    .toArray();
            front.stream().filter(Inode::isLeaf).map(InodeForm::entries).forEach(entries::addAll);
            read(ids);
            front = Arrays.stream(ids).mapToObj(this::inode).toList();
        }
        if (!top.isLeaf()) {
            Collections.sort(entries);
        }
        return entries;
    }

    private Inode inode(long id) {
        Inode found = read.get(id);
        if (found == null) {
            read(new long[] {id});
            found = read.get(id);
        }
        if (found == null) {
            throw new DamageException(id, "expected inode " + id + ", found none; run 'dacite fsck'");
        }
        return found;
    }

    private void read(long[] ids) {
        long[] missing = Arrays.stream(ids).filter(id -> !read.containsKey(id)).toArray();
        if (missing.length > 0) {
            read.putAll(source.inodes(missing));
        }
    }

    private static List<List<TezosChange>> buckets(int depth, List<TezosChange> changes) {
        List<List<TezosChange>> buckets = emptyBuckets();
        changes.forEach(each -> buckets.get(bucket(depth, each.name())).add(each));
        return buckets;
    }

    private static <T> List<List<T>> emptyBuckets() {
        List<List<T>> buckets = new ArrayList<>(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(new ArrayList<>());
        }
        return buckets;
    }

    /** The bucket of a name among those of an inode. */
    static int bucket(int depth, byte[] name) {
        return SeededHash.of(depth, name) % BUCKETS;
    }
}
