package org.dacite.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.tree.Leaf;
import org.dacite.tree.Vertex;

/**
 * Makes the work of a bench: keys are the SHA-256 of a counter, values and choices come from a seed, so that the same
 * options make the same map. For one thread.
 */
final class Workload {
    private static final int VALUE_BYTES = 100;

    /** What the nodes of one record take in memory: a leaf with its key and value, and a vertex. */
    static final long NODE_BYTES = leafBytes() + vertexBytes();

    private final Random random;
    private final MessageDigest digest = HashAlgorithm.SHA_256.newMessageDigest();
    private long keys;

    Workload(long seed) {
        this.random = new Random(seed);
    }

    /** How many keys there are by now. */
    long keys() {
        return keys;
    }

    /** A new key. */
    Change fresh() {
        return new Change(key(keys++), value());
    }

    /** New keys. */
    Change[] fresh(int size) {
        Change[] changes = new Change[size];
        Arrays.setAll(changes, i -> fresh());
        return changes;
    }

    /** Changes of one commit, no key twice: so many updates of existing keys, the rest new keys. */
    Change[] mixed(int size, int updates) {
        long existing = keys;
        Set<Long> chosen = new HashSet<>();
        List<Change> changes = new ArrayList<>(size);
        while (chosen.size() < updates) {
            long number = below(existing);
            if (chosen.add(number)) {
                changes.add(new Change(key(number), value()));
            }
        }
        changes.addAll(List.of(fresh(size - updates)));
        return changes.toArray(Change[]::new);
    }

    /** Keys chosen at random among the first {@code existing} ones. */
    byte[][] existing(int size, long existing) {
        byte[][] chosen = new byte[size][];
        for (int i = 0; i < size; i++) {
            chosen[i] = key(below(existing));
        }
        return chosen;
    }

    private static long leafBytes() {
        byte[] digest = new byte[Digest.BYTES];
        return new Leaf(1, digest, null, new byte[VALUE_BYTES], 0, 1, digest, 1).sizeBytes();
    }

    private static long vertexBytes() {
        return new Vertex(3, new byte[3], 17, -1, -2, 2, new byte[Digest.BYTES]).sizeBytes();
    }

    private long below(long bound) {
        return (long) (random.nextDouble() * bound);
    }

    private byte[] key(long number) {
        return digest.digest(ByteBuffer.allocate(8).putLong(number).array());
    }

    private byte[] value() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }
}
