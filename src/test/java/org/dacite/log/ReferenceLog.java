package org.dacite.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dacite.hashing.Digest;
import org.dacite.reference.ReferenceHash;

/**
 * The definitions of RFC 9162, 2.1, written down once more, by recursion and without a thought of storage. Remembers
 * what it hashed, so that tests can ask it for every pair of sizes.
 */
final class ReferenceLog {
    private final ReferenceHash hash;
    private final List<byte[]> entries;
    private final Digest[][] remembered;

    ReferenceLog(ReferenceHash hash, List<byte[]> entries) {
        this.hash = hash;
        this.entries = entries;
        this.remembered = new Digest[entries.size() + 1][entries.size() + 1];
    }

    /** One of entries "entry 0", "entry 1" and so on. */
    static ReferenceLog numbered(ReferenceHash hash, int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
        }
        return new ReferenceLog(hash, entries);
    }

    List<byte[]> entries() {
        return entries;
    }

    byte[] entry(int index) {
        return entries.get(index);
    }

    /** MTH(D_n). */
    Digest root(int size) {
        return hash(0, size);
    }

    /** PATH(m, D_n). */
    List<Digest> inclusion(int index, int size) {
        return path(index, 0, size);
    }

    /** PROOF(m, D_n); the RFC has it for 0 < m < n, and SUBPROOF(m, D_m, true) is {} too. */
    List<Digest> consistency(int first, int second) {
        return first == 0 ? List.of() : subproof(first, 0, second, true);
    }

    /** MTH(D[from:to]). */
    private Digest hash(int from, int to) {
        if (remembered[from][to] == null) {
            int n = to - from;
            int k = largestPowerOfTwoBelow(n);
            byte[] digest = n == 0
                    ? hash.of()
                    : n == 1
                            ? hash.of(new byte[] {0}, entry(from))
                            : hash.of(
                                    new byte[] {1},
                                    hash(from, from + k).bytes(),
                                    hash(from + k, to).bytes());
            remembered[from][to] = Digest.of(digest);
        }
        return remembered[from][to];
    }

    /** PATH(m, D[from:to]), m counted from {@code from}. */
    private List<Digest> path(int m, int from, int to) {
        int n = to - from;
        if (n == 1) {
            return List.of();
        }
        int k = largestPowerOfTwoBelow(n);
        return m < k
                ? joined(path(m, from, from + k), hash(from + k, to))
                : joined(path(m - k, from + k, to), hash(from, from + k));
    }

    /** SUBPROOF(m, D[from:to], b). */
    private List<Digest> subproof(int m, int from, int to, boolean b) {
        int n = to - from;
        if (m == n) {
            return b ? List.of() : List.of(hash(from, to));
        }
        int k = largestPowerOfTwoBelow(n);
        return m <= k
                ? joined(subproof(m, from, from + k, b), hash(from + k, to))
                : joined(subproof(m - k, from + k, to, false), hash(from, from + k));
    }

    private static int largestPowerOfTwoBelow(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static List<Digest> joined(List<Digest> list, Digest digest) {
        List<Digest> longer = new ArrayList<>(list);
        longer.add(digest);
        return longer;
    }
}
