package org.dacite.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One digest of the canonical form. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HashingBenchmark {
    private static final int DEPTH = 17;
    private static final int KEY_BITS = 256;

    @Param({"sha256", "sha3-256", "blake2b-256"})
    public String algorithm;

    private final byte[] value = new byte[100];
    private final byte[] left = new byte[32];
    private final byte[] right = new byte[32];
    private CanonicalHash rule;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        random.nextBytes(value);
        random.nextBytes(left);
        random.nextBytes(right);
        rule = CanonicalHash.of(HashAlgorithm.labelled(algorithm));
    }

    /** Of a value of 100 bytes. */
    @Benchmark
    public byte[] leaf() {
        return rule.leaf(value);
    }

    /** Of a vertex over two vertices a few bits below it. */
    @Benchmark
    public byte[] innerVertex() {
        return rule.vertex(DEPTH, left, left, DEPTH + 2, right, right, DEPTH + 3);
    }

    /** Of a vertex over two leaves. */
    @Benchmark
    public byte[] lowestVertex() {
        return rule.vertex(DEPTH, left, left, KEY_BITS, right, right, KEY_BITS);
    }
}
