package org.dacite.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.tree.Changes;
import org.dacite.tree.Merge;
import org.dacite.tree.TreeRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One change of a batch of 1,000, merged into a tree in memory: no database. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MergeBenchmark {
    private static final int CHANGES = 1_000;

    @Param({"10000", "100000", "1000000"})
    public int leaves;

    private final Random random = new Random(1);
    private final MemoryTree tree = new MemoryTree();
    private final CanonicalHash rule = CanonicalHash.of(HashAlgorithm.SHA_256);
    private byte[][] keys;
    private Merge.Outcome base;
    private int rows;
    private Changes changes;

    @Setup
    public void load() {
        keys = new byte[leaves][32];
        Changes all = new Changes();
        for (byte[] key : keys) {
            random.nextBytes(key);
            all.put(key, null, value());
        }
        base = Merge.apply(new TreeRef(0, rule.emptyRoot(), 0), all, tree, tree, rule, 1, 1);
        rows = tree.rows();
    }

    @Setup(Level.Invocation)
    public void fill() {
        tree.cut(rows);
        changes = new Changes();
        for (int i = 0; i < CHANGES; i++) {
            changes.put(keys[random.nextInt(leaves)], null, value());
        }
    }

    private byte[] value() {
        byte[] value = new byte[100];
        random.nextBytes(value);
        return value;
    }

    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public TreeRef change() {
        return Merge.apply(base.tree(), changes, tree, tree, rule, base.nextOid(), 2).tree();
    }
}
