package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForeignLoadTest {
    private static final String DIFFS = "select * from diffs order by block, n";

    @TempDir
    private Path folder;

    private static String jdbc(TestStore place) {
        return place.url().startsWith("jdbc:") ? place.url() : "jdbc:sqlite:" + place.url();
    }

    /** A chain's state diffs: block 1 to 4, four keys in each, one of them deleted. */
    private static void makeDiffs(TestStore foreign) {
        execute(foreign, "create schema if not exists " + foreign.url().replaceFirst(".*currentSchema=(\\w+).*", "$1"));
        execute(
                foreign,
                "create table diffs (n integer, block integer, mined_at bigint, op text, address text, balance integer)");
        for (int n = 0; n < 16; n++) {
            execute(foreign, insert(n, n / 4 + 1));
        }
    }

    private static String insert(int n, int block) {
        return "insert into diffs values (" + n + ", " + block + ", " + (1_700_000_000_000L + block) + ", "
                + (n % 4 == 3 ? "'delete'" : "'put'") + ", 'a" + n * 7 % 5 + "', " + n + ")";
    }

    private static void execute(TestStore place, String sql) {
        if (sql.startsWith("create schema") && !place.url().startsWith("jdbc:")) {
            return;
        }
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] load(TestStore foreign, String query, String... more) {
        List<String> args = new ArrayList<>(List.of("load", "--from", jdbc(foreign), "--query", query));
        args.addAll(List.of("--key", "address", "--value", "balance", "--revision-column", "block"));
        args.addAll(List.of("--time-column", "mined_at", "--op-column", "op"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    /** What the first so many blocks make of a plain map. */
    private static String expected(int blocks) {
        TreeMap<String, Integer> map = new TreeMap<>();
        for (int n = 0; n < blocks * 4; n++) {
            if (n % 4 == 3) {
                map.remove("a" + n * 7 % 5);
            } else {
                map.put("a" + n * 7 % 5, n);
            }
        }
        return map.toString();
    }

    private static String found(Cli cli, String at) {
        TreeMap<String, Integer> map = new TreeMap<>();
        cli.run("scan", "--at", at, "--json")
                .done()
                .rows()
                .forEach(row -> map.put(
                        row.get("key").asText(),
                        Integer.valueOf(row.get("value").asText())));
        return map.toString();
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, SQLITE", "POSTGRESQL, SQLITE", "SQLITE, POSTGRESQL"})
    void everyBlockIsARevisionAndTheNextLoadGoesOn(Engine source, Engine engine) {
        try (TestStore foreign = source.fresh();
                TestStore place = engine.fresh()) {
            makeDiffs(foreign);
            Cli cli = Cli.on(place.url());
            cli.run(load(foreign, DIFFS.replace("order", "where block <= 2 order")))
                    .done();
            assertEquals(expected(2), found(cli, "main"));
            cli.run("put", "elsewhere", "100").done();
            cli.run("delete", "elsewhere").done();
            JsonNode summary = cli.run(load(foreign, DIFFS, "--json")).done().json();
            assertEquals(8, summary.get("records").asLong());
            assertEquals(2, summary.get("revisions").asLong());
            List<JsonNode> log = cli.run("log", "--json").done().rows();
            assertEquals("block 4", log.get(0).get("message").asText());
            assertEquals(1_700_000_000_004L, log.get(0).get("time").asLong());
            assertEquals("block 1", log.get(5).get("message").asText());
            for (int block : new int[] {1, 2}) {
                assertEquals(expected(block), found(cli, Integer.toString(block)));
            }
            assertEquals(expected(4), found(cli, "main"));
            assertEquals(expected(3), found(cli, "main~1"));
            List<String> again = cli.run(load(foreign, DIFFS)).done().lines();
            assertEquals(
                    "0 records, so no revision; 16 records of revisions that were there; 5 leaves",
                    again.get(0).replaceFirst("[0-9]+ leaves", "5 leaves"));
            execute(foreign, insert(16, 5));
            List<String> more = cli.run(load(foreign, DIFFS.replace("order", "where block > :after order")))
                    .done()
                    .lines();
            assertTrue(more.get(0).startsWith("1 record (0 keys repeated) in 1 revision, "), more.get(0));
            assertFalse(more.get(0).contains("there"), more.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatCannotBeLoadedStopsItAtAWholeBlock(Engine source) {
        try (TestStore foreign = source.fresh();
                TestStore place = Engine.SQLITE.fresh()) {
            makeDiffs(foreign);
            Cli cli = Cli.on(place.url());
            assertEquals(
                    "query:5: expected a number of 4 or more in column 'block', since the records of a revision come before"
                            + " those of the next, got 3; have them in the order of that column; nothing was committed",
                    cli.run(load(foreign, "select * from diffs order by block desc, n"))
                            .refusal(ExitCode.MISUSE));
            assertFalse(Files.exists(Path.of(place.url())), "a store that holds nothing is taken away");
            String nullKey = "select n, block, mined_at, op, case when n <> 9 then address end as address, balance"
                    + " from diffs order by block, n";
            assertEquals(
                    "query:10: expected something in column 'address', got null; leave such rows out, or put another value"
                            + " in its place, in the query; 8 records before were committed in 2 revisions",
                    cli.run(load(foreign, nullKey)).refusal(ExitCode.MISUSE));
            String badOp = DIFFS.replace("*", "n, block, mined_at, 'burn' as op, address, balance");
            assertTrue(cli.run(load(foreign, badOp))
                    .refusal(ExitCode.MISUSE)
                    .startsWith("query:1: expected put, insert, update, upsert or delete to be done, got 'burn'; "));
            String badBlock = DIFFS.replace("*", "n, 'x' as block, mined_at, op, address, balance");
            assertTrue(cli.run(load(foreign, badBlock.replace("block, n", "n")))
                    .refusal(ExitCode.MISUSE)
                    .startsWith("query:1: expected a whole number in column 'block', got 'x'; "));
            assertTrue(cli.run(load(foreign, "select block from diffs"))
                    .refusal(ExitCode.MISUSE)
                    .startsWith("query:1: expected a column 'address', got the columns block; "));
            assertTrue(cli.run(load(foreign, "select nothing from nowhere"))
                    .refusal(ExitCode.MISUSE)
                    .startsWith("expected a query that the database at jdbc:"));
            cli.run(load(foreign, DIFFS)).done();
            assertEquals(expected(4), found(cli, "main"));
        }
    }

    /** The server hangs up on its own client after some thousand rows. */
    @Test
    void aConnectionThatIsLostHalfWayLosesNothing() {
        try (TestStore foreign = Engine.POSTGRESQL.fresh();
                TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            String query =
                    "select n as k, case when n = 4500 then pg_terminate_backend(pg_backend_pid())::text else 'v' end"
                            + " as v, (n - 1) / 500 as block from generate_series(1, 6000) n";
            String refusal = cli.run("load", "--from", jdbc(foreign), "--query", query, "--revision-column", "block")
                    .refusal(ExitCode.FAILED);
            assertTrue(refusal.startsWith("expected the next rows from jdbc:postgresql:"), refusal);
            assertTrue(refusal.matches(".*; [0-9,]+ records before were committed in [0-9] revisions"), refusal);
            long leaves = cli.run("log", "--limit", "1", "--json")
                    .done()
                    .json()
                    .get("leaves")
                    .asLong();
            assertEquals(0, leaves % 500);
            cli.run(
                            "load",
                            "--from",
                            jdbc(foreign),
                            "--query",
                            query.replace("4500", "0"),
                            "--revision-column",
                            "block")
                    .done();
            assertEquals(12, cli.run("log", "--json").done().rows().size());
            assertEquals(
                    6000,
                    cli.run("log", "--limit", "1", "--json")
                            .done()
                            .json()
                            .get("leaves")
                            .asLong());
        }
    }

    /** The first load has committed block 1 and read into block 2 when the second one loads all. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void twoLoadsAtOnceBringNoBlockTwice(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            String blocks = "block,k,v\n1,a,1\n1,b," + "more than is read ahead ".repeat(10_000)
                    + "\n2,a,2\n2,b,2\n3,a,3\n4,a,4\n";
            String[] load = {"load", "-", "--key", "k", "--value", "v", "--revision-column", "block"};
            InputStream halting =
                    new SequenceInputStream(stream(blocks.substring(0, blocks.indexOf("2,b"))), new InputStream() {
                        private InputStream rest;

                        @Override
                        public int read() {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public int read(byte[] into, int from, int length) throws IOException {
                            if (rest == null) {
                                rest = stream(blocks.substring(blocks.indexOf("2,b")));
                                cli.run("put", "x", "without a number").done();
                                cli.fed(blocks.getBytes(StandardCharsets.UTF_8), load)
                                        .done();
                            }
                            return rest.read(into, from, length);
                        }
                    });
            assertEquals(
                    "expected 'block 1' to be the newest on branch 'main', as this load left it, got 'block 4', since another"
                            + " load or a reset moved the branch; run one load at a time, the next one goes on from there; 2"
                            + " records before were committed in 1 revision",
                    cli.fed(halting, load).refusal(ExitCode.FAILED));
            assertEquals(
                    List.of("block 4", "block 3", "block 2", "put x", "block 1"),
                    cli.run("log", "--json").done().rows().stream()
                            .map(row -> row.get("message").asText())
                            .toList());
            cli.fed(blocks.getBytes(StandardCharsets.UTF_8), load).done();
            assertEquals("4\n", cli.run("get", "a").done().out());
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void valuesComeAsTheyAre(Engine source) {
        String bytes = source == Engine.SQLITE ? "x'00ff10'" : "'\\x00ff10'::bytea";
        try (TestStore foreign = source.fresh();
                TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            String from = jdbc(foreign);
            execute(
                    foreign,
                    "create schema if not exists " + foreign.url().replaceFirst(".*currentSchema=(\\w+).*", "$1"));
            execute(foreign, "create table something (n integer)");
            cli.run("load", "--from", from, "--query", "select 'k' as k, " + bytes + " as v")
                    .done();
            assertEquals(
                    "0x00ff10",
                    cli.run("get", "k", "--json").done().json().get("value").asText());
            String several = "select 'j' as k, " + bytes + " as b, 1.50 as d, null as none, 'a \"word\"' as t";
            cli.run("load", "--from", from, "--query", several).done();
            assertEquals(
                    "{\"b\":\"0x00ff10\",\"d\":" + (source == Engine.SQLITE ? "1.5" : "1.50")
                            + ",\"none\":null,\"t\":\"a \\\"word\\\"\"}",
                    cli.run("get", "j").done().out().strip());
        }
    }

    @Test
    void filesHaveRevisionsToo() throws Exception {
        Path file = Files.writeString(
                folder.resolve("diffs.csv"),
                "block,who,what,when,op\n7,a,1,2026-01-31T12:00:00Z,put\n7,b,2,,put\n9,a,,2026-02-01,delete\n");
        Cli cli = Cli.on(folder.resolve("test.db").toString());
        cli.run(
                        "load",
                        file.toString(),
                        "--key",
                        "who",
                        "--revision-column",
                        "block",
                        "--time-column",
                        "when",
                        "--op-column",
                        "op")
                .done();
        List<JsonNode> log = cli.run("log", "--json").done().rows();
        assertEquals(2, log.size());
        assertEquals("block 9", log.get(0).get("message").asText());
        assertEquals(1_769_860_800_000L, log.get(1).get("time").asLong());
        assertEquals("b", cli.run("scan", "--json").done().json().get("key").asText());
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        Cli cli = Cli.on(folder.resolve("test.db").toString());
        String[][] refused = {
            {"load"},
            {"load", "x.csv", "--from", "jdbc:sqlite:x"},
            {"load", "--from", "jdbc:sqlite:x"},
            {"load", "x.csv", "--query", "select 1"},
            {"load", "x.csv", "--time-column", "t"},
            {"load", "x.csv", "--revision-column", "b", "-m", "why"},
            {"load", "x.csv", "--revision-column", "b", "--batch", "5"},
            {"load", "x.csv", "--driver", "x.jar"},
            {"load", "--from", "jdbc:sqlite:x", "--query", "select :after"},
            {"load", "--from", "jdbc:nothing:x", "--query", "select 1"},
            {
                "load",
                "--from",
                "jdbc:sqlite:x",
                "--query",
                "select 1",
                "--driver",
                folder.resolve("no.jar").toString()
            },
        };
        for (String[] args : refused) {
            assertTrue(cli.run(args).refusal(ExitCode.MISUSE).startsWith("expected "), String.join(" ", args));
        }
        String nobody = "jdbc:postgresql://localhost:1/none?user=a&password=secret";
        String refusal =
                cli.run("load", "--from", nobody, "--query", "select 1").refusal(ExitCode.FAILED);
        assertTrue(refusal.startsWith("expected to connect to jdbc:postgresql://localhost:1/none?user=a&password=…, "));
        String none = "jdbc:sqlite:" + folder.resolve("none.db");
        cli.run("load", "--from", none, "--query", "select 1").refusal(ExitCode.FAILED);
        assertFalse(Files.exists(folder.resolve("none.db")), "reading makes no database");
    }
}
