package org.dacite.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;

/**
 * A log whose nodes are stored: its root and its proofs at this and at every earlier size, each for one call to the
 * source, or for none.
 *
 * <p>A size above its own or an entry that it does not have is an {@link IllegalArgumentException}; a node that the
 * source should have and has not, a {@link LogDamageException}. Immutable; for any thread if its source is.
 */
public final class StoredLog {
    private final HashAlgorithm algorithm;
    private final long size;
    private final LogNodeSource source;

    private StoredLog(HashAlgorithm algorithm, long size, LogNodeSource source) {
        this.algorithm = algorithm;
        this.size = size;
        this.source = source;
    }

    /** The log of so many entries, all of whose {@link Positions#count(long) nodes} the source has. */
    public static StoredLog of(HashAlgorithm algorithm, long size, LogNodeSource source) {
        requireWithin("a size", 0, Positions.MAX_SIZE, size);
        return new StoredLog(algorithm, size, source);
    }

    /** How many entries it has. */
    public long size() {
        return size;
    }

    /** The range over all its entries, to which the next one is appended. */
    public CompactRange range() {
        return range(size);
    }

    /** The tree hash over its first {@code size} entries. */
    public Digest root(long size) {
        requireWithin("a size", 0, this.size, size);
        return Digest.of(range(size).root());
    }

    /** The proof that the entry at {@code index} stands in the log of {@code size} entries; RFC 9162, 2.1.3.1. */
    public InclusionProof inclusion(long index, long size) {
        requireWithin("a size", 1, this.size, size);
        requireWithin("an index", 0, size - 1, index);
        return new InclusionProof(algorithm, index, size, digests(Span.ofInclusion(index, size)));
    }

    /**
     * The proof that the log of {@code second} entries goes on from that of {@code first}; RFC 9162, 2.1.4.1. Without
     * digests when {@code first} is 0 or the two are equal.
     */
    public ConsistencyProof consistency(long first, long second) {
        requireWithin("a second size", 0, this.size, second);
        requireWithin("a first size", 0, second, first);
        List<Span> spans = first == 0 ? List.of() : Span.ofConsistency(first, second);
        return new ConsistencyProof(algorithm, first, second, digests(spans));
    }

    private CompactRange range(long size) {
        long[] positions = Positions.covering(size);
        Map<Long, Digest> stored = fetch(positions);
        List<Digest> subtrees = new ArrayList<>(positions.length);
        for (long position : positions) {
            subtrees.add(stored.get(position));
        }
        return CompactRange.of(algorithm, size, subtrees);
    }

    private List<Digest> digests(List<Span> spans) {
        Map<Long, Digest> stored = fetch(Span.positions(spans));
        LogHash hash = LogHash.of(algorithm);
        return spans.stream().map(span -> span.digest(stored, hash)).toList();
    }

    private Map<Long, Digest> fetch(long[] positions) {
        if (positions.length == 0) {
            return Map.of();
        }
        Map<Long, Digest> stored = source.nodes(positions.clone());
        for (long position : positions) {
            if (!stored.containsKey(position)) {
                throw new LogDamageException(position, size);
            }
        }
        return stored;
    }

    private static void requireWithin(String what, long least, long most, long number) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    "expected " + what + " from " + least + " to " + most + ", got " + number);
        }
    }
}
