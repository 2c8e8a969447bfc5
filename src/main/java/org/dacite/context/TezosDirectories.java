package org.dacite.context;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.dacite.store.ContextRows;
import org.dacite.store.DirectoryHash;
import org.dacite.store.Inode;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;
import org.dacite.tree.NodeSource;

/**
 * The Tezos hashes of directories: those that a commit changed are made from what is remembered of the directories before it, and
 * of everything else nothing is looked at. For one thread and one commit.
 *
 * <p>A name is a key without the zero byte that ends it, so that keys of the codec {@code text} sort as names do.
 */
final class TezosDirectories {
    /** Values up to so many bytes are hashed when they are needed, which takes no longer than to read what is remembered. */
    static final int SHORT_VALUE_BYTES = 120;

    /** What is remembered, read for as long as a piece of work takes. */
    interface Remembered {
        <T> T contexts(Function<ContextRows, T> work);
    }

    private final TezosHash rule;
    private final NodeSource nodes;
    private final Remembered remembered;
    private final InodeTree inodes;
    private final Map<Long, DirectoryHash> directories = new LinkedHashMap<>();
    private final Map<Long, DirectoryHash> read = new HashMap<>();
    private final List<Inode> newInodes = new ArrayList<>();
    private final Map<Long, byte[]> newValues = new LinkedHashMap<>();
    private long lastInode = -1;

    TezosDirectories(TezosHash rule, NodeSource nodes, Remembered remembered) {
        this.rule = rule;
        this.nodes = nodes;
        this.remembered = remembered;
        this.inodes = new InodeTree(rule, ids -> remembered.contexts(rows -> rows.inodes(ids)), new Appended());
    }

    TezosHash rule() {
        return rule;
    }

    /** Writes down what was made. */
    void remember(ContextRows rows) {
        rows.append(directories.values(), newInodes, newValues);
    }

    /** The hash of a tree by its top, 0 for the empty one. */
    byte[] hash(long top) {
        return top == 0 ? rule.flat(List.of()) : directory(top).hash();
    }

    /** Hashes trees that were changed, each behind those that are linked in it. */
    void changed(List<TreeChanges.Tree> trees) {
        long[] tops = trees.stream()
                .flatMapToLong(each -> LongStream.of(each.before(), each.after()))
                .filter(top -> top != 0)
                .distinct()
                .toArray();
        read.putAll(remembered.contexts(rows -> rows.directories(tops)));
        trees.stream()
                .filter(each -> !read.containsKey(each.after()))
                .forEach(this::changed); // one may be as it once was
    }

    private void changed(TreeChanges.Tree tree) {
        DirectoryHash base = tree.before() == 0 ? new DirectoryHash(0, 0, 0, null) : known(tree.before());
        if (base == null) {
            directory(tree.after());
            return;
        }
        long entryCount = base.entryCount();
        for (TreeChanges.Entry each : tree.entries()) {
            entryCount += (each.leaf() == null ? 0 : 1) - (each.existed() ? 1 : 0);
        }
        if (entryCount > TezosHash.FLAT_ENTRIES && base.inode() != 0) {
            InodeTree.Ref top = inodes.update(base.inode(), changes(tree.entries()));
            put(new DirectoryHash(tree.after(), entryCount, top.id(), top.hash()));
        } else {
            put(made(tree.after(), leaves(tree.after())));
        }
    }

    private List<TezosChange> changes(List<TreeChanges.Entry> entries) {
        List<Leaf> leaves = entries.stream()
                .map(TreeChanges.Entry::leaf)
                .filter(each -> each != null)
                .toList();
        Iterator<TezosEntry> after = entries(leaves).iterator();
        return entries.stream()
                .map(each ->
                        new TezosChange(name(each.key()), each.existed(), each.leaf() == null ? null : after.next()))
                .toList();
    }

