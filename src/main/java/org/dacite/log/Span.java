package org.dacite.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.dacite.hashing.Digest;

/**
 * A node of a log of any size, named by the entries {@code [from, to)} below it: a perfect subtree, which is stored, or
 * one at the right edge, which is made of several. Which spans a proof is made of follows from numbers alone.
 */
record Span(long from, long to) {
    /** The nodes of PATH(index, D[size]), in the order of RFC 9162, 2.1.3.1. */
    static List<Span> ofInclusion(long index, long size) {
        List<Span> downwards = new ArrayList<>();
        Span at = new Span(0, size);
        while (at.to - at.from > 1) {
            long split = at.split();
            Span left = new Span(at.from, split);
            Span right = new Span(split, at.to);
            downwards.add(index < split ? right : left);
            at = index < split ? left : right;
        }
        Collections.reverse(downwards);
        return downwards;
    }

    /** The nodes of PROOF(first, D[second]), in the order of RFC 9162, 2.1.4.1; the first size is from 1 on. */
    static List<Span> ofConsistency(long first, long second) {
        List<Span> downwards = new ArrayList<>();
        Span at = new Span(0, second);
        while (first < at.to) {
            long split = at.split();
            Span left = new Span(at.from, split);
            Span right = new Span(split, at.to);
            downwards.add(first <= split ? right : left);
            at = first <= split ? left : right;
        }
        if (at.from > 0) {
            downwards.add(at);
        }
        Collections.reverse(downwards);
        return downwards;
    }

    /** The positions of the stored nodes that these spans are made of, ascending. */
    static long[] positions(List<Span> spans) {
        return spans.stream()
                .flatMapToLong(span -> LongStream.of(span.covering()))
                .sorted()
                .toArray();
    }

    /** Its hash, MTH(D[from:to]), made of stored nodes. */
    Digest digest(Map<Long, Digest> stored, LogHash hash) {
        long[] positions = covering();
        byte[] node = stored.get(positions[positions.length - 1]).bytes();
        for (int i = positions.length - 2; i >= 0; i--) {
            node = hash.inner(stored.get(positions[i]).bytes(), node);
        }
        return Digest.of(node);
    }

    private long[] covering() {
        return Positions.covering(from, to);
    }

    /** Where it divides: after the largest power of two of entries that leaves some over. */
    private long split() {
        return from + Long.highestOneBit(to - from - 1);
    }
}
