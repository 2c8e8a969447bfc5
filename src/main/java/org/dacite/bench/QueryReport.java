package org.dacite.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each named query cost. Immutable.
 *
 * @param options what was done
 * @param leaves keys with a value at the revision that was asked about
 * @param revisions revisions on its line
 * @param costs the queries by name
 */
public record QueryReport(BenchOptions options, long leaves, int revisions, List<Cost> costs) {
    /**
     * One query.
     *
     * @param name what it is called
     * @param rows how many rows it answered
     * @param besideLookup whether it stands beside a plain lookup; else beside a reading of the plain table
     * @param millis how long it took, and what it stands beside
     * @param cpuMillis the processor time of this process, which on SQLite is all that the query took
     */
    public record Cost(String name, long rows, boolean besideLookup, Compared millis, double cpuMillis) {
        static Cost median(List<Cost> runs) {
            Cost any = runs.get(0);
            return new Cost(
                    any.name,
                    any.rows,
                    any.besideLookup,
                    Compared.median(runs.stream().map(Cost::millis).toList()),
                    Compared.median(runs.stream().mapToDouble(Cost::cpuMillis).toArray()));
        }

        private String beside() {
            return besideLookup ? "lookup" : "reading";
        }

        private double ratio() {
            return millis.ratio().orElse(0);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("query", name);
            map.put("rows", rows);
            map.put("ms", rounded(millis.dacite()));
            map.put("cpu_ms", rounded(cpuMillis));
            map.put("beside", beside());
            map.put("plain_ms", rounded(millis.plain().orElseThrow()));
            map.put("ratio", rounded(ratio()));
            return map;
        }

        private static double rounded(double value) {
            return Math.round(value * 1_000) / 1_000.0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-18s %,12d %12.3f %12.3f   %-7s %12.3f %10.3f",
                    name,
                    rows,
                    millis.dacite(),
                    cpuMillis,
                    beside(),
                    millis.plain().orElseThrow(),
                    ratio());
        }
    }

    public QueryReport {
        costs = List.copyOf(costs);
    }

    /** The report as one document of maps, lists, numbers and strings, in a set order. */
    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("engine", options.engine().label());
        all.put("indexes", options.indexes().label());
        all.put("hash", options.hash().label());
        all.put("leaves", leaves);
        all.put("revisions", revisions);
        all.put("runs", options.runs());
        List<Map<String, Object>> queries = new ArrayList<>();
        costs.forEach(cost -> queries.add(cost.toMap()));
        all.put("queries", queries);
        return all;
    }

    /** The report as a table for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s, indexes %s, %s; %,d leaves, %,d revisions; medians of %d runs%n%n",
                options.engine().label(),
                options.indexes().label(),
                options.hash().label(),
                leaves,
                revisions,
                options.runs()));
        out.append(String.format(
                "%-18s %12s %12s %12s   %-7s %12s %10s%n",
                "query", "rows", "ms", "cpu ms", "beside", "plain ms", "ratio"));
        costs.forEach(cost -> out.append(cost).append(System.lineSeparator()));
        return out.toString();
    }
}
