package org.dacite.bench;

import java.util.Arrays;
import java.util.Locale;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.store.IndexLevel;
import org.dacite.store.Settings;
import org.dacite.store.Synchronous;

/**
 * What a bench works on and how much. Immutable; made by {@link #builder()}, which begins with the defaults.
 *
 * @param engine the engine of both sides
 * @param store for SQLite the folder to work in, empty for the system's own for temporary files; for PostgreSQL the JDBC
 *     URL of a database in which two schemas may be made
 * @param indexes the indexes of the Dacite side
 * @param synchronous when a commit counts as durable, on both sides
 * @param plainTable how the plain table of SQLite is laid out; the one of PostgreSQL is a heap with an index
 * @param plainOrder in which order the plain side gets its rows
 * @param hash the hash algorithm of the Dacite side
 * @param cacheBytes the node cache of the Dacite side
 * @param leaves how many records are loaded
 * @param batch how many of them a commit of the load takes
 * @param commits how many commits follow
 * @param changes how many changes each of them takes, half of them updates
 * @param singles how many commits of one change
 * @param gets how many keys are read at the head, and again at the old revision
 * @param proofs how many proofs of one key are made and verified
 * @param prune whether to prune at the end, beside a thread that commits
 * @param profile whether to tell where the time of loads and commits goes
 * @param seed what values and choices are made from
 * @param warmUp how many leaves a first run, which counts for nothing, loads; 0: there is none
 * @param runs how often all is repeated; medians are reported
 */
