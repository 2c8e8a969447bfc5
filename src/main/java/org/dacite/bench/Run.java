package org.dacite.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.dacite.hashing.Digest;

/** One run of all phases, which both sides do by {@link Turns}. For one thread. */
final class Run {
    private static final int PROOFS_AT_ONCE = 1_000;
    private static final int SAMPLE = 100;

    /** How many commits back the old state lies, where there are so many. */
    static final int BACK = 100;

    /** What the small cache is of all nodes at the head. */
    static final int SMALL_CACHE_SHARE = 10;

    private final BenchOptions options;
    private final Place place;
    private final Stop stop;
    private final CommitProfile profile;
    private final Consumer<String> progress;
    private final Workload work;
    private final Map<Phase, Compared> phases = new EnumMap<>(Phase.class);
    private final Map<Phase, Compared> floors = new EnumMap<>(Phase.class);
    private DaciteSide dacite;
    private PlainSide plain;
    private Floor floor;
    private long oldKeys;

    private Run(BenchOptions options, Place place, Stop stop, CommitProfile profile, Consumer<String> progress) {
        this.options = options;
        this.place = place;
        this.stop = stop;
        this.profile = profile;
        this.progress = progress;
        this.work = new Workload(options.seed());
    }

    /** Runs all phases; {@code profile}, null for none, watches what Dacite writes in bulk. */
    static Outcome of(BenchOptions options, Stop stop, CommitProfile profile, Consumer<String> progress) {
        try (Place place = Place.of(options)) {
            return new Run(options, place, stop, profile, progress).run();
        }
    }

    private Outcome run() {
        Compared commitOne;
        Compared leafBytes;
        Compared versionBytes;
        double proofBytes;
        long leaves;
        Digest root;
        try (DaciteSide first = place.dacite(options);
                PlainSide second = place.plain(options);
                Floor third = place.floor(options)) {
            dacite = first;
            plain = second;
            floor = third;
            load();
            Compared loaded = disk();
            leafBytes = loaded.over(options.leaves());
            commits();
            versionBytes = disk().minus(loaded).over((double) options.commits() * options.changes());
            phase(Phase.GET, options.gets(), 1, n -> work.existing(n, work.keys()), Run::get);
            getsWithSmallCache();
            phase(Phase.GET_OLD, options.gets(), 1, n -> work.existing(n, oldKeys), Run::getOld);
            proofBytes = proofs();
            phase(Phase.SCAN, 2, Turns.MAX_SLICE, n -> new Object[n], this::scan);
            commitOne = singles();
            compareBothSides();
            leaves = dacite.count();
            root = dacite.root();
        }
        Compared disk = disk();
        Optional<PruneFigures> prune = options.prune() ? Optional.of(prune()) : Optional.empty();
        return new Outcome(
                phases,
                floors,
                commitOne,
                leafBytes,
                versionBytes,
                disk,
                proofBytes,
                HashSpeed.nanos(),
                prune,
                leaves,
                root);
    }

    private Compared disk() {
        return Compared.of((double) place.daciteBytes(), (double) place.plainBytes());
    }

    /**
     * The same gets, through a second opening of the store whose cache holds a tenth of the nodes at the head: warm, as the
     * plain table's is, since each key was asked for once on average.
     */
    private void getsWithSmallCache() {
        DaciteSide usual = dacite;
        try (DaciteSide small = place.dacite(options.withCacheBytes(smallCacheBytes()))) {
            progress.accept("gets that warm a small cache");
            for (long asked = 0; asked < work.keys(); asked += SAMPLE) {
                stop.check();
                get(small, work.existing(SAMPLE, work.keys()));
            }
            dacite = small;
            phase(Phase.GET_SMALL_CACHE, options.gets(), 1, n -> work.existing(n, work.keys()), Run::get);
        } finally {
            dacite = usual;
        }
    }

    private long smallCacheBytes() {
        return Math.max(1 << 20, work.keys() * Workload.NODE_BYTES / SMALL_CACHE_SHARE);
    }

    private PruneFigures prune() {
        progress.accept("prune");
        try (DaciteSide again = place.dacite(options)) {
            return PruneFigures.of(again, work, options.singles());
        }
    }

    private void load() {
        int batches = (options.leaves() + options.batch() - 1) / options.batch();
        phase(
                Phase.LOAD,
                batches,
                options.batch(),
                n -> {
                    Change[][] slice = new Change[n][];
                    for (int i = 0; i < n; i++) {
                        slice[i] = work.fresh((int) Math.min(options.batch(), options.leaves() - work.keys()));
                    }
                    return slice;
                },
                this::commit);
    }

    private void commits() {
        int old = Math.max(0, options.commits() - BACK);
        oldKeys = work.keys() + (long) old * (options.changes() - options.changes() / 2);
        Map<Side, Integer> done = new HashMap<>();
        phase(
                Phase.COMMITS,
                options.commits(),
                options.changes(),
                n -> {
                    Change[][] slice = new Change[n][];
                    Arrays.setAll(slice, i -> work.mixed(options.changes(), options.changes() / 2));
                    return slice;
                },
                (side, batches) -> {
                    int before = done.getOrDefault(side, 0);
                    for (int i = 0; i < batches.length; i++) {
                        if (before + i == old) {
                            side.rememberAsOld();
                        }
                        stop.check();
                        side.commit(batches[i]);
                    }
                    done.put(side, before + batches.length);
                });
    }

