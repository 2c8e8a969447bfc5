package org.dacite.context;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dacite.hashing.Digest;
import org.dacite.store.DirectoryHash;
import org.dacite.store.Inode;
import org.dacite.store.Revision;
import org.dacite.store.SchemeFsck;
import org.dacite.tree.DamageException;
import org.dacite.tree.Leaf;

/**
 * Looks for damage in what is remembered of Tezos hashes. Every row follows from what stands beside it: that of a value from the
 * value, that of a directory hashed in one piece from its leaves and the rows of the directories in it, that of an inode from
 * its children, that of a commit from its directory and its parent. The inodes of big directories are also made anew from the
 * leaves, for every revision that a branch leads to; of older ones only the parts are compared, since to make each anew takes
 * as long as it has entries. Stateless; any thread.
 */
public final class TezosFsck implements SchemeFsck {
    @Override
    public String scheme() {
        return HashScheme.TEZOS.label();
    }

    @Override
    public void check(Evidence evidence) {
        new Check(evidence).run();
    }

    private static final class Check {
        private final Evidence evidence;
        private final TezosHash rule = new TezosHash();
        private final Set<Long> seen = new HashSet<>();

        private Check(Evidence evidence) {
            this.evidence = evidence;
        }

        private void run() {
            evidence.progress("Tezos hashes of values");
            evidence.values(this::checkValue);
            evidence.progress("Tezos hashes of directories");
            evidence.directories(this::checkDirectory);
            if (evidence.whole()) {
                evidence.inodes(this::checkInode);
            }
            evidence.progress("big directories from the leaves alone");
            evidence.heads().forEach(head -> checkTree(head.rootLink()));
            evidence.progress("Tezos hashes of commits");
            evidence.revisions().forEach(this::checkCommit);
        }

        private void checkValue(long leaf, byte[] hash, byte[] value) {
            if (value == null) {
                evidence.damage("context_value", leaf, "a leaf with a value", "none");
            } else {
                compare("context_value", leaf, rule.value(value), hash);
            }
        }

        private void checkDirectory(DirectoryHash row) {
            if (row.inode() != 0) {
                checkFirst(row);
                return;
            }
            List<TezosEntry> entries = entries(row.top());
            if (entries != null && agrees("context_directory", row.top(), entries.size(), row.entryCount())) {
                compare("context_directory", row.top(), rule.flat(entries), row.hash());
            }
        }

        /** Whether the first inode of a big directory is what its row says. */
        private void checkFirst(DirectoryHash row) {
            Inode first = inodes(new long[] {row.inode()}).get(row.inode());
            if (first == null) {
                evidence.damage("context_directory", Math.abs(row.top()), "inode " + row.inode(), "none");
            } else if (agrees("context_directory", row.top(), first.entryCount(), row.entryCount())) {
                compare("context_directory", row.top(), rule.inode(first.content()), row.hash());
            }
        }

        /** Whether an inode is what its content and its children make of it. */
        private void checkInode(Inode inode) {
            try {
                if (inode.isLeaf()) {
                    agrees("context_inode", inode.id(), InodeForm.entries(inode).size(), inode.entryCount());
                    return;
                }
                Map<Long, Inode> found = inodes(inode.children());
                long entryCount = 0;
                for (InodeForm.Child each : InodeForm.children(inode)) {
                    Inode child = found.get(each.id());
                    if (child == null || child.depth() != inode.depth() + 1) {
                        evidence.damage(
                                "context_inode",
                                inode.id(),
                                "a child " + each.id() + " at depth " + (inode.depth() + 1),
                                child == null ? "none" : "one at depth " + child.depth());
                        return;
                    }
                    compare("context_inode", child.id(), each.hash(), rule.inode(child.content()));
                    entryCount += child.entryCount();
                }
                agrees("context_inode", inode.id(), entryCount, inode.entryCount());
            } catch (DamageException e) {
                evidence.damage("context_inode", inode.id(), "the content of an inode", e.getMessage());
            }
        }

        /** Makes the inodes of every big directory anew that is at or below a tree. */
        private void checkTree(long root) {
            Deque<Long> open = new ArrayDeque<>();
            if (root != 0) {
                open.push(root);
            }
            while (!open.isEmpty()) {
                long top = open.pop();
                if (seen.add(top)) {
                    List<Leaf> leaves = leaves(top);
                    leaves.stream().filter(Leaf::isTree).map(Leaf::tree).forEach(open::push);
                    if (leaves.size() > TezosHash.FLAT_ENTRIES) {
                        checkBig(top, leaves);
                    }
                }
            }
        }

