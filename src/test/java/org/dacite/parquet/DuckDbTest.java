package org.dacite.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, read by a reader that is not ours; where its jar is (CONTRIBUTING.md says how to get it). */
class DuckDbTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void isThere() {
        boolean there = DuckDbTest.class.getClassLoader().getResource("org/duckdb/DuckDBDriver.class") != null;
        assumeTrue(there, "no DuckDB on the class path");
    }

    @Test
    void readsEveryValueAsItWasWritten() throws Exception {
        List<List<Object>> rows = Sample.rows(1, 41_000);
        for (Compression compression : Compression.values()) {
            Path file = folder.resolve(compression + ".parquet");
            Files.write(file, Sample.file(rows, compression));
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = duck.createStatement();
                    ResultSet read = statement.executeQuery("select * from '" + file + "'")) {
                for (List<Object> row : rows) {
                    assertTrue(read.next());
                    assertEquals(row.get(0), read.getObject(1));
                    assertArrayEquals((byte[]) row.get(1), read.getBytes(2));
                    for (int i = 2; i < row.size(); i++) {
                        assertEquals(row.get(i), read.getObject(i + 1));
                    }
                }
                assertFalse(read.next());
            }
        }
    }
}
