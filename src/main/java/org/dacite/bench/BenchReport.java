package org.dacite.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.dacite.bench.BenchOptions.Engine;
import org.dacite.hashing.Digest;

/**
 * What a bench found, of several runs the medians. Immutable.
 *
 * <p>Of a phase a ratio above 1 says that Dacite is faster; of times and bytes, that it takes more.
 *
 * @param options what was done
 * @param phases so much a second
 * @param floors nanoseconds an item, Dacite's and those of its floor: plain JDBC inserts of the same rows and hashes of the
 *     same bytes; of the phases that write in bulk
 * @param commitOneNanos how long a commit of one change takes, the median
 * @param leafBytes what a record takes on disk after the load
 * @param versionBytes what a change of the commits after that adds
 * @param diskBytes what both take on disk at the end, with every version that Dacite keeps
 * @param proofBytes the mean length of a proof of one key
 * @param hashNanos how long a SHA-256 of 96 bytes takes here
 * @param prune what pruning took in the last run, where that was asked for
 * @param profile where the time of loads and commits went, where that was asked for
 * @param leaves how many records there are at the end
 * @param root the root at the end, which the options alone decide
 */
public record BenchReport(
        BenchOptions options,
        Map<Phase, Compared> phases,
        Map<Phase, Compared> floors,
        Compared commitOneNanos,
        Compared leafBytes,
        Compared versionBytes,
        Compared diskBytes,
        double proofBytes,
        double hashNanos,
        Optional<PruneFigures> prune,
        Optional<CommitShares> profile,
        long leaves,
        Digest root) {
    public BenchReport {
        phases = Map.copyOf(phases);
        floors = Map.copyOf(floors);
    }

    /** How the plain table was made and filled, in one line. */
    public String plainTable() {
        return (options.engine() == Engine.SQLITE
                        ? PlainSqlite.description(options.plainTable())
                        : PlainPostgresql.DESCRIPTION)
                + (options.plainOrder() == PlainOrder.SORTED ? ", rows sorted by key" : ", rows in order of arrival");
    }

    /** The report as one document of maps, numbers, strings and nulls, in a set order. */
    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("engine", options.engine().label());
        all.put("indexes", options.indexes().label());
        all.put("synchronous", options.synchronous().label());
        all.put("hash", options.hash().label());
        all.put("plain_table", plainTable());
        all.put("options", optionsMap());
        for (Phase phase : Phase.values()) {
            Map<String, Object> figures = map("_per_s", phases.get(phase), 1, 0);
            if (floors.containsKey(phase)) {
                figures.put("floor_per_s", rounded(floorPace(phase), 0));
                figures.put("time_over_floor", orNull(floors.get(phase).ratio(), 1, 3));
            }
            all.put(phase.label(), figures);
        }
        all.put("commit_one", map("_us", commitOneNanos, 1e-3, 1));
        all.put("leaf", map("_bytes", leafBytes, 1, 1));
        all.put("version", map("_bytes", versionBytes, 1, 1));
        all.put("disk", map("_bytes", diskBytes, 1, 0));
        all.put("bytes_a_leaf", map("", bytesALeaf(), 1, 1));
        all.put("proof_bytes", rounded(proofBytes, 1));
        all.put("sha256_96_ns", rounded(hashNanos, 1));
        prune.ifPresent(figures -> all.put("prune", figures.toMap()));
        profile.ifPresent(figures -> all.put("profile", figures.toMap()));
        all.put("leaves", leaves);
        all.put("root", root.toString());
        return all;
    }

    private Map<String, Object> optionsMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("leaves", options.leaves());
        map.put("batch", options.batch());
        map.put("commits", options.commits());
        map.put("changes", options.changes());
        map.put("singles", options.singles());
        map.put("gets", options.gets());
        map.put("proofs", options.proofs());
        map.put("cache_mib", options.cacheBytes() >> 20);
        map.put("seed", options.seed());
        map.put("warm_up", options.warmUp());
        map.put("runs", options.runs());
        return map;
    }

    /** How much a second the floor of a phase does. */
    private double floorPace(Phase phase) {
        return 1e9 / floors.get(phase).plain().orElseThrow();
    }

    private static Map<String, Object> map(String unit, Compared figure, double scale, int digits) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("dacite" + unit, rounded(figure.dacite() * scale, digits));
        map.put("plain" + unit, orNull(figure.plain(), scale, digits));
        map.put("ratio", orNull(figure.ratio(), 1, 3));
        return map;
    }

    private static Number orNull(OptionalDouble value, double scale, int digits) {
        return value.isEmpty() ? null : rounded(value.getAsDouble() * scale, digits);
    }

    private static Number rounded(double value, int digits) {
        double power = Math.pow(10, digits);
        if (digits == 0) {
            return Math.round(value);
        }
        return Math.round(value * power) / power;
    }

    private Compared bytesALeaf() {
        return Compared.of(diskBytes.dacite() / leaves, diskBytes.plain().orElseThrow() / leaves);
    }

    /** The report as a table for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s, indexes %s, synchronous %s, %s, node cache %,d MiB; %s%n",
                options.engine().label(),
                options.indexes().label(),
                options.synchronous().label(),
                options.hash().label(),
                options.cacheBytes() >> 20,
                options.runs() == 1 ? "one run" : "medians of " + options.runs() + " runs"));
        out.append("plain: ").append(plainTable()).append(System.lineSeparator());
        out.append(String.format("%n%-44s %12s %12s %7s%n", "", "dacite", "plain", "ratio"));
        row(out, String.format(Locale.ROOT, "load, %,d a commit", options.batch()), Phase.LOAD);
        row(
                out,
                String.format(Locale.ROOT, "%,d commits of %,d changes", options.commits(), options.changes()),
                Phase.COMMITS);
        floor(out, Phase.LOAD);
        floor(out, Phase.COMMITS);
        row(out, "gets at the head", Phase.GET);
        row(out, "gets with a cache of a tenth of the tree", Phase.GET_SMALL_CACHE);
        row(out, String.format("gets at the revision %d back", Math.min(Run.BACK, options.commits())), Phase.GET_OLD);
        row(out, "proofs made", Phase.PROVE);
        row(out, "proofs verified", Phase.VERIFY);
        line(out, "a SHA-256 of 96 bytes", Compared.alone(hashNanos), 1, "ns");
        row(out, "scan in key order", Phase.SCAN);
        line(out, "a commit of one change, p50", commitOneNanos, 1e-3, "us");
        line(out, "bytes a leaf after the load", leafBytes, 1, "");
        line(out, "bytes a change of the commits adds", versionBytes, 1, "");
        line(out, "bytes on disk", diskBytes, 1, "");
        line(out, "bytes a leaf at the head", bytesALeaf(), 1, "");
        line(out, "bytes a proof, mean", Compared.alone(proofBytes), 1, "");
        prune.ifPresent(
                figures -> out.append(String.format("%n")).append(figures).append(String.format("%n")));
        profile.ifPresent(figures -> out.append(String.format("%n")).append(figures));
        out.append(String.format(Locale.ROOT, "%n%,d leaves at the end, root %s%n", leaves, root));
        return out.toString();
    }

    private void row(StringBuilder out, String what, Phase phase) {
        line(out, what, phases.get(phase), 1, "/s");
    }

    private void floor(StringBuilder out, Phase phase) {
        out.append(String.format(
                Locale.ROOT,
                "%-44s %12s %12s %7.2f%n",
                phase.label() + " over its floor, in time",
                String.format(Locale.ROOT, "%,.0f/s", phases.get(phase).dacite()),
                String.format(Locale.ROOT, "%,.0f/s", floorPace(phase)),
                floors.get(phase).ratio().orElse(Double.NaN)));
    }

    private static void line(StringBuilder out, String what, Compared figure, double scale, String unit) {
        out.append(String.format(
                Locale.ROOT,
                "%-44s %12s %12s %7s%n",
                what,
                String.format(Locale.ROOT, "%,.0f%s", figure.dacite() * scale, unit),
                figure.plain().isEmpty()
                        ? "-"
                        : String.format(Locale.ROOT, "%,.0f%s", figure.plain().getAsDouble() * scale, unit),
                figure.ratio().isEmpty()
                        ? "-"
                        : String.format(Locale.ROOT, "%.2f", figure.ratio().getAsDouble())));
    }
}
