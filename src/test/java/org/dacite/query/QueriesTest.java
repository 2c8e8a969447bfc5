package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dacite.query.SqlText.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code queries/}: all of them are found, and their headers are whole. */
class QueriesTest {
    private static final Path FOLDER = Path.of("queries");
    private static final Set<String> DACITE_FUNCTIONS = Set.of("dacite_hash", "dacite_skip", "dacite_text", "key_text");

    @Test
    void findsEveryFile() throws IOException {
        Set<String> expected = files().stream()
                .map(path -> path.getFileName().toString().replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                expected, Queries.list().stream().map(NamedQuery::name).collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(expected.containsAll(
                Set.of("state", "path", "ancestors", "siblings", "rehash_revision", "history", "changes", "depths")));
    }

    @Test
    void findsTheSameInAJar(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("some queries.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files()) {
                out.putNextEntry(new JarEntry("queries/" + file.getFileName()));
                out.write(Files.readAllBytes(file));
            }
        }
        assertEquals(
                new TreeSet<>(Queries.names()),
                new TreeSet<>(Queries.names(java.net
                        .URI
                        .create("jar:" + jar.toUri() + "!/queries/depths.sql")
                        .toURL())));
    }

    @Test
    void theHeaderNamesEveryParameterThatTheStatementTakes() {
        for (NamedQuery query : Queries.list()) {
            Set<String> expected =
                    query.parameters().stream().map(NamedQuery.Parameter::name).collect(Collectors.toSet());
            query.texts().forEach((engine, text) -> {
                SqlText sql = SqlText.of(text, engine);
                Set<String> taken = sql.parts().stream()
                        .filter(part -> part.kind() == Kind.PARAMETER)
                        .map(part -> sql.of(part).substring(1))
                        .collect(Collectors.toSet());
                assertEquals(expected, taken, query.name() + " on " + engine);
            });
        }
    }

    @Test
    void eachIsOneStatementThatEndsWithASemicolon() {
        for (NamedQuery query : Queries.list()) {
            query.texts().forEach((engine, text) -> {
                List<SqlText.Part> spoken = SqlText.of(text, engine).spoken();
                assertEquals(
                        1,
                        spoken.stream()
                                .filter(part -> part.kind() == Kind.SEMICOLON)
                                .count(),
                        query.name());
                assertEquals(Kind.SEMICOLON, spoken.get(spoken.size() - 1).kind(), query.name());
            });
        }
    }

    @Test
    void theHeaderTellsHowToRunItInAShell() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            String text = Files.readString(file);
            boolean sqlite = !name.endsWith(".postgresql.sql");
            boolean postgresql = !name.endsWith(".sqlite.sql");
            boolean stock = !text.contains("in sqlite3:  not in a stock shell");
            assertEquals(sqlite && stock, text.contains("--              .read queries/" + name + "\n"), name);
            assertEquals(postgresql, text.contains("--              \\i queries/" + name + "\n"), name);
        }
    }

    @Test
    void onSqliteOnlyWhatSaysSoUsesFunctionsOfDacite() {
        for (NamedQuery query : Queries.list()) {
            String text = query.texts().get("sqlite");
            if (text != null && !text.contains("not in a stock shell")) {
                assertFalse(
                        callsFunctionOfDacite(SqlText.of(text, "sqlite")),
                        () -> query.name() + " uses a function that a stock sqlite3 has not");
            }
        }
    }

    /** Whether one of the names stands before a bracket; a column may bear it as well. */
    private static boolean callsFunctionOfDacite(SqlText sql) {
        List<String> words = sql.spoken().stream().map(sql::of).toList();
        return IntStream.range(0, words.size() - 1)
                .anyMatch(i -> DACITE_FUNCTIONS.contains(words.get(i))
                        && words.get(i + 1).startsWith("("));
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThereAre() {
        for (String name : List.of("stat", "", "../x", "state.sqlite")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Queries.named(name));
            assertTrue(
                    Pattern.matches(
                            "expected a query, one of ancestors, .*, trees, got '" + Pattern.quote(name) + "'",
                            e.getMessage()),
                    e.getMessage());
        }
    }

    @Test
    void aQueryOfOneEngineSaysSo() {
        NamedQuery query = Queries.named("rehash_sha3");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> query.text("postgresql"));
        assertEquals(
                "expected a query that runs on postgresql, got 'rehash_sha3', which runs on sqlite alone",
                e.getMessage());
    }

    @Test
    void aHeaderThatNamesAnotherQueryIsRefused() {
        Map<String, String> text = Map.of("sqlite", "-- other: something\nselect 1;");
        assertThrows(IllegalStateException.class, () -> QueryFile.parse("this", text));
        Map<String, String> two = Map.of("sqlite", "-- a: b\nselect 1;", "postgresql", "-- a: c\nselect 1;");
        assertThrows(IllegalStateException.class, () -> QueryFile.parse("a", two));
    }

    @Test
    void aSentenceIsOneLine() {
        for (NamedQuery query : Queries.list()) {
            assertTrue(query.sentence().length() <= 140, query.name());
            assertEquals(query.name(), query.name().toLowerCase(Locale.ROOT));
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(FOLDER)) {
            return found.sorted().toList();
        }
    }
}
