package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.query.NamedQuery;
import org.dacite.query.Queries;
import org.dacite.store.ReadOnlyQuery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong with a question is said in one line that names it, on both engines alike. */
class BadQuestionsTest {
    private static final ReadOnlyQuery.Rows NOBODY = values -> {};

    private static Map<String, String> good(NamedQuery query) {
        Map<String, String> given = new LinkedHashMap<>();
        for (NamedQuery.Parameter parameter : query.parameters()) {
            given.put(
                    parameter.name(),
                    switch (parameter.type()) {
                        case INTEGER, COUNT -> "1";
                        case TEXT, BRANCH -> "main";
                        case HASHES -> "[\"00\"]";
                        case KEY -> "a";
                        case KEYS -> "[\"a\"]";
                    });
        }
        return given;
    }

    private static List<String> bad(NamedQuery.Parameter parameter) {
        return switch (parameter.type()) {
            case INTEGER -> List.of("", "one", "1.5", "0x1", "9223372036854775808", " 1", "1;drop table leaf");
            case COUNT -> List.of("", "many", "0", "-1", "2147483648", "1.5");
            case TEXT -> List.of();
            case BRANCH -> List.of("", "none", "Main");
            case HASHES -> List.of("", "00", "[", "{}", "[1]", "[\"0g\"]", "[\"\"]", "[null]");
            case KEY -> List.of("");
            case KEYS -> List.of("", "a", "[", "{}", "[null]", "[[\"a\"]]", "[\"a\"] 1", "[1.5]", "[\"\"]");
        };
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void eachParameterOfEachQueryIsNamed(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            dacite.branch("main").commit("1", batch -> batch.put("a", "1"));
            for (NamedQuery query : Queries.list()) {
                if (!query.texts().containsKey(dacite.store().engine())) {
                    continue;
                }
                Map<String, String> good = good(query);
                query.run(dacite.store(), good, List.of(), 60, NOBODY);
                Map<String, String> more = new LinkedHashMap<>(good);
                more.put("colour", "red");
                refused(dacite, query, more, "'colour'");
                for (NamedQuery.Parameter parameter : query.parameters()) {
                    Map<String, String> less = new LinkedHashMap<>(good);
                    less.remove(parameter.name());
                    refused(dacite, query, less, "no '" + parameter.name() + "'");
                    for (String wrong : bad(parameter)) {
                        Map<String, String> given = new LinkedHashMap<>(good);
                        given.put(parameter.name(), wrong);
                        refused(dacite, query, given, parameter.name());
                    }
                }
            }
        }
    }

    private static void refused(Dacite dacite, NamedQuery query, Map<String, String> given, String named) {
        String told = assertThrows(
                        IllegalArgumentException.class,
                        () -> query.run(dacite.store(), given, List.of(), 60, NOBODY),
                        query.name() + given)
                .getMessage();
        assertTrue(
                told.startsWith("expected ")
                        && told.contains(named)
                        && told.lines().count() == 1,
                query.name() + given + ": " + told);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theCommandLineSaysSoInOneLine(Engine engine) {
        try (TestStore place = engine.fresh()) {
            Cli cli = Cli.on(place.url());
            cli.run("put", "a", "1").done();
            cli.run("put", "a", "2").done();
            cli.run("view", "create", "amounts", "--fields", "amount:bigint").done();
            cli.run("prune", "--keep", "1").doneSayingAnything();
            for (String[] words : List.of(
                    new String[] {"query", "state", "--at", "1"},
                    new String[] {"query", "diff", "-p", "from=1"},
                    new String[] {"sql", "select * from state", "--at", "1"},
                    new String[] {"sql", "select * from state_at where revision = :revision", "--at", "1"},
                    new String[] {"sql", "select * from amounts where revision = 1"},
                    new String[] {"sql", "select * from changes_between where from_revision = 1 and to_revision = 2"},
                    new String[] {"query", "as_of", "-p", "time=1", "--at", "1"},
                    new String[] {"view", "list", "--at", "1"})) {
                String told = cli.run(words).refusal(ExitCode.MISUSE);
                assertTrue(
                        told.startsWith("expected a revision whose state is kept, got revision 1")
                                && told.contains("pruned"),
                        String.join(" ", words) + ": " + told);
            }
            assertEquals(
                    1,
                    cli.run("sql", "select id from revision where id = :revision", "--at", "1", "--json")
                            .done()
                            .rows()
                            .size());
            for (String[] words : List.of(
                    new String[] {"a query, one of", "query", "nothing"},
                    new String[] {"parameter", "query", "history"},
                    new String[] {"'colour'", "query", "state", "-p", "colour=red"},
                    new String[] {"most", "query", "largest", "-p", "most=many"},
                    new String[] {"a revision", "query", "state", "-p", "revision=one"},
                    new String[] {"a revision", "query", "diff", "-p", "from=one"},
                    new String[] {"a revision", "query", "state", "--at", "99"},
                    new String[] {"a revision", "sql", "select * from state", "--at", "99"},
                    new String[] {"--timeout", "query", "state", "--timeout", "soon"},
                    new String[] {"1 second or more", "query", "state", "--timeout", "0"},
                    new String[] {":nothing", "sql", "select :nothing"})) {
                String told =
                        cli.run(Arrays.copyOfRange(words, 1, words.length)).refusal(ExitCode.MISUSE);
                assertTrue(told.contains(words[0]), String.join(" ", words) + ": " + told);
            }
        }
    }
}
