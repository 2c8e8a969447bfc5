package org.dacite.store;

import org.dacite.hashing.HashAlgorithm;

/**
 * How a store is made and opened. Immutable; start from {@link #defaults()} and change what differs.
 *
 * @param hash the hash algorithm of a new store; an existing one keeps its own
 * @param keyCodec the key codec of a new store: {@code text}, {@code bytes}, {@code uint} or {@code hashed}
 * @param indexes the indexes of a new store
 * @param create whether to make the store when there is none
 * @param readOnly whether to open it for reading alone
 * @param synchronous when a commit counts as durable
 * @param cacheBytes how much memory the node cache may take, at least 1 MiB
 * @param lockTimeoutMillis how long to wait for another writer before giving up, 0 or more
 */
public record Settings(
        HashAlgorithm hash,
        String keyCodec,
        IndexLevel indexes,
        boolean create,
        boolean readOnly,
        Synchronous synchronous,
        long cacheBytes,
        int lockTimeoutMillis) {
    private static final long MIN_CACHE_BYTES = 1 << 20;

    public Settings {
        if (cacheBytes < MIN_CACHE_BYTES) {
            throw new IllegalArgumentException(
                    "expected a cache of at least " + MIN_CACHE_BYTES + " bytes, got " + cacheBytes);
        }
        if (lockTimeoutMillis < 0) {
            throw new IllegalArgumentException(
                    "expected a lock timeout of 0 ms or more, got " + lockTimeoutMillis + " ms");
        }
    }

    /**
     * sha256, text keys, indexes on leaves; made when missing; durable at every commit; a cache of a quarter of the
     * heap, 512 MiB at most; 30 s for another writer.
     */
    public static Settings defaults() {
        long cacheBytes = Math.max(
                MIN_CACHE_BYTES, Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 4));
        return new Settings(
                HashAlgorithm.SHA_256, "text", IndexLevel.LEAVES, true, false, Synchronous.FULL, cacheBytes, 30_000);
    }

    public Settings withHash(HashAlgorithm newHash) {
        return new Settings(newHash, keyCodec, indexes, create, readOnly, synchronous, cacheBytes, lockTimeoutMillis);
    }

    public Settings withKeyCodec(String newKeyCodec) {
        return new Settings(hash, newKeyCodec, indexes, create, readOnly, synchronous, cacheBytes, lockTimeoutMillis);
    }

    public Settings withIndexes(IndexLevel newIndexes) {
        return new Settings(hash, keyCodec, newIndexes, create, readOnly, synchronous, cacheBytes, lockTimeoutMillis);
    }

    public Settings withCreate(boolean newCreate) {
        return new Settings(hash, keyCodec, indexes, newCreate, readOnly, synchronous, cacheBytes, lockTimeoutMillis);
    }

    public Settings withReadOnly(boolean newReadOnly) {
        return new Settings(hash, keyCodec, indexes, create, newReadOnly, synchronous, cacheBytes, lockTimeoutMillis);
    }

    public Settings withSynchronous(Synchronous newSynchronous) {
        return new Settings(hash, keyCodec, indexes, create, readOnly, newSynchronous, cacheBytes, lockTimeoutMillis);
    }

    public Settings withCacheBytes(long newCacheBytes) {
        return new Settings(hash, keyCodec, indexes, create, readOnly, synchronous, newCacheBytes, lockTimeoutMillis);
    }

    public Settings withLockTimeoutMillis(int newLockTimeoutMillis) {
        return new Settings(hash, keyCodec, indexes, create, readOnly, synchronous, cacheBytes, newLockTimeoutMillis);
    }
}
