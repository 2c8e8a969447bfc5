package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "sqlite => select :a, :b_1 + :a => select ?, ? + ?",
                "sqlite => ':a' || \":a\" || [:a] || `:a` || :a => ':a' || \":a\" || [:a] || `:a` || ?",
                "sqlite => 'it''s :a' /* :a */ :a -- :a => 'it''s :a' /* :a */ ? -- :a",
                "sqlite => /* /* :a */ :a => /* /* :a */ ?",
                "sqlite => x'00' || :a => x'00' || ?",
                "sqlite => '\\' || :a => '\\' || ?",
                "postgresql => :a::bigint => ?::bigint",
                "postgresql => e'\\':a' || :a => e'\\':a' || ?",
                "postgresql => '\\' || :a => '\\' || ?",
                "postgresql => $$ :a $$ || $x$ $$ :a $x$ || :a => $$ :a $$ || $x$ $$ :a $x$ || ?",
                "postgresql => /* /* :a */ :a */ :a => /* /* :a */ :a */ ?",
                "postgresql => j ? 'x' and :a => j ?? 'x' and ?",
                "postgresql => b[1:2] || a$b$:a => b[1:2] || a$b$?",
            })
    void aParameterIsWhatStandsOutsideLiteralsAndComments(String engine, String sql, String bound) {
        List<Object> values = new ArrayList<>();
        assertEquals(bound, SqlText.of(sql, engine).bind(Map.of("a", 1L, "b_1", 2L), values));
        assertEquals(bound.replace("??", "").chars().filter(c -> c == '?').count(), values.size());
    }

    @Test
    void valuesComeInTheOrderOfTheText() {
        List<Object> values = new ArrayList<>();
        SqlText.of("select :b, :a, :b", "sqlite").bind(Map.of("a", 1L, "b", "two"), values);
        assertEquals(List.of("two", 1L, "two"), values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'abc", "\"abc", "/* abc", "`abc", "[abc"})
    void whatDoesNotEndIsRefused(String sql) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SqlText.of("select " + sql, "sqlite"));
        assertEquals(
                "expected an end of what begins with " + sql.charAt(0)
                        + " at character 8, got the end of the statement",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"$$ abc", "$x$ abc $$", "e'abc\\'", "/* /* abc */"})
    void norOnPostgresql(String sql) {
        assertThrows(IllegalArgumentException.class, () -> SqlText.of("select " + sql, "postgresql"));
    }

    @Test
    void anUnknownParameterIsRefused() {
        SqlText sql = SqlText.of("select :nope", "sqlite");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> sql.bind(Map.of("revision", 1L), new ArrayList<>()));
        assertEquals(
                "expected no parameter but :revision, got ':nope' at character 8; put text between single quotes, and a"
                        + " space behind any other colon",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "?1", "@a", "$a"})
    void parametersOfAnotherFormAreRefusedOnSqlite(String sql) {
        assertThrows(IllegalArgumentException.class, () -> SqlText.of("select " + sql, "sqlite"));
    }
}
