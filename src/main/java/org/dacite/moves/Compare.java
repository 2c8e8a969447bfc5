package org.dacite.moves;

import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Difference;
import org.dacite.store.Revision;
import org.dacite.store.StoreException;
import org.dacite.tree.Comparison;
import org.dacite.tree.Leaf;

/**
 * What two stores on any engines say of one branch: where their lines part, which the hashes of some revisions tell, since each
 * commits to all before it; and which keys differ, by a walk that enters no subtree whose hash is the same. Work is in proportion
 * to the difference.
 */
public final class Compare {
    private final Dacite first;
    private final Dacite second;
    private final String branch;

    /**
     * Where two lines part.
     *
     * @param common how many revisions they share, from the first on
     * @param first the first revision that the first store does not share, empty where its line ends there
     * @param second that of the second store
     */
    public record Parting(long common, Optional<Revision> first, Optional<Revision> second) {
        /** Whether they do not part at all. */
        public boolean same() {
            return first.isEmpty() && second.isEmpty();
        }
    }

    /** Two stores that both are open; {@link IllegalArgumentException} where their hashes cannot be held against each other. */
    public Compare(Dacite first, Dacite second, String branch) {
        requireEqual("hash algorithm", first.hash().label(), second.hash().label());
        requireEqual("key codec", first.codec().name(), second.codec().name());
        this.first = first;
        this.second = second;
        this.branch = branch;
    }

    private static void requireEqual(String what, String first, String second) {
        if (!first.equals(second)) {
            throw new IllegalArgumentException(
                    "expected two stores of one " + what + ", got " + first + " and " + second);
        }
    }

    /** The newest revision of the branch in each. */
    public Optional<Revision> head(Dacite dacite) {
        return dacite.branch(branch).head();
    }

    /** Where the two lines part; a look at a revision in each for every halving of the shorter line. */
    public Parting parting() {
        Optional<Revision> one = head(first);
        Optional<Revision> other = head(second);
        long low = 0;
        long high = Math.min(size(one), size(other));
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (hash(first, one.orElseThrow(), middle - 1).equals(hash(second, other.orElseThrow(), middle - 1))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Parting(low, at(first, one, low), at(second, other, low));
    }

    private static long size(Optional<Revision> head) {
        return head.map(each -> each.height() + 1).orElse(0L);
    }

    private static Optional<Revision> at(Dacite dacite, Optional<Revision> head, long height) {
        return size(head) > height ? Optional.of(get(dacite, head.orElseThrow(), height)) : Optional.empty();
    }

    private static Digest hash(Dacite dacite, Revision head, long height) {
        return get(dacite, head, height).hash();
    }

    private static Revision get(Dacite dacite, Revision head, long height) {
        return dacite.store()
                .ancestor(head, height)
                .orElseThrow(() -> new StoreException("expected a revision of height " + height + " at "
                        + dacite.store().place() + ", found none; run 'dacite fsck'"));
    }

    /**
     * The keys that differ between a revision of the first store and one of the second, in key order; none is the empty map.
     * Keep both from being pruned meanwhile by {@link Dacite#at}.
     */
    public Stream<Difference> differences(Optional<Revision> one, Optional<Revision> other) {
        if (one.map(Revision::root).equals(other.map(Revision::root))) {
            return Stream.empty();
        }
        TwoStores nodes = new TwoStores(first.store().nodes(), second.store().nodes());
        Comparison walk = Comparison.of(
                nodes,
                one.map(Revision::rootLink).orElse(0L),
                TwoStores.ofSecond(other.map(Revision::rootLink).orElse(0L)),
                new byte[0],
                null);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .map(this::difference);
    }

    private Difference difference(Comparison.Difference found) {
        List<byte[]> trees = found.trees().stream().map(this::userKey).toList();
        return new Difference(trees, userKey(found.leaf()), value(found.before()), value(found.after()));
    }

    private byte[] userKey(Leaf leaf) {
        return leaf.userKey() == null
                ? first.codec().user(leaf.key())
                : leaf.userKey().clone();
    }

    private static Optional<byte[]> value(Leaf leaf) {
        return leaf == null ? Optional.empty() : Optional.of(leaf.value().clone());
    }
}
