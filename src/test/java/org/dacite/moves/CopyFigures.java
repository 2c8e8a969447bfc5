package org.dacite.moves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.store.IndexLevel;
import org.dacite.store.Settings;
import org.dacite.store.Store;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a copy costs beside the engines' own dump and reload, and between engines beside a plain copy of the same rows by their
 * drivers, for docs/performance.md. No test, so it runs only when it is named: {@code -Dtest=CopyFigures}. Needs {@code sqlite3},
 * {@code pg_dump} and {@code psql}; the size is that of {@link RoundTripTest}.
 */
class CopyFigures {
    private static final int ROUNDS = Integer.getInteger("dacite.figures.rounds", 3);
    private static final int ROWS_AT_ONCE = 1_000;

    /** In an order in which references lead back. */
    private static final List<String> TABLES = List.of(
            "log",
            "log_node",
            "log_entry",
            "revision",
            "branch",
            "tag",
            "retention",
            "pruned",
            "tree",
            "vertex",
            "leaf");

    @ParameterizedTest
    @CsvSource({"SQLITE, SQLITE", "POSTGRESQL, POSTGRESQL", "SQLITE, POSTGRESQL", "POSTGRESQL, SQLITE"})
    void copyBesideAPlainOne(Engine from, Engine to) throws Exception {
        try (TestStore first = from.fresh()) {
            RoundTripTest.fill(first);
            List<Double> copies = new ArrayList<>();
            List<Double> plain = new ArrayList<>();
            for (int i = 0; i <= ROUNDS; i++) { // the first one warms up
                try (TestStore second = to.fresh()) {
                    copies.add(seconds(() -> {
                        try (Dacite source = Dacite.open(first.url())) {
                            Copy.run(source, second.url(), Settings.defaults(), so -> {});
                        }
                    }));
                }
                try (TestStore second = to.fresh()) {
                    plain.add(seconds(() -> plain(from, to, first, second)));
                }
            }
            double copy = median(copies.subList(1, copies.size()));
            double beside = median(plain.subList(1, plain.size()));
            System.out.printf(
                    Locale.ROOT,
                    "%s to %s: copy %.1f s, plain %.1f s, ratio %.2f%n",
                    from,
                    to,
                    copy,
                    beside,
                    copy / beside);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    private static void plain(Engine from, Engine to, TestStore first, TestStore second) throws Exception {
        if (from != to) {
            byDriver(first, second);
        } else if (from == Engine.SQLITE) {
            shell("sqlite3 '" + first.url() + "' .dump | sqlite3 '" + second.url() + "'");
        } else {
            String url = first.url().replaceFirst("^jdbc:", "").replaceFirst("[?&]currentSchema=.*", "");
            shell("pg_dump -n " + schema(first) + " '" + url + "' | sed 's/" + schema(first) + "/" + schema(second)
                    + "/g' | psql -q -v ON_ERROR_STOP=1 '" + url + "' > /dev/null");
        }
    }

    private static String schema(TestStore place) {
        return place.url().replaceFirst(".*currentSchema=(\\w+).*", "$1");
    }

    private static void shell(String line) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("bash", "-o", "pipefail", "-c", line)
                        .inheritIO()
                        .start()
                        .waitFor(),
                line);
    }

    /** Rows as they are, in one transaction, batches of a thousand; then the index. */
    private static void byDriver(TestStore first, TestStore second) throws SQLException {
        try (Store store = Store.open(second.url(), Settings.defaults().withIndexes(IndexLevel.NONE));
                Connection source = first.plain();
                Connection target = rewriting(second)) {
            source.setAutoCommit(false);
            target.setAutoCommit(false);
            for (String table : TABLES) {
                move(table, source, target);
            }
            target.commit();
            store.index(IndexLevel.LEAVES);
        }
    }

    private static Connection rewriting(TestStore place) throws SQLException {
        return place.url().startsWith("jdbc:")
                ? DriverManager.getConnection(place.url() + "&reWriteBatchedInserts=true")
                : place.plain();
    }

    private static void move(String table, Connection source, Connection target) throws SQLException {
        try (Statement question = source.createStatement()) {
            question.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = question.executeQuery("select * from " + table)) {
                int columns = rows.getMetaData().getColumnCount();
                String marks = String.join(",", Collections.nCopies(columns, "?"));
                try (PreparedStatement insert =
                        target.prepareStatement("insert into " + table + " values (" + marks + ")")) {
                    int held = 0;
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            insert.setObject(i, rows.getObject(i));
                        }
                        insert.addBatch();
                        if (++held % ROWS_AT_ONCE == 0) {
                            insert.executeBatch();
                        }
                    }
                    insert.executeBatch();
                }
            }
        }
    }
}
