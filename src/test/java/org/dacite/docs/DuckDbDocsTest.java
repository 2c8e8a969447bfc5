package org.dacite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.dacite.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session in DuckDB runs on the files that the commands before it write, and answers what the page shows. */
class DuckDbDocsTest {
    private static final Pattern BLOCK = Pattern.compile("```duckdb\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void everyStatementAnswersWhatIsShown() throws Exception {
        assumeTrue(
                DuckDbDocsTest.class.getClassLoader().getResource("org/duckdb/DuckDBDriver.class") != null,
                "no DuckDB on the class path");
        writeTheFiles();
        List<String> shown = new ArrayList<>();
        var blocks = BLOCK.matcher(Files.readString(Path.of("docs/exports.md")));
        while (blocks.find()) {
            blocks.group(1).lines().forEach(shown::add);
        }
        assertFalse(shown.isEmpty());
        List<String> found = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String line : shown) {
                if (line.startsWith("> ")) {
                    found.add(line);
                    found.addAll(answer(
                            statement,
                            line.substring(2).replaceAll("'(\\w+\\.(?:parquet|csv))'", "'" + folder + "/$1'")));
                }
            }
        }
        assertEquals(String.join("\n", shown), String.join("\n", found));
    }

    private void writeTheFiles() {
        dacite("load", "docs/sample/packages.tsv", "--key", "name", "--value", "version,installed_kib,sha256");
        dacite("put", "git-lfs", "3.4.0");
        dacite("export", "--at", "main~1", "-o", folder.resolve("state.parquet").toString());
        dacite("export", "--from", "main~1", "-o", folder.resolve("changes.csv").toString());
    }

    private void dacite(String... args) {
        List<String> all =
                new ArrayList<>(List.of("--store", folder.resolve("dacite.db").toString()));
        all.addAll(List.of(args));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        assertEquals(0, Main.run(all.toArray(String[]::new), InputStream.nullInputStream(), nowhere, nowhere));
    }

    private static List<String> answer(Statement statement, String sql) throws Exception {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                StringJoiner line = new StringJoiner(" | ");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.add(rows.getString(i));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }
}
