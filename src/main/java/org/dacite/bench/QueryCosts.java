package org.dacite.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.query.NamedQuery;
import org.dacite.query.Queries;
import org.dacite.store.ReadOnlyQuery;
import org.dacite.store.Revision;

/**
 * What each named query costs, beside a plain table of the same keys and values: one that is asked about keys beside a plain lookup
 * of one key, any other beside one reading of the whole plain table. For one thread.
 *
 * <pre>
 *   main   load … load  1 … {@link BenchOptions#commits}  directory    each query is asked at the last,
 *                        \                                from the one that stands so many commits before it
 *   trial                 half of them  one more
 * </pre>
 */
public final class QueryCosts {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final int TIMEOUT_SECONDS = 3_600;
    private static final int KEYS = 100;
    private static final int DIRECTORY_KEYS = 1_000;
    private static final String DIRECTORY = "directory";
    private static final String TRIAL = "trial";

    private final BenchOptions options;
    private final Stop stop;
    private final Consumer<String> progress;
    private final Workload work;
    private Revision from;
    private Revision head;
    private int revisions;

    private QueryCosts(BenchOptions options, Stop stop, Consumer<String> progress) {
        this.options = options;
        this.stop = stop;
        this.progress = progress;
        this.work = new Workload(options.seed());
    }

    /**
     * Makes a store of {@link BenchOptions#leaves} records and {@link BenchOptions#commits} commits, and runs each query
     * {@link BenchOptions#runs} times, by turns with what it stands beside. Everything is made anew and removed again.
     *
     * @param progress told what is done, in one line at a time
     */
    public static QueryReport run(BenchOptions options, Consumer<String> progress) {
        try (Stop stop = Stop.onShutdown();
                Place place = Place.of(options);
                Dacite dacite =
                        Dacite.open(place.daciteStore(), options.settings().withKeyCodec("text"));
                PlainSide plain = place.plain(options)) {
            QueryCosts costs = new QueryCosts(options, stop, progress);
            costs.fill(dacite, plain);
            place.settle();
            return costs.run(dacite, plain);
        }
    }

    /** The hash with which the shells of an engine can make all hashes anew, as {@code rehash_tree} does. */
    public static HashAlgorithm hashOf(BenchOptions.Engine engine) {
        return engine == BenchOptions.Engine.SQLITE ? HashAlgorithm.SHA3_256 : HashAlgorithm.SHA_256;
    }

    private QueryReport run(Dacite dacite, PlainSide plain) {
        List<QueryReport.Cost> costs = new ArrayList<>();
        Map<String, String> values = values(dacite);
        byte[][] sought = work.existing(DIRECTORY_KEYS, work.keys());
        for (int i = 0; i < sought.length; i++) {
            sought[i] = text(sought[i]);
        }
        for (NamedQuery query : Queries.list()) {
            if (query.texts().containsKey(options.engine().label())) {
                progress.accept(query.name());
                List<QueryReport.Cost> runs = new ArrayList<>();
                for (int i = 0; i < options.runs(); i++) {
                    stop.check();
                    double beside = query.asksAboutKeys() ? lookupMillis(plain, sought) : readingMillis(plain);
                    runs.add(cost(dacite, query, values, beside));
                }
                costs.add(QueryReport.Cost.median(runs));
            }
        }
        return new QueryReport(options, head.leafCount(), revisions, costs);
    }

    private void fill(Dacite dacite, PlainSide plain) {
        RevisionLine commits = new RevisionLine(options, dacite, QueryCosts::asText, plain::commit, stop);
        commits.fill(work, progress);
        from = commits.loaded();
        dacite.branch(TRIAL).create(commits.halfWay());
        Change[] entries = Arrays.stream(work.fresh(DIRECTORY_KEYS))
                .map(QueryCosts::asText)
                .toArray(Change[]::new);
        head = dacite.branch(Branch.MAIN).commit(Note.of(DIRECTORY), batch -> {
            for (Change each : entries) {
                batch.tree(DIRECTORY).put(each.key(), each.value());
            }
        });
        revisions = commits.size() + 1;
        plain.commit(entries);
        dacite.branch(TRIAL).commit(Note.of(TRIAL), batch -> batch.put(TRIAL, TRIAL));
    }

    private static Change asText(Change change) {
        return new Change(text(change.key()), change.value());
    }

    /** Half of a key's bytes in hexadecimal, so that its length is the same and people can read it. */
    private static byte[] text(byte[] key) {
        return HexFormat.of().formatHex(key, 0, key.length / 2).getBytes(StandardCharsets.US_ASCII);
    }

    /** What each parameter is given, by its name. */
    private Map<String, String> values(Dacite dacite) {
        List<String> keys = Arrays.stream(work.existing(KEYS, options.leaves()))
                .map(key -> new String(text(key), StandardCharsets.US_ASCII))
                .toList();
        List<String> hashes = new ArrayList<>();
        dacite.log(
                dacite.branch(TRIAL).getHead(),
                Long.MAX_VALUE,
                each -> hashes.add(each.hash().toString()));
        Collections.reverse(hashes);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("revision", Long.toString(head.id()));
        values.put("from", Long.toString(from.id()));
        values.put("time", Long.toString(from.timeMillis()));
        values.put("key", keys.get(0));
        values.put("keys", array(keys));
        values.put("hashes", array(hashes));
        values.put("branch", Branch.MAIN);
        values.put("other", TRIAL);
        values.put("path", DIRECTORY);
        values.put("length", "2");
        values.put("most", "10");
        values.put("keep", "10");
        return values;
    }

    private static String array(List<String> texts) {
        return texts.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    private double lookupMillis(PlainSide plain, byte[][] keys) {
        long start = System.nanoTime();
        for (byte[] key : keys) {
            plain.get(key);
        }
        return (System.nanoTime() - start) / 1e6 / keys.length;
    }

    private double readingMillis(PlainSide plain) {
        long start = System.nanoTime();
        plain.scan(rows -> stop.check());
        return (System.nanoTime() - start) / 1e6;
    }

    private QueryReport.Cost cost(Dacite dacite, NamedQuery query, Map<String, String> values, double besideMillis) {
        Map<String, String> given = new LinkedHashMap<>();
        for (NamedQuery.Parameter each : query.parameters()) {
            if (!values.containsKey(each.name())) {
                throw new IllegalStateException(
                        "expected a value for :" + each.name() + " of the query '" + query.name() + "', got none");
            }
            given.put(each.name(), values.get(each.name()));
        }
        long[] rows = {0};
        ReadOnlyQuery.Rows counted = new ReadOnlyQuery.Rows() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<Object> cells) {
                rows[0]++;
            }
        };
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        query.run(dacite.store(), given, List.of(), TIMEOUT_SECONDS, counted);
        double millis = (System.nanoTime() - start) / 1e6;
        double cpuMillis = (PROCESS.getProcessCpuTime() - cpu) / 1e6;
        return new QueryReport.Cost(
                query.name(), rows[0], query.asksAboutKeys(), Compared.of(millis, besideMillis), cpuMillis);
    }
}
