package org.dacite.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dacite.history.Snapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Questions to a store of 100,000 records: a key out of a warm cache, a diff of two revisions, and the life of a key. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class QueryBenchmark {
    @Benchmark
    public Optional<byte[]> get(StoreState store) {
        return store.head().get(store.key());
    }

    /** Of two revisions with a hundred changes between them. */
    @Benchmark
    public long diff(StoreState store) {
        try (Snapshot before = store.dacite().at(store.dacite().revision("main~1"))) {
            return before.diff(store.head()).count();
        }
    }

    /** Read from the rows of the leaves, newest first. */
    @Benchmark
    public int history(StoreState store) {
        return store.dacite()
                .history(store.dacite().revision("main"), List.of(), store.key())
                .size();
    }
}
