package org.dacite.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dacite.bits.Bits;
import org.dacite.bits.KeyCodec;

/**
 * Which rows of a map an answer is about: of one tree, some keys, or all in a range of canonical keys. Immutable; any
 * thread.
 */
public final class RowSelection {
    private final KeyCodec codec;
    private final List<byte[]> trees;
    private final List<byte[]> keys;
    private final byte[] from;
    private final byte[] to;

    private RowSelection(KeyCodec codec, List<byte[]> trees, List<byte[]> keys, byte[] from, byte[] to) {
        this.codec = codec;
        this.trees = trees.stream().map(byte[]::clone).toList();
        this.keys = keys;
        this.from = from;
        this.to = to;
    }

    /**
     * Some keys of one tree, there or not.
     *
     * @param trees the names of the tree, outermost first; none: the top one
     * @param keys user keys, at least one
     */
    public static RowSelection ofKeys(KeyCodec codec, List<byte[]> trees, List<byte[]> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("expected at least one key, got none");
        }
        List<byte[]> sorted = new ArrayList<>();
        keys.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(codec.canonical(a), codec.canonical(b)))
                .filter(key -> sorted.isEmpty() || !Arrays.equals(sorted.get(sorted.size() - 1), key))
                .forEach(key -> sorted.add(key.clone()));
        return new RowSelection(codec, trees, List.copyOf(sorted), null, null);
    }

    /**
     * All keys of one tree with {@code from <= canonical key < to}; not for {@code hashed} keys, which keep no order.
     *
     * @param from canonical bytes; none: from the first key
     * @param to canonical bytes; null: to the last key
     */
    public static RowSelection ofRange(KeyCodec codec, List<byte[]> trees, byte[] from, byte[] to) {
        codec.canonicalPrefix(from);
        return new RowSelection(codec, trees, null, from.clone(), to == null ? null : to.clone());
    }

    /** How keys are made. */
    public KeyCodec codec() {
        return codec;
    }

    /** The names of the tree as its user calls them, outermost first. */
    public List<byte[]> trees() {
        return trees.stream().map(byte[]::clone).toList();
    }

    /** The keys as their user calls them, in the order of the canonical ones; empty of a range. */
    public Optional<List<byte[]>> keys() {
        return Optional.ofNullable(keys)
                .map(all -> all.stream().map(byte[]::clone).toList());
    }

    /** Where a range begins, in canonical bytes. */
    public byte[] from() {
        return from.clone();
    }

    /** Where a range ends, in canonical bytes; empty: nowhere. */
    public Optional<byte[]> to() {
        return Optional.ofNullable(to).map(byte[]::clone);
    }

    /** The canonical names of the tree. */
    public List<byte[]> path() {
        return trees.stream().map(codec::canonical).toList();
    }

    /** A row that was selected: a key as its user calls it, and its value. */
    public record Row(byte[] key, byte[] value) {}

    /**
     * What a verified proof says of the selected rows: all that there are, in the order of their canonical keys. Keys
     * that hold trees are no rows. An {@link UnprovenRowsException} where the proof leaves out what may be one.
     */
    List<Row> rows(VerifiedTree verified) {
        if (keys != null) {
            return listed(verified);
        }
        List<Bits> path = path().stream().map(Bits::ofKey).toList();
        Optional<Bits> hidden = hidden(verified);
        if (hidden.isPresent()) {
            throw new UnprovenRowsException(hidden.get());
        }
        List<Row> rows = new ArrayList<>();
        for (VerifiedTree.Shown shown : verified.shown()) {
            if (shown.trees().equals(path) && holds(shown.key())) {
                if (shown.key().length() % 8 != 0 || !codec.canMake(shown.key().toKey())) {
                    throw new UnprovenRowsException(shown.key(), codec);
                }
                byte[] key = shown.key().toKey();
                rows.add(new Row(codec.user(key), ((Verdict.Present) shown.verdict()).value()));
            }
        }
        return rows;
    }

    private List<Row> listed(VerifiedTree verified) {
        List<Row> rows = new ArrayList<>();
        for (byte[] key : keys) {
            List<byte[]> path = new ArrayList<>(path());
            path.add(codec.canonical(key));
            Verdict verdict = verified.find(path);
            if (verdict instanceof Verdict.Unknown) {
                throw new UnprovenRowsException(Bits.ofKey(codec.canonical(key)));
            }
            if (verdict instanceof Verdict.Present present) {
                rows.add(new Row(key.clone(), present.value()));
            }
        }
        return rows;
    }

    private boolean holds(Bits key) {
        if (key.length() % 8 != 0) {
            return true; // said to be of no codec above
        }
        byte[] bytes = key.toKey();
        return Arrays.compareUnsigned(bytes, from) >= 0 && (to == null || Arrays.compareUnsigned(bytes, to) < 0);
    }

    /** The bits that the keys of the first part begin with which is left out and may hold a row of the range. */
    Optional<Bits> hidden(VerifiedTree verified) {
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
            return Optional.empty(); // nothing lies between
        }
        List<Bits> path = path().stream().map(Bits::ofKey).toList();
        for (VerifiedTree.Hidden part : verified.hidden()) {
            int depth = part.trees().size();
            boolean onTheWay = depth <= path.size() && part.trees().equals(path.subList(0, depth));
            if (onTheWay && (depth < path.size() ? begins(path.get(depth), part.prefix()) : mayHold(verified, part))) {
                return Optional.of(part.prefix());
            }
        }
        return Optional.empty();
    }

    private static boolean begins(Bits key, Bits prefix) {
        return key.commonPrefixLength(prefix) == prefix.length();
    }

    private boolean mayHold(VerifiedTree verified, VerifiedTree.Hidden part) {
        Bits prefix = part.prefix();
        Bits first = Bits.ofKey(from);
        int common = prefix.commonPrefixLength(first);
        boolean before = common < prefix.length() && common < first.length() && prefix.bit(common) == 0;
        boolean after = to != null && Arrays.compareUnsigned(least(prefix), to) >= 0;
        return !before && !after && !isLink(verified, part);
    }

    /** The least bytes that begin with these bits. */
    private static byte[] least(Bits prefix) {
        byte[] bytes = Arrays.copyOf(prefix.padded(), (prefix.length() + 7) / 8);
        int rest = prefix.length() % 8;
        if (rest != 0) {
            bytes[bytes.length - 1] &= (byte) (0xff00 >>> rest);
        }
        return bytes;
    }

    /** Whether the part is a tree that is not shown at a key that is: a key that holds a tree is no row. */
    private boolean isLink(VerifiedTree verified, VerifiedTree.Hidden part) {
        if (part.prefix().length() % 8 != 0 || part.prefix().length() == 0) {
            return false;
        }
        List<byte[]> path = new ArrayList<>(path());
        path.add(part.prefix().toKey());
        return verified.find(path) instanceof Verdict.PresentTree;
    }
}
