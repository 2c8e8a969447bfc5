package org.dacite.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Declared views, in which the fields of values that are JSON objects are typed columns, at every revision. Real views of the
 * database, so that any tool may ask them. A field that is not there or not of its type is null.
 *
 * <p>Any thread.
 */
public final class FieldViews {
    /** The columns that each view has beside its fields. */
    private static final List<String> COLUMNS =
            List.of("revision", "tree", "key", "is_object", "path_hex", "key_bytes", "written_in", "time");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Store store;

    /** What a field of a JSON object becomes. */
    public enum FieldType {
        /** As text, whatever it is. */
        TEXT,
        /** A whole number of 64 bits. */
        BIGINT,
        /** Any number. */
        NUMERIC,
        /** Any number that a double holds, those within 1e-300 of 0 as 0. */
        DOUBLE,
        /** True or false; on SQLite 1 or 0. */
        BOOLEAN,
        /**
         * A moment of the years 1000 to 9999: a text {@code 2026-11-20T02:12:10.123Z}, with a space for the T, no seconds, up to
         * nine digits behind the second (those behind the third are left out), an offset {@code +01:00} for the Z or none, which
         * is UTC, or a day alone, which is its beginning; or a whole number of milliseconds since 1970 UTC. On SQLite text
         * like the one above.
         */
        TIMESTAMP,
        /** The day, in UTC, of what is a timestamp; on SQLite text like {@code 2026-11-20}. */
        DATE,
        /** As it stands; on SQLite text. */
        JSON;

        private static final String LABELS =
                Stream.of(values()).map(FieldType::label).collect(Collectors.joining(", "));

        /** The type of that label, which is its name in lower case. */
        public static FieldType labelled(String label) {
            return Stream.of(values())
                    .filter(type -> type.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected a type of field, one of " + LABELS + ", got '" + label + "'"));
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many of the values at a revision are what a view needs.
     *
     * @param keys all keys with a value
     * @param others those whose value is no JSON object, which have null in each of its columns
     * @param ill for each field, in how many it is something else than null or its type, and so null in its column
     */
    public record Count(long keys, long others, Map<String, Long> ill) {}

    public FieldViews(Store store) {
        this.store = store;
    }

    /**
     * Makes a view; an {@link IllegalArgumentException} where something else has its name already.
     *
     * @param name a lower-case letter, then lower-case letters, digits and {@code _}, 63 at most
     * @param fields names of fields, of the same form and none of a column that each view has, with their types, one or more
     */
    public void create(String name, Map<String, FieldType> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected one field or more for the view " + checked(name) + ", got none");
        }
        COLUMNS.stream().filter(fields::containsKey).findFirst().ifPresent(column -> {
            throw new IllegalArgumentException("expected fields of other names than the columns that each view has, "
                    + String.join(", ", COLUMNS) + ", got '" + column
                    + "'; leave it out, and take it from the column json of state_at");
        });
        FieldForms forms = store.dialect().fields();
        String columns = fields.entrySet().stream()
                .map(field -> ",\n    " + forms.field(checked(field.getKey()), field.getValue()) + " as \""
                        + field.getKey() + "\"")
                .collect(Collectors.joining());
        String declared = fields.entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue().label())
                .collect(Collectors.joining(","));
        store.inTransaction(connection -> {
            if (taken(connection, checked(name))) {
                throw new IllegalArgumentException(
                        "expected a name for the view that is free, got '" + name + "', which the store has already");
            }
            execute(
                    connection,
                    "create view \"" + name + "\" as select revision, tree, key" + columns
                            + ",\n    " + forms.isObject()
                            + " as is_object, path_hex, key_bytes, written_in, time from " + forms.states());
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into field_view (name, fields) values (?, ?)")) {
                insert.setString(1, name);
                insert.setString(2, declared);
                insert.executeUpdate();
            }
            return null;
        });
    }

    /** The views by name, each with its fields as {@code name:type,name:type}. */
    public Map<String, String> list() {
        return store.read(FieldViews::list);
    }

    private static Map<String, String> list(Connection connection) throws SQLException {
        Map<String, String> views = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name, fields from field_view")) {
            while (rows.next()) {
                views.put(rows.getString(1), rows.getString(2));
            }
        }
        return views;
    }

    /** Drops a view; an {@link IllegalArgumentException} where there is none of that name. */
    public void drop(String name) {
        store.inTransaction(connection -> {
            Map<String, String> views = list(connection);
            if (!views.containsKey(name)) {
                String which =
                        views.isEmpty() ? "of which there is none" : "one of " + String.join(", ", views.keySet());
                throw new IllegalArgumentException("expected a declared view, " + which + ", got '" + name + "'");
            }
            execute(connection, "drop view if exists \"" + name + "\""); // somebody may have done so by hand
            execute(connection, "delete from field_view where name = '" + name + "'");
            return null;
        });
    }

    /**
     * How many values at a revision are what these fields need.
     *
     * @param fields as {@link #list} tells them
     */
    public Count count(long revision, String fields) {
        Map<String, FieldType> types = parse(fields);
        FieldForms forms = store.dialect().fields();
        StringBuilder question =
                new StringBuilder("select count(*), count(case when not (" + forms.isObject() + ") then 1 end)");
        types.forEach((name, type) -> question.append(", count(case when ")
                .append(forms.isGiven(name))
                .append(" and (")
                .append(forms.field(name, type))
                .append(") is null then 1 end)"));
        question.append(" from ")
                .append(forms.states())
                .append(" where revision = ")
                .append(revision);
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(question.toString())) {
                row.next();
                Map<String, Long> ill = new LinkedHashMap<>();
                int column = 3;
                for (String name : types.keySet()) {
                    ill.put(name, row.getLong(column++));
                }
                return new Count(row.getLong(1), row.getLong(2), ill);
            }
        });
    }

    /** The fields of a list {@code name:type,name:type}. */
    public static Map<String, FieldType> parse(String fields) {
        Map<String, FieldType> parsed = new LinkedHashMap<>();
        for (String field : fields.split(",", -1)) {
            int colon = field.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "expected fields as name:type,name:type, such as balance:numeric,nonce:bigint, got '" + fields
                                + "'");
            }
            String name = checked(field.substring(0, colon));
            if (parsed.put(name, FieldType.labelled(field.substring(colon + 1))) != null) {
                throw new IllegalArgumentException("expected each field once, got '" + name + "' twice");
            }
        }
        return parsed;
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a name of a lower-case letter, then lower-case letters, digits and _, 63 at most, got '"
                            + name + "'");
        }
        return name;
    }

    private boolean taken(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(store.dialect().relations() + " where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
