package org.dacite.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The query files without Dacite: through a driver that knows nothing of it, and, where they are installed, in stock
 * shells with the very lines of their headers.
 */
class StockShellTest {
    /** The head, an old revision, and one on a fork. */
    private static final List<String> REVISIONS = List.of("3", "2", "4");

    private static final String MARK = "=== ";
    private static final String KEY = "accounts\0alice\0";
    private static final String KEYS = "[\"6100\", \"6163636f756e747300616c69636500\"]";

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aPlainDriverGetsTheSameAnswers(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Connection plain = place.plain()) {
            fill(dacite);
            int asked = 0;
            for (NamedQuery query : Queries.list()) {
                String text = query.texts().get(dacite.store().engine());
                boolean needsSha3 = text != null && text.contains("sha3(");
                if (text != null && !text.contains("not in a stock shell") && !needsSha3) {
                    for (String revision : REVISIONS) {
                        assertEquals(
                                expected(dacite, query, revision),
                                answer(plain, query, text, dacite.store().engine(), revision),
                                query.name());
                    }
                    asked++;
                }
            }
            assertTrue(asked >= 11, "expected the named queries, got " + asked);
        }
    }

    private static List<String> answer(Connection plain, NamedQuery query, String text, String engine, String revision)
            throws SQLException {
        Map<String, Object> given = new TreeMap<>();
        for (NamedQuery.Parameter each : query.parameters()) {
            String key = each.doc().contains("of the top tree") ? "a\0" : KEY;
            given.put(
                    each.name(),
                    switch (each.type()) {
                        case INTEGER, COUNT -> (Object) Long.valueOf(given(each, revision));
                        case TEXT, BRANCH, HASHES -> given(each, revision);
                        case KEY -> key.getBytes(StandardCharsets.UTF_8);
                        case KEYS -> KEYS;
                    });
        }
        List<Object> values = new ArrayList<>();
        String bound = SqlText.of(text, engine).withoutEnd().bind(given, values);
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = plain.prepareStatement(bound)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> line = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        line.add(rows.getString(i) == null ? "" : rows.getString(i));
                    }
                    lines.add(String.join("|", line));
                }
            }
        }
        return lines;
    }

    @Test
    void aStockSqlite3RunsWhatTheHeadersSay() throws IOException, InterruptedException {
        assumeTrue(installed("sqlite3"));
        for (HashAlgorithm hash : List.of(HashAlgorithm.SHA_256, HashAlgorithm.SHA3_256)) {
            try (TestStore place = Engine.SQLITE.fresh();
                    Dacite dacite = Dacite.open(place.url(), Settings.defaults().withHash(hash))) {
                fill(dacite);
                runHeaders(dacite, "-- in sqlite3:", List.of("sqlite3", "-batch", place.url()), Map.of());
            }
        }
    }

    @Test
    void aStockPsqlRunsWhatTheHeadersSay() throws IOException, InterruptedException {
        assumeTrue(installed("psql"));
        try (TestStore place = Engine.POSTGRESQL.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            fill(dacite);
            String url = place.url().substring("jdbc:".length());
            String schema = url.replaceFirst(".*currentSchema=(\\w+).*", "$1");
            String server = url.replaceFirst("[?&]currentSchema=\\w+", "").replaceFirst("[?&]ApplicationName=\\w+", "");
            if (!server.contains("?")) {
                server = server.replaceFirst("&", "?");
            }
            runHeaders(
                    dacite,
                    "-- in psql:",
                    List.of("psql", "-q", "-A", "-t", "-X", "-v", "ON_ERROR_STOP=1", server),
                    Map.of("PGOPTIONS", "-c search_path=" + schema, "PGCLIENTENCODING", "UTF8"));
        }
    }

    /** All queries in one shell for each revision, and the state as the views tell it. */
    private static void runHeaders(
            Dacite dacite, String beginning, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        boolean sqlite = dacite.store().engine().equals("sqlite");
        for (String revision : REVISIONS) {
            Map<String, List<String>> expected = new TreeMap<>();
            List<String> lines = new ArrayList<>();
            for (NamedQuery query : Queries.list()) {
                String text = query.texts().get(dacite.store().engine());
                List<String> commands = text == null ? List.of() : commands(text, beginning, revision);
                if (!commands.isEmpty()) {
                    expected.put(query.name(), expected(dacite, query, revision));
                    lines.add((sqlite ? ".print " : "\\echo ") + MARK + query.name());
                    lines.addAll(commands);
                }
            }
            assertTrue(expected.size() >= 11, "expected the named queries, got " + expected.keySet());
            Revision at = dacite.store().revision(Long.parseLong(revision)).orElseThrow();
            for (String each : sqlite
                    ? List.of("state_at where revision = " + revision)
                    : List.of(
                            "state_at where revision = " + revision,
                            "state_at(" + revision + ")",
                            "state_at('" + at.hash().toString().substring(0, 10) + "')")) {
                String label = each.replaceAll("\\W+", "_");
                expected.put(label, scanned(dacite, at));
                lines.add((sqlite ? ".print " : "\\echo ") + MARK + label);
                lines.add("select tree, key, value from " + each + " order by path_hex;");
            }
            Map<String, List<String>> found = answers(run(command, lines, environment));
            assertEquals(expected.keySet(), found.keySet());
            expected.forEach((name, answer) -> assertEquals(answer, found.get(name), name));
            if (dacite.store().format().hash() == (sqlite ? HashAlgorithm.SHA3_256 : HashAlgorithm.SHA_256)) {
                assertTrue(found.get("rehash_tree").contains("revision|1|1||" + at.root()), found::toString);
            }
        }
    }

    private static List<String> scanned(Dacite dacite, Revision at) {
        try (Snapshot state = dacite.at(at)) {
            return state.scan()
                    .map(each -> World.path(each) + "|" + World.text(each.key()) + "|" + World.text(each.value()))
                    .toList();
        }
    }

    private static Map<String, List<String>> answers(List<String> lines) {
        Map<String, List<String>> answers = new TreeMap<>();
        List<String> answer = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(MARK)) {
                answer = new ArrayList<>();
                answers.put(line.substring(MARK.length()), answer);
            } else {
                answer.add(line);
            }
        }
        return answers;
    }

    /** What the header says behind {@code -- in …:}, and the lines that go on below. */
    private static List<String> commands(String text, String beginning, String revision) {
        List<String> lines = text.lines().toList();
        int first = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith(beginning))
                .findFirst()
                .orElse(-1);
        if (first < 0 || lines.get(first).contains("not in a stock shell")) {
            return List.of();
        }
        List<String> commands = new ArrayList<>();
        commands.add(lines.get(first).substring(beginning.length()).strip());
        for (int i = first + 1; lines.get(i).startsWith("--    "); i++) {
            commands.add(lines.get(i).substring(2).strip());
        }
        commands.replaceAll(each -> each.replaceFirst("^(.*\\W)?revision 3$", "$1revision " + revision));
        return commands;
    }

    private static List<String> run(List<String> command, List<String> lines, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("dacite-shell-", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            Process shell = builder.start();
            shell.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().close();
            int code = shell.waitFor();
            String answer = Files.readString(out);
            assertEquals(0, code, answer);
            return answer.lines().toList();
        } finally {
            Files.delete(out);
        }
    }

    /** What the headers give, too. */
    private static String given(NamedQuery.Parameter parameter, String revision) {
        return switch (parameter.name()) {
            case "from", "keep" -> "1";
            case "branch", "other" -> "main";
            case "path" -> "accounts";
            case "hashes" -> "[]";
            case "time" -> "1700000000000";
            default -> parameter.name().equals("revision") ? revision : "3";
        };
    }

    private static List<String> expected(Dacite dacite, NamedQuery query, String revision) {
        Map<String, String> given = new TreeMap<>();
        List<byte[]> trees = List.of();
        for (NamedQuery.Parameter parameter : query.parameters()) {
            switch (parameter.type()) {
                case INTEGER, COUNT, TEXT, BRANCH, HASHES -> given.put(parameter.name(), given(parameter, revision));
                case KEY -> {
                    boolean top = parameter.doc().contains("of the top tree");
                    given.put(parameter.name(), top ? "a" : "alice");
                    trees = top ? List.of() : List.of("accounts".getBytes(StandardCharsets.UTF_8));
                }
                case KEYS -> {
                    return ancestors(dacite, revision);
                }
            }
        }
        return lines(Asked.query(dacite, query.name(), given, trees));
    }

    /** The one query that takes keys of several trees at once, which a person cannot type for one tree. */
    private static List<String> ancestors(Dacite dacite, String revision) {
        String top = HexFormat.of().formatHex("a\0".getBytes(StandardCharsets.UTF_8));
        assertEquals("6100", top);
        Map<Object, List<Object>> byOid = new TreeMap<>();
        for (boolean inner : new boolean[] {false, true}) {
            Asked asked = Asked.query(
                    dacite,
                    "ancestors",
                    Map.of("revision", revision, "keys", inner ? "[\"alice\"]" : "[\"a\"]"),
                    inner ? List.of("accounts".getBytes(StandardCharsets.UTF_8)) : List.of());
            for (Map<String, Object> row : asked.rows()) {
                List<Object> values = new ArrayList<>(row.values());
                byOid.merge(row.get("oid"), values, (one, two) -> {
                    List<Object> both = new ArrayList<>(one);
                    both.set(5, (Long) one.get(5) + (Long) two.get(5));
                    return both;
                });
            }
        }
        return byOid.values().stream()
                .map(values -> values.stream().map(String::valueOf).collect(Collectors.joining("|")))
                .toList();
    }

    private static List<String> lines(Asked asked) {
        return asked.rows().stream()
                .map(row -> row.values().stream()
                        .map(value -> value == null ? "" : value.toString())
                        .collect(Collectors.joining("|")))
                .toList();
    }

    private static void fill(Dacite dacite) {
        dacite.branch("main").commit("one", batch -> {
            batch.put("a", "1").put("b", "2").put("größe", "3");
            batch.tree("accounts").put("alice", "10").put("bob", "20");
        });
        dacite.branch("main").commit("two", batch -> {
            batch.delete("b");
            batch.tree("accounts").tree("savings").put("alice", "5");
        });
        dacite.branch("main").commit("three", batch -> {
            batch.put("c", "it's");
            batch.tree("accounts").put("alice", "11").delete("bob");
        });
        dacite.branch("trial").create(dacite.store().revision(2).orElseThrow());
        dacite.branch("trial").commit("four", batch -> {
            batch.put("b", "back");
            batch.tree("accounts").put("alice", "12").put("carol", "1");
        });
    }

    private static boolean installed(String shell) throws InterruptedException {
        try {
            return new ProcessBuilder(shell, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
