package org.dacite.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;

/**
 * What analysts' questions cost through the relation {@code state_at} at an old revision, beside plain tables that hold the same
 * rows: a key, a prefix of about a thousand keys, and counts of the whole state. Asked by plain drivers, as any tool asks. For
 * one thread.
 */
public final class AnalystCosts {
    /** The keys that a prefix has at the old revision, on average. */
    private static final int PREFIX_KEYS = 1_000;

    private static final int LOOKUPS = 1_000;
    private static final int PREFIXES = 100;
    private static final int COUNTS = 3;
    private static final int WARM_UPS = 50;
    private static final int KEY_BYTES = 14;

    private final BenchOptions options;
    private final Stop stop;
    private final Workload work;
    private final int prefixes;

    private AnalystCosts(BenchOptions options, Stop stop) {
        this.options = options;
        this.stop = stop;
        this.work = new Workload(options.seed());
        int added = (options.commits() / 2 + 1) * (options.changes() - options.changes() / 2);
        this.prefixes = Math.max(1, (options.leaves() + added) / PREFIX_KEYS);
    }

    /**
     * Makes a store of {@link BenchOptions#leaves} records and {@link BenchOptions#commits} commits, and asks each question at
     * the revision half way, by turns with the plain tables, {@link BenchOptions#runs} times as often as is needed for a median.
     * Everything is made anew and removed again.
     *
     * @param progress told what is done, in one line at a time
     */
    public static AnalystReport run(BenchOptions options, Consumer<String> progress) {
        try (Stop stop = Stop.onShutdown();
                Place place = Place.of(options)) {
            return new AnalystCosts(options, stop).run(place, progress);
        }
    }

    @SuppressWarnings("try") // what keeps awake is not asked for anything
    private AnalystReport run(Place place, Consumer<String> progress) {
        RevisionLine line;
        try (Dacite dacite = Dacite.open(place.daciteStore(), options.settings().withKeyCodec("text"))) {
            line = new RevisionLine(options, dacite, this::asText, rows -> {}, stop);
            line.fill(work, progress);
        }
        Revision old = line.halfWay();
        progress.accept("plain tables of revision " + old.id());
        try (StateTables tables = place.stateTables(options, old.id())) {
            List<AnalystReport.Cost> costs = new ArrayList<>();
            for (Question each : questions(tables)) {
                progress.accept(each.name);
                try (AwakeProcessor awake = each.isShort() ? new AwakeProcessor() : null) {
                    costs.addAll(costs(tables, each));
                }
            }
            return new AnalystReport(options, old.leafCount(), line.size(), costs);
        }
    }

    /** A key with a prefix that about {@link #PREFIX_KEYS} share, and a value of 100 hexadecimal digits. */
    private Change asText(Change change) {
        String value = HexFormat.of().formatHex(change.value(), 0, change.value().length / 2);
        return new Change(textKey(change.key()).getBytes(US_ASCII), value.getBytes(US_ASCII));
    }

    private String textKey(byte[] key) {
        int number = ((key[KEY_BYTES] & 0xff) << 16) + ((key[KEY_BYTES + 1] & 0xff) << 8) + (key[KEY_BYTES + 2] & 0xff);
        return prefix(number % prefixes) + HexFormat.of().formatHex(key, 0, KEY_BYTES);
    }

    private static String prefix(int number) {
        return String.format(Locale.ROOT, "k%05d/", number);
    }

    /**
     * A question.
     *
     * @param select what stands before {@code from}
     * @param filters which rows are asked for, one after the other; one that is the same each time stays prepared
     * @param keys what the {@code ?} in a filter stands for, one each time; empty where there is none
     * @param times how often it is asked
     * @param fromText whether the time begins before the statement is prepared
     */
    private record Question(
            String name, String select, List<String> filters, List<String> keys, int times, boolean fromText) {
        /** So many times first, untimed: all keys, so that neither side finds its rows for the first time. */
        int warmUps() {
            return keys.isEmpty() ? Math.min(WARM_UPS, (times + 1) / 2) : times;
        }

        /** Whether it is about some keys, and over in about the time that a processor may take to wake up. */
        boolean isShort() {
            return filters.size() > 1 || !keys.isEmpty();
        }

        String text(StateTables.Table table, int turn) {
            return "select " + select + " from " + table.relation() + " where " + table.condition() + " and "
                    + filters.get(Math.floorMod(turn, filters.size()));
        }
    }

