package org.dacite.docs;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dacite.engines.TestStore;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;

/**
 * A line of the docs that calls {@code sqlite3} or {@code psql}, answered by a plain driver as the shell would answer it: for machines
 * that have no such shell, and beside the shell where there is one.
 */
final class StockShell {
    private static final Pattern SET = Pattern.compile(":'?(\\w+)'?");

    private final List<String> words;
    private final TestStore postgresql;
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> statements = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private final Runner runner;

    /** Runs a command, or reads a file, as a shell would. */
    interface Runner {
        String run(String command) throws IOException, InterruptedException;
    }

    private StockShell(List<String> words, TestStore postgresql, Runner runner) {
        this.words = words;
        this.postgresql = postgresql;
        this.runner = runner;
    }

    static boolean isOne(String command) {
        return command.startsWith("sqlite3 ") || command.startsWith("psql ");
    }

    /** Whether a line changes nothing, so that it may be asked twice. */
    static boolean onlyAsks(String command) {
        return isOne(command) && !command.contains("./dacite");
    }

    static boolean isInstalled(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command.substring(0, command.indexOf(' ')), "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What {@code psql} takes from its environment to find the store, and {@code JDBC} for Dacite. */
    static Map<String, String> environment(TestStore postgresql) {
        Properties parts = Driver.parseURL(postgresql.url(), null);
        Map<String, String> found = new HashMap<>(Map.of(
                "JDBC",
                postgresql.url(),
                "PGHOST",
                parts.getProperty("PGHOST"),
                "PGPORT",
                parts.getProperty("PGPORT"),
                "PGDATABASE",
                parts.getProperty("PGDBNAME"),
                "PGOPTIONS",
                "-c default_transaction_read_only=on -c search_path=" + parts.getProperty("currentSchema")));
        String user = parts.getProperty("user");
        String password = parts.getProperty("password");
        if (user != null) {
            found.put("PGUSER", user);
        }
        if (password != null) {
            found.put("PGPASSWORD", password);
        }
        return found;
    }

    /** What the line prints. */
    static String answer(String command, TestStore postgresql, Runner runner)
            throws IOException, InterruptedException, SQLException {
        List<String> words = List.of(runner.run("words() { printf '%s\\0' \"$@\"; }; words " + command)
                .split("\0"));
        return new StockShell(words, postgresql, runner).answer();
    }

    private String answer() throws IOException, InterruptedException, SQLException {
        boolean sqlite = words.get(0).equals("sqlite3");
        String file = sqlite ? sqlite() : psql();
        try (Connection connection = sqlite
                ? DriverManager.getConnection("jdbc:sqlite:" + runner.run("pwd") + "/" + file)
                : postgresql.plain()) {
            execute(
                    connection,
                    sqlite ? "pragma query_only = on" : "set session characteristics as transaction read only");
            printed.clear();
            for (String each : statements) {
                if (each.startsWith(".shell ") || each.startsWith("\\! ")) {
                    printed.add(runner.run(each.substring(each.indexOf(' ') + 1)));
                } else {
                    execute(connection, each);
                }
            }
        } catch (PSQLException e) {
            printed.add("ERROR:  " + e.getServerErrorMessage().getMessage());
        } catch (SQLException e) {
            printed.add("Error: " + e.getMessage());
        }
        return String.join("\n", printed);
    }

    /** The file; behind it stand statements. */
    private String sqlite() {
        List<String> plain =
                words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
        statements.addAll(plain.subList(1, plain.size()));
        return plain.get(0).replaceFirst("^file:", "").replaceFirst("\\?.*", "");
    }

    private String psql() throws IOException, InterruptedException {
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-c" -> statements.add(words.get(++i));
                case "-f" -> statements.add(runner.run("cat " + words.get(++i)));
                case "-v" -> {
                    String[] set = words.get(++i).split("=", 2);
                    variables.put(set[0], set[1]);
                }
                default -> {
                    if (!words.get(i).startsWith("-")) {
                        throw new IllegalArgumentException("expected an option of psql, got " + words.get(i));
                    }
                }
            }
        }
        return "";
    }

    private void execute(Connection connection, String text) throws SQLException {
        String bound = SET.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(bound)) {
                return;
            }
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(rows.getString(i));
                    }
                    printed.add(row.stream()
                            .map(value -> value == null ? "" : value)
                            .collect(Collectors.joining("|")));
                }
            }
        }
    }
}