    private void commit(Side side, Change[][] batches) {
        for (Change[] batch : batches) {
            stop.check();
            side.commit(batch);
        }
    }

    private static void get(Side side, byte[][] keys) {
        for (byte[] key : keys) {
            found(side, side.get(key));
        }
    }

    private static void getOld(Side side, byte[][] keys) {
        for (byte[] key : keys) {
            found(side, side.getOld(key));
        }
    }

    private static void found(Side side, byte[] value) {
        if (value == null) {
            throw new IllegalStateException("expected a value of a key that was put, " + side.name() + " has none");
        }
    }

    private void scan(Side side, Object[] times) {
        for (int i = 0; i < times.length; i++) {
            long count = side.scan(so -> stop.check());
            if (count != work.keys()) {
                throw new IllegalStateException(
                        "expected a scan of " + work.keys() + " records, " + side.name() + " has " + count);
            }
        }
    }

    /** Makes and verifies proofs; answers their mean length. */
    private double proofs() {
        progress.accept("prove and verify");
        Digest root = dacite.root();
        long proveNanos = 0;
        long verifyNanos = 0;
        long bytes = 0;
        for (int done = 0; done < options.proofs(); done += PROOFS_AT_ONCE) {
            stop.check();
            byte[][] keys = work.existing(Math.min(PROOFS_AT_ONCE, options.proofs() - done), work.keys());
            byte[][] proofs = new byte[keys.length][];
            long start = System.nanoTime();
            for (int i = 0; i < keys.length; i++) {
                proofs[i] = dacite.prove(keys[i]);
            }
            long made = System.nanoTime();
            for (int i = 0; i < keys.length; i++) {
                if (!DaciteSide.proves(proofs[i], root, keys[i])) {
                    throw new IllegalStateException("expected a proof that shows its key, got one that does not");
                }
            }
            verifyNanos += System.nanoTime() - made;
            proveNanos += made - start;
            bytes += Arrays.stream(proofs).mapToLong(proof -> proof.length).sum();
        }
        phases.put(Phase.PROVE, Compared.alone(options.proofs() / seconds(proveNanos)));
        phases.put(Phase.VERIFY, Compared.alone(options.proofs() / seconds(verifyNanos)));
        return (double) bytes / options.proofs();
    }

    /** Commits of one change, one after the other; every second one is an update. */
    private Compared singles() {
        List<Long> ofDacite = new ArrayList<>();
        List<Long> ofPlain = new ArrayList<>();
        Turns turns = new Turns(dacite, plain, null, null, stop);
        Turns.Pace pace = turns.take(
                "commits of one change",
                options.singles(),
                1,
                n -> {
                    Change[][] slice = new Change[n][];
                    Arrays.setAll(slice, i -> work.mixed(1, i % 2));
                    return slice;
                },
                (side, batches) -> {
                    for (Change[] batch : batches) {
                        stop.check();
                        long start = System.nanoTime();
                        side.commit(batch);
                        (side == plain ? ofPlain : ofDacite).add(System.nanoTime() - start);
                    }
                });
        progress.accept(pace.toString());
        return Compared.of(median(ofDacite), median(ofPlain));
    }

    private static double median(List<Long> nanos) {
        return Compared.median(nanos.stream().mapToDouble(Long::doubleValue).toArray());
    }

    /** Both sides must hold the same records: as many, and a sample has the same values. */
    private void compareBothSides() {
        if (dacite.count() != work.keys() || plain.count() != work.keys()) {
            throw new IllegalStateException("expected " + work.keys() + " records on both sides, got " + dacite.count()
                    + " with dacite and " + plain.count() + " in the plain table");
        }
        for (byte[] key : work.existing(SAMPLE, work.keys())) {
            if (!Arrays.equals(dacite.get(key), plain.get(key))) {
                throw new IllegalStateException("expected the same value on both sides, got two that differ");
            }
        }
    }

    private <T> void phase(Phase phase, int units, int unitSize, IntFunction<T[]> inputs, BiConsumer<Side, T[]> deed) {
        boolean writes = phase.hasFloor();
        Turns turns = new Turns(dacite, plain, writes ? floor : null, writes ? profile : null, stop);
        Turns.Pace pace = turns.take(phase.label(), units, unitSize, inputs, deed);
        double items = switch (phase) {
            case LOAD -> options.leaves();
            case COMMITS -> (double) options.commits() * options.changes();
            case SCAN -> 2.0 * work.keys();
            default -> units;
        };
        phases.put(phase, Compared.of(items / seconds(pace.daciteNanos()), items / seconds(pace.plainNanos())));
        if (phase.hasFloor()) {
            floors.put(phase, Compared.of(pace.daciteNanos() / items, pace.floorNanos() / items));
        }
        progress.accept(pace.toString());
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