        private void checkBig(long top, List<Leaf> leaves) {
            DirectoryHash row = directories(new long[] {top}).get(top);
            List<TezosEntry> entries = entries(leaves);
            if (row == null) {
                evidence.damage("context_directory", Math.abs(top), "the hash of a directory", "none");
            } else if (entries != null && agrees("context_directory", top, entries.size(), row.entryCount())) {
                byte[] hash = new InodeTree(rule, ids -> Map.of(), new Forgotten())
                        .build(entries)
                        .hash();
                compare("context_directory", top, hash, row.hash());
                if (!evidence.whole() && row.inode() != 0) {
                    checkInodes(row.inode());
                }
            }
        }

        /** The inodes of one directory, where not all are looked at. */
        private void checkInodes(long first) {
            Deque<Long> open = new ArrayDeque<>(List.of(first));
            while (!open.isEmpty()) {
                Inode next = inodes(new long[] {open.peek()}).get(open.pop());
                if (next != null) { // else its parent tells
                    checkInode(next);
                    Arrays.stream(next.children()).forEach(open::push);
                }
            }
        }

        private void checkCommit(Revision revision) {
            Optional<Digest> stored = hash(revision.id());
            Optional<Digest> parent =
                    revision.parent().isPresent() ? hash(revision.parent().getAsLong()) : Optional.empty();
            if (stored.isEmpty()) {
                if (parent.isPresent()) {
                    evidence.damage("context_commit", revision.id(), "a hash, as its parent carries one", "none");
                }
                return;
            }
            if (revision.pruned()) {
                return; // what its root was is not kept
            }
            long top = revision.rootLink();
            DirectoryHash root = top == 0
                    ? new DirectoryHash(0, 0, 0, rule.flat(List.of()))
                    : directories(new long[] {top}).get(top);
            if (root == null) {
                evidence.damage("context_directory", Math.abs(top), "the hash of a root directory", "none");
            } else {
                compare(
                        "context_commit",
                        revision.id(),
                        TezosCommit.hash(rule, root.hash(), parent, revision),
                        stored.get().bytes());
            }
        }

        /** The entries of a directory, sorted by name; null where the hash of one of them is missing, which is told. */
        private List<TezosEntry> entries(long top) {
            return entries(leaves(top));
        }

        private List<TezosEntry> entries(List<Leaf> leaves) {
            Map<Long, DirectoryHash> below = directories(
                    leaves.stream().filter(Leaf::isTree).mapToLong(Leaf::tree).toArray());
            List<TezosEntry> entries = new ArrayList<>(leaves.size());
            for (Leaf each : leaves) {
                DirectoryHash directory = each.isTree() ? below.get(each.tree()) : null;
                if (each.isTree() && directory == null) {
                    evidence.damage("context_directory", Math.abs(each.tree()), "the hash of a directory", "none");
                    return null;
                }
                entries.add(new TezosEntry(
                        TezosDirectories.name(each.key()),
                        each.isTree(),
                        each.isTree() ? directory.hash() : rule.value(each.value())));
            }
            return entries;
        }

        /** The leaves of a tree; of one that is damaged none, since the check of its rows tells. */
        private List<Leaf> leaves(long top) {
            try {
                return TezosDirectories.leaves(evidence.nodes(), top);
            } catch (DamageException e) {
                evidence.damage("context_directory", Math.abs(top), "the leaves of its tree", e.getMessage());
                return List.of();
            }
        }

        private Map<Long, DirectoryHash> directories(long[] tops) {
            return evidence.contexts(rows -> rows.directories(tops));
        }

        private Map<Long, Inode> inodes(long[] ids) {
            return evidence.contexts(rows -> rows.inodes(ids));
        }

        private Optional<Digest> hash(long revision) {
            return evidence.contexts(rows -> rows.hash(revision));
        }

        private boolean agrees(String table, long id, long expected, long found) {
            if (expected != found) {
                evidence.damage(table, Math.abs(id), "entry_count " + expected, "entry_count " + found);
            }
            return expected == found;
        }

        private void compare(String table, long id, byte[] expected, byte[] found) {
            if (!Arrays.equals(expected, found)) {
                HexFormat hex = HexFormat.of();
                evidence.damage(table, Math.abs(id), hex.formatHex(expected), hex.formatHex(found));
            }
        }
    }

    /** Takes inodes and forgets them. */
    private static final class Forgotten implements InodeTree.Sink {
        private long last;

        @Override
        public long nextInode() {
            return ++last;
        }

        @Override
        public void inode(Inode inode) {}
    }
}
