package org.dacite.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The migrations of both engines make the same tables, and {@code schema/} shows them as they are.
 *
 * <p>{@code -Ddacite.schema.write=true} writes {@code schema/} first.
 */
class SchemaTest {
    private static final Path FOLDER = Path.of("schema");
    private static final boolean WRITE = Boolean.getBoolean("dacite.schema.write");
    private static final Pattern SCHEMA_OF_URL = Pattern.compile(".*currentSchema=(\\w+).*");

    /** A type on PostgreSQL and the one that stands for it on SQLite. */
    private static final Map<String, String> TYPES =
            Map.of("bigint", "integer", "integer", "integer", "smallint", "integer", "text", "text", "bytea", "blob");

    private static TestStore sqlitePlace;
    private static TestStore postgresPlace;
    private static Connection sqlite;
    private static Connection postgresql;

    @BeforeAll
    static void migrate() throws SQLException {
        sqlitePlace = Engine.SQLITE.fresh();
        flyway("jdbc:sqlite:" + sqlitePlace.url(), "sqlite").load().migrate();
        sqlite = sqlitePlace.plain();
        postgresPlace = Engine.POSTGRESQL.fresh();
        flyway(postgresPlace.url(), "postgresql")
                .schemas(schema(postgresPlace))
                .load()
                .migrate();
        postgresql = postgresPlace.plain();
    }

    @AfterAll
    static void leave() throws SQLException {
        sqlite.close();
        sqlitePlace.close();
        postgresql.close();
        postgresPlace.close();
    }

    @Test
    void sqliteIsShown() throws SQLException, IOException {
        assertShown("sqlite.sql", Ddl.text("SQLite", "migrations/sqlite", Ddl.ofSqlite(sqlite)));
    }

    @Test
    void postgresqlIsShown() throws SQLException, IOException {
        assumeSpelling();
        assertShown("postgresql.sql", Ddl.text("PostgreSQL", "migrations/postgresql", Ddl.ofPostgresql(postgresql)));
    }

    @Test
    void theDictionaryIsShown() throws SQLException, IOException {
        assertShown(
                "dictionary.md", Dictionary.text(postgresql, Column.ofPostgresql(postgresql), Column.ofSqlite(sqlite)));
    }

    @Test
    void whatIsShownMakesTheSameTablesOnSqlite() throws SQLException {
        try (TestStore place = Engine.SQLITE.fresh();
                Connection connection = place.plain()) {
            run(connection, Ddl.ofSqlite(sqlite));
            assertEquals(Ddl.ofSqlite(sqlite), Ddl.ofSqlite(connection));
        }
    }

    @Test
    void whatIsShownMakesTheSameTablesOnPostgresql() throws SQLException {
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Connection connection = place.plain()) {
            run(connection, List.of("create schema " + schema(place)));
            run(connection, Ddl.ofPostgresql(postgresql));
            assertEquals(Ddl.ofPostgresql(postgresql), Ddl.ofPostgresql(connection));
        }
    }

    @Test
    void bothEnginesHaveTheSameColumns() throws SQLException {
        assertEquals(byRelation(Column.ofPostgresql(postgresql)), byRelation(Column.ofSqlite(sqlite)));
    }

    @Test
    void bothEnginesHaveTheSameTypesAndNulls() throws SQLException {
        assertEquals(
                tables(Column.ofPostgresql(postgresql))
                        .map(column -> column.fullName() + " " + TYPES.get(column.type()) + " " + column.notNull())
                        .sorted()
                        .toList(),
                tables(Column.ofSqlite(sqlite))
                        .map(column -> column.fullName() + " " + column.type() + " " + column.notNull())
                        .sorted()
                        .toList());
    }

    @Test
    void everythingIsCommentedOnPostgresql() throws SQLException {
        assertEquals(
                List.of(),
                Stream.of(
                                uncommented(Dictionary.relations(postgresql)),
                                uncommented(Dictionary.functions(postgresql)),
                                tables(Column.ofPostgresql(postgresql))
                                        .filter(column -> column.comment() == null)
                                        .map(Column::fullName))
                        .flatMap(names -> names)
                        .toList());
    }

    /** There a comment is the end of the line that declares the column; SQLite keeps it with the table. */
    @Test
    void everyColumnIsCommentedOnSqlite() throws SQLException {
        List<String> statements = Ddl.ofSqlite(sqlite);
        assertEquals(
                List.of(),
                tables(Column.ofSqlite(sqlite))
                        .filter(column -> statements.stream()
                                .filter(sql -> sql.toLowerCase(Locale.ROOT)
                                        .startsWith("create table " + column.relation() + " "))
                                .flatMap(String::lines)
                                .noneMatch(line -> line.matches("\\s+" + column.name() + "\\s.*-- \\S.*")))
                        .map(Column::fullName)
                        .toList());
    }

    private static void assertShown(String name, String expected) throws IOException {
        Path file = FOLDER.resolve(name);
        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, expected);
        }
        assertEquals(
                expected,
                Files.exists(file) ? Files.readString(file) : "",
                () -> file + " is not what the migrations make; CONTRIBUTING.md says how to write it anew");
    }

    /** How a server spells views and functions depends on its version. */
    private static void assumeSpelling() throws SQLException {
        int major = postgresql.getMetaData().getDatabaseMajorVersion();
        assumeTrue(
                major == Engine.POSTGRESQL_MAJOR,
                () -> "expected PostgreSQL " + Engine.POSTGRESQL_MAJOR + ", which schema/ is written by, got " + major);
    }

    /** The columns of each relation in their order; a view may have been made anew on one engine. */
    private static Map<String, List<String>> byRelation(List<Column> columns) {
        return columns.stream()
                .collect(Collectors.groupingBy(
                        Column::relation, Collectors.mapping(Column::fullName, Collectors.toList())));
    }

    private static Stream<Column> tables(List<Column> columns) {
        return columns.stream().filter(column -> !column.ofView());
    }

    private static Stream<String> uncommented(Map<String, String> comments) {
        return comments.entrySet().stream()
                .filter(entry -> Objects.isNull(entry.getValue()))
                .map(Map.Entry::getKey);
    }

    private static FluentConfiguration flyway(String jdbcUrl, String folder) {
        return Flyway.configure().dataSource(jdbcUrl, null, null).locations("filesystem:migrations/" + folder);
    }

    private static String schema(TestStore place) {
        return SCHEMA_OF_URL.matcher(place.url()).replaceFirst("$1");
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
