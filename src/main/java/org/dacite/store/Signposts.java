package org.dacite.store;

import java.lang.invoke.VarHandle;
import org.dacite.tree.NodeSource;
import org.dacite.tree.Vertex;

/**
 * Vertices by OID with nothing but what leads a key to its leaf: depth, left, right. Each takes 17 bytes, a seventh of a whole
 * one, so that a cache which is small for its tree still knows the way almost to the end.
 *
 * <pre>
 *   bucket   version   8 × (oid, depth   left, right)
 * </pre>
 *
 * A child stands as how far its OID lies below the vertex's, with the sign of its link; what is too far is not kept.
 *
 * <p>Grows with what it is given, up to its bound; then the deepest of a few neighbours goes, to which the fewest keys lead.
 *
 * <p>Any thread reads, without a lock: what it saw counts if the version of the bucket is even and the same afterwards.
 * Writers take turns, by the lock of whoever owns it.
 */
final class Signposts {
    private static final int WAYS = 8;
    private static final int BUCKET = 1 + 2 * WAYS;
    private static final int FIRST_BUCKETS = 1 << 6;

    /** The deepest of so many goes. */
    private static final int CANDIDATES = 4;

    private static final int DEPTH_BITS = 14;
    private static final int DEPTH_MASK = (1 << DEPTH_BITS) - 1;
    private static final long MAX_OID = Long.MAX_VALUE >>> DEPTH_BITS;

    private final int maxBuckets;
    private volatile long[] buckets = new long[0];
    private int count;
    private int turn;

    /** Takes at most so many bytes. */
    Signposts(long maxBytes) {
        this.maxBuckets = (int) Math.min(Integer.MAX_VALUE / BUCKET, maxBytes / (BUCKET * Long.BYTES));
    }

    /** The child of a vertex that a key leads to, 0 for none; {@link NodeSource#UNKNOWN} where the vertex is not here. */
    long child(long oid, byte[] key) {
        while (true) {
            long[] now = buckets;
            if (now.length == 0) {
                return NodeSource.UNKNOWN;
            }
            int bucket = bucket(now, oid);
            long version = now[bucket];
            VarHandle.loadLoadFence();
            int at = find(now, bucket, oid);
            long child = at < 0
                    ? NodeSource.UNKNOWN
                    : Vertex.child(
                            depth(now[at]), near(oid, now[at + 1] >> 32), near(oid, now[at + 1] << 32 >> 32), key);
            VarHandle.loadLoadFence();
            if ((version & 1) == 0 && now[bucket] == version) {
                return child;
            }
            Thread.onSpinWait();
        }
    }

    /** Whether it would rather grow before the next one comes. */
    boolean isCrowded() {
        long size = buckets.length / BUCKET;
        return size < maxBuckets && count >= size * (WAYS * 3L / 4);
    }

    /** About how much memory it would take if it grew now. */
    long bytesGrown() {
        return (long) grown() * BUCKET * Long.BYTES;
    }

    private int grown() {
        return Math.min(maxBuckets, Math.max(FIRST_BUCKETS, buckets.length / BUCKET * 2));
    }

    /** Takes more memory. */
    void grow() {
        long[] old = buckets;
        long[] larger = new long[grown() * BUCKET];
        count = 0;
        for (int bucket = 0; bucket < old.length; bucket += BUCKET) {
            for (int at = bucket + 1; at < bucket + BUCKET; at += 2) {
                if (old[at] != 0) {
                    set(larger, old[at], old[at + 1]);
                }
            }
        }
        buckets = larger;
    }

    /** Keeps a vertex, unless no memory was given. */
    void put(long oid, int depth, long left, long right) {
        long[] now = buckets;
        if (now.length > 0 && oid <= MAX_OID && isNear(oid, left) && isNear(oid, right)) {
            set(now, (oid << DEPTH_BITS) | depth, (distance(oid, left) << 32) | (distance(oid, right) & 0xffff_ffffL));
        }
    }

    private static boolean isNear(long oid, long link) {
        return oid - Math.abs(link) <= Integer.MAX_VALUE;
    }

    private static long distance(long oid, long link) {
        return Long.signum(link) * (oid - Math.abs(link));
    }

    /** The link at a distance. */
    private static long near(long oid, long distance) {
        return Long.signum(distance) * (oid - Math.abs(distance));
    }

    private void set(long[] now, long name, long children) {
        int bucket = bucket(now, name >>> DEPTH_BITS);
        int at = find(now, bucket, name >>> DEPTH_BITS);
        if (at >= 0) {
            return; // rows never change
        }
        at = place(now, bucket);
        count += now[at] == 0 ? 1 : 0;
        now[bucket]++;
        VarHandle.storeStoreFence();
        now[at] = name;
        now[at + 1] = children;
        VarHandle.storeStoreFence();
        now[bucket]++;
    }

    /** An empty place, or that of the deepest of some whose turn it is. */
    private int place(long[] now, int bucket) {
        for (int at = bucket + 1; at < bucket + BUCKET; at += 2) {
            if (now[at] == 0) {
                return at;
            }
        }
        int deepest = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            int at = bucket + 1 + 2 * (turn++ & (WAYS - 1));
            if (deepest < 0 || depth(now[at]) > depth(now[deepest])) {
                deepest = at;
            }
        }
        return deepest;
    }

    private static int depth(long name) {
        return (int) name & DEPTH_MASK;
    }

    /** Forgets all, and the memory. */
    void clear() {
        buckets = new long[0];
        count = 0;
    }

    /** How much memory it takes. */
    long bytes() {
        return (long) buckets.length * Long.BYTES;
    }

    private static int bucket(long[] now, long oid) {
        long mixed = oid * 0x9E3779B97F4A7C15L;
        return (int) (((mixed >>> 32) * (now.length / BUCKET)) >>> 32) * BUCKET;
    }

    private static int find(long[] now, int bucket, long oid) {
        for (int at = bucket + 1; at < bucket + BUCKET; at += 2) {
            if (now[at] >>> DEPTH_BITS == oid) {
                return at;
            }
        }
        return -1;
    }
}
