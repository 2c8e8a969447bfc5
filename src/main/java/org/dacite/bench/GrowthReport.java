package org.dacite.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a change cost at each size of a tree. Immutable.
 *
 * @param options what was done
 * @param steps the sizes, smallest first
 */
public record GrowthReport(BenchOptions options, List<Step> steps) {
    /**
     * One size; all but the first and the last are means for one change.
     *
     * @param leaves how many leaves the tree has
     * @param rows vertices and leaves written
     * @param hashes digests made
     * @param read rows of vertices and leaves read, since memory did not hold them
     * @param bytes what the store grew by on disk
     * @param micros how long it took
     * @param cpuMicros the processor time of the process, all its threads together: what a busy machine does not change much
     * @param heapBytes what the heap held afterwards, garbage not counted
     */
    public record Step(
            long leaves,
            double rows,
            double hashes,
            double read,
            double bytes,
            double micros,
            double cpuMicros,
            long heapBytes) {
        double log2() {
            return Math.log((double) leaves) / Math.log(2);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("leaves", leaves);
            map.put("log2", rounded(log2()));
            map.put("rows", rounded(rows));
            map.put("hashes", rounded(hashes));
            map.put("rows_read", rounded(read));
            map.put("bytes", rounded(bytes));
            map.put("us", rounded(micros));
            map.put("cpu_us", rounded(cpuMicros));
            map.put("heap_bytes", heapBytes);
            return map;
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,12d %6.1f %8.2f %8.2f %10.2f %8.0f %8.2f %8.2f %10d",
                    leaves,
                    log2(),
                    rows,
                    hashes,
                    read,
                    bytes,
                    micros,
                    cpuMicros,
                    heapBytes >> 20);
        }
    }

    public GrowthReport {
        steps = List.copyOf(steps);
    }

    /** The report as one document of maps, lists, numbers and strings, in a set order. */
    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("engine", options.engine().label());
        all.put("indexes", options.indexes().label());
        all.put("synchronous", options.synchronous().label());
        all.put("hash", options.hash().label());
        all.put("cache_mib", options.cacheBytes() >> 20);
        all.put("batch", options.batch());
        all.put("commits", options.commits());
        all.put("changes", options.changes());
        List<Map<String, Object>> sizes = new ArrayList<>();
        steps.forEach(step -> sizes.add(step.toMap()));
        all.put("growth", sizes);
        return all;
    }

    /** The report as a picture, in SVG. */
    public String toSvg() {
        return GrowthPlot.of(this);
    }

    /** The report as a table for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s, indexes %s, synchronous %s, node cache %,d MiB; a change, of %,d commits of %,d updates%n%n",
                options.engine().label(),
                options.indexes().label(),
                options.synchronous().label(),
                options.cacheBytes() >> 20,
                options.commits(),
                options.changes()));
        out.append(String.format(
                "%12s %6s %8s %8s %10s %8s %8s %8s %10s%n",
                "leaves", "log2", "rows", "hashes", "rows read", "bytes", "us", "cpu us", "heap MiB"));
        steps.forEach(step -> out.append(step).append(System.lineSeparator()));
        return out.toString();
    }
}
