package org.dacite.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.dacite.hashing.Digest;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A proof among 100,000 keys: made at the head out of a warm cache, and checked as a light client does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProofBenchmark {
    private static final int MANY = 1_000;

    private Digest root;
    private byte[] key;
    private byte[] proof;

    @Setup
    public void make(StoreState store) {
        root = store.head().root();
        key = store.key();
        proof = store.head().prove(key).bytes();
    }

    @Benchmark
    public byte[] prove(StoreState store) {
        return store.head().prove(store.key()).bytes();
    }

    /** The time of each of many keys that one proof shows. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public byte[] proveMany(StoreState store) {
        byte[][] keys = new byte[MANY][];
        Arrays.setAll(keys, i -> store.key());
        return store.head().prove(keys).bytes();
    }

    @Benchmark
    public Verdict verify() {
        return IncompleteTree.parse(proof).verify(root).find(key);
    }
}
