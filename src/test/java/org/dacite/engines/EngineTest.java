package org.dacite.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void connects(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 40 + 2")) {
            assertTrue(row.next());
            assertEquals(42, row.getInt(1));
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void givesEachStoreAPlaceOfItsOwn(Engine engine) {
        try (TestStore one = engine.fresh();
                TestStore two = engine.fresh()) {
            assertNotEquals(one.url(), two.url());
        }
    }

    @Test
    void leavesNoFile() throws SQLException {
        Path file;
        try (TestStore place = Engine.SQLITE.fresh()) {
            file = Path.of(place.url());
            assertFalse(Files.exists(file), "expected no file before the first connection");
            run(place, "create table t (n integer)");
            assertTrue(Files.exists(file));
        }
        assertFalse(Files.exists(file.getParent()), "expected the folder to be gone");
    }

    @Test
    void leavesNoSchema() throws SQLException {
        String url;
        try (TestStore place = Engine.POSTGRESQL.fresh()) {
            url = place.url();
            assertEquals(0, schemas(url), "expected no schema before somebody makes it");
            String schema = url.replaceFirst(".*currentSchema=(\\w+).*", "$1");
            run(place, "create schema " + schema);
            run(place, "create table t (n integer)");
            assertEquals(1, schemas(url));
        }
        assertEquals(0, schemas(url));
    }

    @Test
    void tellsOfALeakedConnection() throws SQLException {
        TestStore place = Engine.POSTGRESQL.fresh();
        try (Connection leaked = place.plain()) {
            IllegalStateException e = assertThrows(IllegalStateException.class, place::close);
            assertEquals("expected every connection to be closed, got 1 still open", e.getMessage());
            assertFalse(leaked.isValid(1));
        }
    }

    private static void run(TestStore place, String sql) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int schemas(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select cardinality(current_schemas(false))")) {
            row.next();
            return row.getInt(1);
        }
    }
}
