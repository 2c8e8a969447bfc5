package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows as a table, CSV, JSON lines and Parquet: of scan, query, sql and export. */
class RowFormatsTest {
    private static final String ODD = "say \"hi\", she\nsaid";

    @TempDir
    private Path folder;

    private static Cli filled(TestStore place) {
        Cli cli = Cli.on(place.url());
        cli.run("put", "a", "1", "b", ODD, "-m", "first", "--time", "0").done();
        cli.run("put", "b", "2", "c", "0xff", "e", "", "-m", "second", "--time", "60000")
                .done();
        cli.run("put", "--tree", "t/u", "k", " v ").done();
        return cli;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theStateIsWrittenInEveryFormat(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "tree,key,value\n,a,1\n,b,2\n,c,0xff\n,e,\"\"\nt/u,k,\" v \"\n",
                    cli.run("scan", "--format", "csv").done().out());
            assertEquals(
                    """
                    tree,key,value,key_hex,value_hex
                    "",a,1,6100,31
                    "",b,2,6200,32
                    "",c,0xff,6300,ff
                    "",e,"",6500,""
                    t/u,k," v ",6b00,207620
                    """, cli.run("export", "--hex", "--format", "csv").done().out());
            assertEquals(
                    cli.run("scan", "--json").done().out(),
                    cli.run("scan", "--format", "jsonl").done().out());
            assertEquals(
                    "{\"tree\":\"\",\"key\":\"a\",\"value\":\"1\"}",
                    cli.run("export", "--json").done().lines().get(0));
            assertEquals(
                    "tree,key,before,after\n\"\",b,\"" + ODD.replace("\"", "\"\"")
                            + "\",2\n\"\",c,,0xff\n\"\",e,,\"\"\n",
                    cli.run("export", "--from", "1", "--at", "2", "--format", "csv")
                            .done()
                            .out());
            assertEquals(
                    "tree,key,value\nu,k,\" v \"\n",
                    cli.run("export", "--tree", "t", "--format", "csv").done().out());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aFileSaysWhatItsRowsAre(Engine engine) throws IOException {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            String root = cli.run("root", "--at", "2").done().out().strip();
            Path csv = folder.resolve("state.csv");
            assertEquals(
                    "4 rows, 47 bytes in " + csv,
                    cli.run("export", "--at", "2", "-o", csv.toString()).err().strip());
            String meta = Files.readString(folder.resolve("state.csv.meta.json"));
            assertTrue(meta.startsWith("{\"root\":\"" + root + "\",\"revision\":2,\"revision_hash\":\""), meta);
            assertTrue(
                    meta.endsWith(
                            "\"time\":\"1970-01-01T00:01:00Z\",\"hash\":\"sha256\",\"keys\":\"text\",\"rows\":4}\n"),
                    meta);
            Path lines = folder.resolve("changes.jsonl");
            cli.run("export", "--from", "1", "--at", "2", "-o", lines.toString());
            assertTrue(
                    Files.readString(folder.resolve("changes.jsonl.meta.json")).contains("\"from_revision\":1"));
            Path parquet = folder.resolve("state.parquet");
            assertEquals(
                    4,
                    cli.run("export", "--at", "2", "--json", "-o", parquet.toString())
                            .done()
                            .json()
                            .get("rows")
                            .asLong());
            String bytes = Files.readString(parquet, StandardCharsets.ISO_8859_1);
            assertTrue(bytes.contains("dacite.root") && bytes.contains(root) && bytes.endsWith("PAR1"));
            assertFalse(Files.exists(folder.resolve("state.parquet.meta.json")));
            assertEquals(5, files());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void duckDbReadsWhatIsWritten(Engine engine) throws Exception {
        Assumptions.assumeTrue(
                RowFormatsTest.class.getClassLoader().getResource("org/duckdb/DuckDBDriver.class") != null,
                "no DuckDB on the class path");
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            Path state = folder.resolve("state.parquet");
            Path csv = folder.resolve("state.csv");
            cli.run("export", "-o", state.toString());
            cli.run("export", "-o", csv.toString());
            assertEquals(
                    cli.run("scan", "--json").done().out().lines().count(),
                    duck("select count(*) from '" + state + "'").get(0).get(0));
            assertEquals(
                    List.of(),
                    duck("select * from '" + state + "' except select * from read_csv('" + csv
                            + "', allow_quoted_nulls = false, all_varchar = true)"));
            Path sums = folder.resolve("sums.parquet");
            cli.run(
                    "sql",
                    "select kind, sum(length(value)) as n, null as none from leaf_log group by kind order by kind",
                    "-o",
                    sums.toString());
            assertEquals(
                    List.of("BIGINT", "VARCHAR"),
                    duck("select column_type from (describe select n, none from '" + sums + "')").stream()
                            .map(row -> row.get(0))
                            .toList());
        }
    }

    private static List<List<Object>> duck(String sql) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet read = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (read.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= read.getMetaData().getColumnCount(); i++) {
                    row.add(read.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Test
    void theNameOfAFileTellsItsFormat() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            Path file = folder.resolve("depths.jsonl");
            assertEquals(
                    "2 rows, 46 bytes in " + file,
                    cli.run("query", "depths", "--limit", "2", "-o", file.toString())
                            .err()
                            .strip());
            assertEquals(
                    cli.run("query", "depths", "--limit", "2", "--json").done().out(), Files.readString(file));
            assertEquals(
                    "n,none,t\n1,,\"\"\n",
                    cli.run("sql", "select 1 as n, null as none, '' as t", "--format", "csv")
                            .done()
                            .out());
            assertEquals(
                    "n\n1\n",
                    cli.run("sql", "select 1 as n", "--format", "csv").done().out());
            Path table = folder.resolve("some.txt");
            cli.run("sql", "select 1 as n", "--format", "table", "-o", table.toString());
            assertEquals("n\n1\n", Files.readString(table));
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedAndLeavesNothing() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "expected --format table, csv, jsonl or parquet, got 'xlsx'",
                    cli.run("scan", "--format", "xlsx").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected --json, or --format csv without it, got both",
                    cli.run("scan", "--json", "--format", "csv").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected --format beside -o 'x.bin', or a name that ends with .csv, .jsonl or .parquet, got neither",
                    cli.run("scan", "-o", "x.bin").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected --snapshot, or --format csv, jsonl or parquet, or -o FILE with a name that ends so, got none",
                    cli.run("export").refusal(ExitCode.MISUSE));
            String nowhere = folder.resolve("no/such.csv").toString();
            assertEquals(
                    "expected a folder at '" + folder.resolve("no") + "' to write the rows into, found none",
                    cli.run("export", "-o", nowhere).refusal(ExitCode.MISUSE));
            String mixed = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 10001) "
                    + "select case when i > 10000 then 'x' else i end as i from n";
            assertEquals(
                    "expected the column 'i' to go on as it began, which a Parquet file needs, got 'x' behind other"
                            + " rows; cast it to text in the statement",
                    cli.run("sql", mixed, "-o", folder.resolve("mixed.parquet").toString())
                            .refusal(ExitCode.MISUSE));
            cli.run(
                            "sql",
                            "select no from leaf",
                            "-o",
                            folder.resolve("none.csv").toString())
                    .refusal(ExitCode.MISUSE);
            assertEquals(0, files());
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
