package org.dacite.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dacite.query.NamedQuery.Column;
import org.dacite.query.NamedQuery.Parameter;

/**
 * Reads the comment that a query file begins with:
 *
 * <pre>{@code
 * -- name: what it answers, one sentence
 * --
 * -- :parameter (type) what it is
 * -- returns column (type) what it is
 * -- in sqlite3:  how to run it there
 * -- in psql:     how to run it there
 * }</pre>
 *
 * <p>Lines of another form are remarks.
 */
final class QueryFile {
    private static final Pattern TITLE = Pattern.compile("-- ([a-z][a-z0-9_]*): (\\S.*)");
    private static final Pattern PARAMETER = Pattern.compile("-- :([a-z_]+) \\(([a-z]+)\\) (\\S.*)");
    private static final Pattern COLUMN = Pattern.compile("-- returns ([a-z_]+) \\((integer|text)\\) (\\S.*)");

    private QueryFile() {}

    /** The query whose files, by engine, are these; their comments must tell the same but for how to run them. */
    static NamedQuery parse(String name, Map<String, String> texts) {
        List<NamedQuery> each = texts.values().stream()
                .map(text -> parse(name, text, texts))
                .distinct()
                .toList();
        if (each.size() > 1) {
            throw new IllegalStateException(
                    "expected the files of the query " + name + " to tell the same, got different headers");
        }
        return each.get(0);
    }

    private static NamedQuery parse(String name, String text, Map<String, String> texts) {
        List<String> lines =
                text.lines().takeWhile(line -> line.startsWith("--")).toList();
        Matcher title = lines.isEmpty() ? null : TITLE.matcher(lines.get(0));
        if (title == null || !title.matches() || !title.group(1).equals(name)) {
            throw new IllegalStateException("expected the query file to begin with '-- " + name + ": …'");
        }
        List<Parameter> parameters = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (String line : lines) {
            Matcher parameter = PARAMETER.matcher(line);
            Matcher column = COLUMN.matcher(line);
            if (parameter.matches()) {
                parameters.add(new Parameter(
                        parameter.group(1), NamedQuery.Type.named(parameter.group(2)), parameter.group(3)));
            } else if (column.matches()) {
                columns.add(new Column(column.group(1), column.group(2), column.group(3)));
            }
        }
        return new NamedQuery(name, title.group(2), parameters, columns, texts);
    }
}