public record BenchOptions(
        Engine engine,
        String store,
        IndexLevel indexes,
        Synchronous synchronous,
        PlainTable plainTable,
        PlainOrder plainOrder,
        HashAlgorithm hash,
        long cacheBytes,
        int leaves,
        int batch,
        int commits,
        int changes,
        int singles,
        int gets,
        int proofs,
        boolean prune,
        boolean profile,
        long seed,
        int warmUp,
        int runs) {
    /** The engines that can be compared. */
    public enum Engine {
        SQLITE,
        POSTGRESQL;

        /** The engine of that label: {@code sqlite} or {@code postgresql}. */
        public static Engine labelled(String label) {
            return Arrays.stream(values())
                    .filter(each -> each.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected an engine, sqlite or postgresql, got '" + label + "'"));
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public BenchOptions {
        atLeast("leaves", leaves, 1);
        atLeast("batch", batch, 1);
        atLeast("commits", commits, 1);
        atLeast("changes", changes, 1);
        atLeast("singles", singles, 1);
        atLeast("gets", gets, 1);
        atLeast("proofs", proofs, 1);
        atLeast("warm-up", warmUp, 0);
        atLeast("runs", runs, 1);
        if (changes / 2 > leaves) {
            throw new IllegalArgumentException("expected at least " + changes / 2
                    + " leaves, half the changes of a commit, got " + leaves + "; load more or change less");
        }
        if (engine == Engine.POSTGRESQL && !store.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "expected the JDBC URL of a PostgreSQL database to work in, jdbc:postgresql://HOST/DATABASE, got '"
                            + store + "'");
        }
        if (engine == Engine.SQLITE && store.startsWith("jdbc:")) {
            throw new IllegalArgumentException("expected a folder to work in, got '" + store + "'");
        }
    }

    private static void atLeast(String what, int got, int least) {
        if (got < least) {
            throw new IllegalArgumentException("expected " + what + " of " + least + " or more, got " + got);
        }
    }

    /**
     * SQLite in the folder for temporary files; indexes on leaves, durable at every commit, the plain
     * table clustered by key, its rows in order of arrival, sha256; 100,000 leaves in
     * batches of 10,000, 100 commits of 1,000 changes, 200 of one; 100,000 gets, 20,000 proofs; one run, warmed up.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with another node cache. */
    BenchOptions withCacheBytes(long newCacheBytes) {
        return new BenchOptions(
                engine,
                store,
                indexes,
                synchronous,
                plainTable,
                plainOrder,
                hash,
                newCacheBytes,
                leaves,
                batch,
                commits,
                changes,
                singles,
                gets,
                proofs,
                prune,
                profile,
                seed,
                warmUp,
                runs);
    }

    /** The settings of a store of the Dacite side. */
    Settings settings() {
        return Settings.defaults()
                .withKeyCodec("bytes")
                .withHash(hash)
                .withIndexes(indexes)
                .withSynchronous(synchronous)
                .withCacheBytes(cacheBytes);
    }

    /**
     * The options of the run that counts for nothing: the same with less of everything, but with as many commits of one change
     * as it takes until they are compiled. The plain table's are the engine's own code, which is compiled from the first on.
     */
    BenchOptions ofWarmUp() {
        return new BenchOptions(
                engine,
                store,
                indexes,
                synchronous,
                plainTable,
                plainOrder,
                hash,
                cacheBytes,
                Math.min(warmUp, leaves),
                Math.min(batch, Math.max(1, warmUp / 10)),
                Math.min(commits, 50),
                Math.min(changes, Math.min(warmUp, leaves)),
                Math.max(1, warmUp / 10),
                Math.min(gets, warmUp),
                Math.min(proofs, warmUp),
                false,
                false,
                seed,
                0,
                1);
    }

    /** Options under construction. For one thread. */
    public static final class Builder {
        private Engine engine = Engine.SQLITE;
        private String store = "";
        private IndexLevel indexes = IndexLevel.LEAVES;
        private Synchronous synchronous = Synchronous.FULL;
        private PlainTable plainTable = PlainTable.CLUSTERED;
        private PlainOrder plainOrder = PlainOrder.ARRIVAL;
        private HashAlgorithm hash = HashAlgorithm.SHA_256;
        private long cacheBytes = Settings.defaults().cacheBytes();
        private int leaves = 100_000;
        private int batch = 10_000;
        private int commits = 100;
        private int changes = 1_000;
        private int singles = 200;
        private int gets = 100_000;
        private int proofs = 20_000;
        private boolean prune;
        private boolean profile;
        private long seed = 1;
        private int warmUp = 20_000;
        private int runs = 1;

        private Builder() {}

        public Builder engine(Engine newEngine) {
            engine = newEngine;
            return this;
        }

        public Builder store(String newStore) {
            store = newStore;
            return this;
        }

        public Builder indexes(IndexLevel newIndexes) {
            indexes = newIndexes;
            return this;
        }

        public Builder synchronous(Synchronous newSynchronous) {
            synchronous = newSynchronous;
            return this;
        }

        public Builder plainTable(PlainTable newPlainTable) {
            plainTable = newPlainTable;
            return this;
        }

        public Builder plainOrder(PlainOrder newPlainOrder) {
            plainOrder = newPlainOrder;
            return this;
        }

        public Builder hash(HashAlgorithm newHash) {
            hash = newHash;
            return this;
        }

        public Builder cacheMib(int newCacheMib) {
            atLeast("cache MiB", newCacheMib, 1);
            cacheBytes = (long) newCacheMib << 20;
            return this;
        }

        public Builder leaves(int newLeaves) {
            leaves = newLeaves;
            return this;
        }

        public Builder batch(int newBatch) {
            batch = newBatch;
            return this;
        }

        public Builder commits(int newCommits) {
            commits = newCommits;
            return this;
        }

        public Builder changes(int newChanges) {
            changes = newChanges;
            return this;
        }

        public Builder singles(int newSingles) {
            singles = newSingles;
            return this;
        }

        public Builder gets(int newGets) {
            gets = newGets;
            return this;
        }

        public Builder proofs(int newProofs) {
            proofs = newProofs;
            return this;
        }

        public Builder prune(boolean newPrune) {
            prune = newPrune;
            return this;
        }

        public Builder profile(boolean newProfile) {
            profile = newProfile;
            return this;
        }

        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        public Builder warmUp(int newWarmUp) {
            warmUp = newWarmUp;
            return this;
        }

        public Builder runs(int newRuns) {
            runs = newRuns;
            return this;
        }

        /** The options, checked. */
        public BenchOptions build() {
            return new BenchOptions(
                    engine,
                    store,
                    indexes,
                    synchronous,
                    plainTable,
                    plainOrder,
                    hash,
                    cacheBytes,
                    leaves,
                    batch,
                    commits,
                    changes,
                    singles,
                    gets,
                    proofs,
                    prune,
                    profile,
                    seed,
                    warmUp,
                    runs);
        }
    }
}