    /** A directory by its top; hashed with all that is below it where it is not known. */
    private DirectoryHash directory(long top) {
        Deque<Long> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            long next = open.peek();
            if (known(next) == null) {
                List<Leaf> leaves = leaves(next);
                List<Long> unknown = unknown(leaves);
                if (!unknown.isEmpty()) {
                    unknown.forEach(open::push);
                    continue;
                }
                put(made(next, leaves));
            }
            open.pop();
        }
        return known(top);
    }

    /** Hashes a directory from its entries, whose own hashes are known if they are directories. */
    private DirectoryHash made(long top, List<Leaf> leaves) {
        List<TezosEntry> entries = entries(leaves);
        if (entries.size() <= TezosHash.FLAT_ENTRIES) {
            return new DirectoryHash(top, entries.size(), 0, rule.flat(entries));
        }
        InodeTree.Ref first = inodes.build(entries);
        return new DirectoryHash(top, entries.size(), first.id(), first.hash());
    }

    private List<TezosEntry> entries(List<Leaf> leaves) {
        unknown(leaves).forEach(this::directory);
        Map<Long, byte[]> longValues = longValues(leaves);
        List<TezosEntry> entries = new ArrayList<>(leaves.size());
        for (Leaf each : leaves) {
            byte[] hash = each.isTree() ? known(each.tree()).hash() : longValues.get(each.oid());
            entries.add(
                    new TezosEntry(name(each.key()), each.isTree(), hash == null ? rule.value(each.value()) : hash));
        }
        return entries;
    }

    /** The hashes of the long ones among some values, those that were not remembered included. */
    private Map<Long, byte[]> longValues(List<Leaf> leaves) {
        List<Leaf> large = leaves.stream()
                .filter(each -> !each.isTree() && each.value().length > SHORT_VALUE_BYTES)
                .toList();
        if (large.isEmpty()) {
            return Map.of();
        }
        Map<Long, byte[]> hashes = new HashMap<>(newValues);
        hashes.putAll(remembered.contexts(rows -> rows.values(large.stream()
                .mapToLong(Leaf::oid)
                .filter(oid -> !newValues.containsKey(oid))
                .toArray())));
        for (Leaf each : large) {
            if (!hashes.containsKey(each.oid())) {
                byte[] hash = rule.value(each.value());
                hashes.put(each.oid(), hash);
                newValues.put(each.oid(), hash);
            }
        }
        return hashes;
    }

    /** The tops of those linked trees that are not known; one statement for all that are not in memory. */
    private List<Long> unknown(Collection<Leaf> leaves) {
        long[] asked = leaves.stream()
                .filter(Leaf::isTree)
                .mapToLong(Leaf::tree)
                .filter(top -> !directories.containsKey(top) && !read.containsKey(top))
                .distinct()
                .toArray();
        if (asked.length == 0) {
            return List.of();
        }
        read.putAll(remembered.contexts(rows -> rows.directories(asked)));
        return Arrays.stream(asked)
                .filter(top -> !read.containsKey(top))
                .boxed()
                .toList();
    }

    /** What is known of a directory, null for nothing. */
    private DirectoryHash known(long top) {
        DirectoryHash made = directories.get(top);
        if (made != null) {
            return made;
        }
        return read.computeIfAbsent(
                top,
                asked -> remembered
                        .contexts(rows -> rows.directories(new long[] {asked}))
                        .get(asked));
    }

    private void put(DirectoryHash directory) {
        directories.put(directory.top(), directory);
    }

    /** The leaves of a tree in the order of their keys, with their values. */
    private List<Leaf> leaves(long top) {
        return leaves(nodes, top);
    }

    static List<Leaf> leaves(NodeSource nodes, long top) {
        List<Leaf> leaves = new ArrayList<>();
        Comparison.entries(nodes, top, new byte[0]).forEachRemaining(each -> leaves.add(each.after()));
        return leaves;
    }

    /** The name of a canonical key. */
    static byte[] name(byte[] key) {
        return Arrays.copyOf(key, key.length - 1);
    }

    /** Gives out ids behind those that are stored, and keeps what is new. */
    private final class Appended implements InodeTree.Sink {
        @Override
        public long nextInode() {
            if (lastInode < 0) {
                lastInode = remembered.contexts(ContextRows::lastInode);
            }
            return ++lastInode;
        }

        @Override
        public void inode(Inode inode) {
            newInodes.add(inode);
        }
    }
}