    private List<Question> questions(StateTables tables) {
        List<String> all = List.of("true");
        List<String> keys = Arrays.stream(work.existing(LOOKUPS * options.runs(), options.leaves()))
                .map(this::textKey)
                .toList();
        List<String> prefixFilters = Arrays.stream(work.existing(PREFIXES * options.runs(), options.leaves()))
                .map(key ->
                        tables.prefixFilter(textKey(key).substring(0, prefix(0).length())))
                .toList();
        int counts = COUNTS * options.runs();
        int ranges = prefixFilters.size();
        List<String> none = List.of();
        return List.of(
                new Question(AnalystReport.KEY, "value", List.of("key = ?"), keys, keys.size(), false),
                new Question(AnalystReport.PREFIX, "key, value", prefixFilters, none, ranges, false),
                new Question(AnalystReport.PREFIX_TEXT, "key, value", prefixFilters, none, ranges, true),
                new Question(AnalystReport.VALUES, "count(*), sum(length(value))", all, none, counts, false),
                new Question(AnalystReport.COUNT, "count(*)", all, none, counts, false));
    }

    /** One question by turns: in one forwards through the relation and the tables, in the next backwards. */
    private List<AnalystReport.Cost> costs(StateTables tables, Question question) {
        List<Asked> asked = new ArrayList<>(List.of(new Asked(tables.state(), question)));
        tables.plain().forEach(each -> asked.add(new Asked(each, question)));
        List<Asked> order = new ArrayList<>(asked);
        for (int turn = -question.warmUps(); turn < question.times; turn++) {
            stop.check();
            for (Asked each : order) {
                each.ask(turn);
            }
            agree(question, asked);
            Collections.reverse(order);
        }
        Asked state = asked.get(0);
        return asked.stream()
                .skip(1)
                .map(each -> new AnalystReport.Cost(
                        question.name,
                        state.rows,
                        each.table.label(),
                        Compared.of(state.medianMicros(), each.medianMicros())))
                .toList();
    }

    private static void agree(Question question, List<Asked> asked) {
        for (Asked each : asked) {
            if (each.rows != asked.get(0).rows || each.sum != asked.get(0).sum) {
                throw new IllegalStateException("expected the same answer to '" + question.name
                        + "' from the state and from a plain table, got " + asked.get(0).rows + " and " + each.rows
                        + " rows, or others");
            }
        }
    }

    /** A question on one side, with the times it took. Its statement ends with its connection. */
    private static final class Asked {
        private final StateTables.Table table;
        private final Question question;
        private final double[] micros;
        private String text = "";
        private PreparedStatement statement;
        private long rows;
        private long sum;

        Asked(StateTables.Table table, Question question) {
            this.table = table;
            this.question = question;
            this.micros = new double[question.times];
        }

        /** Asks; a negative turn counts for nothing. */
        void ask(int turn) {
            PlainSide.attempt(() -> {
                long start = System.nanoTime();
                prepare(question.text(table, turn));
                start = question.fromText ? start : System.nanoTime();
                if (!question.keys.isEmpty()) {
                    statement.setString(1, question.keys.get(Math.floorMod(turn, question.times)));
                }
                read();
                if (turn >= 0) {
                    micros[turn] = (System.nanoTime() - start) / 1e3;
                }
                return null;
            });
        }

        private void prepare(String newText) throws SQLException {
            if (!newText.equals(text)) {
                if (statement != null) {
                    statement.close();
                }
                statement = table.connection().prepareStatement(newText);
                text = newText;
            }
        }

        private void read() throws SQLException {
            rows = 0;
            sum = 0;
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    rows++;
                    for (int i = 1; i <= columns; i++) {
                        sum += result.getString(i).hashCode();
                    }
                }
            }
        }

        double medianMicros() {
            return Compared.median(micros);
        }
    }
}
