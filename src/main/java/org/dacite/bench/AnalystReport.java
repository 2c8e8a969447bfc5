package org.dacite.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What analysts' questions cost through the relation {@code state_at}. Immutable.
 *
 * @param options what was done
 * @param leaves keys with a value at the revision that was asked about
 * @param revisions revisions on its line, the later ones among them
 * @param costs each question beside each plain table
 */
public record AnalystReport(BenchOptions options, long leaves, int revisions, List<Cost> costs) {
    /** The value of a key. */
    static final String KEY = "key";

    /** All keys and values of a prefix. */
    static final String PREFIX = "prefix";

    /** The same from the text of the statement on. */
    static final String PREFIX_TEXT = "prefix, from its text";

    /** How many keys there are, and how long all their values are. */
    static final String VALUES = "count, each value looked at";

    /** How many keys there are. */
    static final String COUNT = "count";

    /**
     * One question beside one plain table.
     *
     * @param question what was asked
     * @param rows how many rows its last answer had
     * @param plain how the plain table is laid out
     * @param micros how many microseconds it took to its last row, the median, on both sides: of a statement that the driver has
     *     prepared, unless the question says otherwise; PostgreSQL's makes its plan when it runs
     */
    public record Cost(String question, long rows, String plain, Compared micros) {
        private double ratio() {
            return micros.ratio().orElse(0);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("question", question);
            map.put("rows", rows);
            map.put("us", rounded(micros.dacite()));
            map.put("plain", plain);
            map.put("plain_us", rounded(micros.plain().orElseThrow()));
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
                    "%-28s %,7d %,14.1f   %-14s %,14.1f %8.2f",
                    question,
                    rows,
                    micros.dacite(),
                    plain,
                    micros.plain().orElseThrow(),
                    ratio());
        }
    }

    public AnalystReport {
        costs = List.copyOf(costs);
    }

    /** The report as one document of maps, lists, numbers and strings, in a set order. */
    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("engine", options.engine().label());
        all.put("indexes", options.indexes().label());
        all.put("leaves", leaves);
        all.put("revisions", revisions);
        all.put("runs", options.runs());
        List<Map<String, Object>> questions = new ArrayList<>();
        costs.forEach(cost -> questions.add(cost.toMap()));
        all.put("questions", questions);
        return all;
    }

    /** The report as a table for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s, indexes %s; state_at at the revision half way through the last %,d of %,d, %,d leaves; medians%n%n",
                options.engine().label(),
                options.indexes().label(),
                options.commits(),
                revisions,
                leaves));
        out.append(String.format(
                "%-28s %7s %14s   %-14s %14s %8s%n",
                "question", "rows", "state_at, µs", "plain table", "plain, µs", "ratio"));
        costs.forEach(cost -> out.append(cost).append(System.lineSeparator()));
        return out.toString();
    }
}
