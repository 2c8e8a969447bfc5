package org.dacite.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which columns of a file are key and value. Immutable. */
final class Columns {
    private final List<String> names;
    private final int key;
    private final int[] values;

    private Columns(List<String> names, int key, int[] values) {
        this.names = names;
        this.key = key;
        this.values = values;
    }

    /**
     * What a person asked for.
     *
     * @param key the name of the key column; null: the first
     * @param values the names of the value columns, several of them divided by commas; empty: all but the key
     */
    record Choice(String key, List<String> values) {
        /** The columns that this means in a file which has these. */
        Columns among(List<String> names, long line) {
            Set<String> different = new HashSet<>();
            for (String name : names) {
                if (!different.add(name)) {
                    throw new BadRecordException(line, "expected columns of different names, got '" + name + "' twice");
                }
            }
            int keyAt = key == null ? 0 : find(key, names, line);
            int[] valuesAt = chosen(names).stream()
                    .mapToInt(name -> find(name, names, line))
                    .distinct()
                    .sorted()
                    .toArray();
            if (values.isEmpty()) {
                valuesAt =
                        IntStream.range(0, names.size()).filter(i -> i != keyAt).toArray();
            }
            if (valuesAt.length == 0) {
                throw new BadRecordException(
                        line, "expected a value column beside the key column '" + names.get(keyAt) + "', got none");
            }
            return new Columns(List.copyOf(names), keyAt, valuesAt);
        }

        private List<String> chosen(List<String> names) {
            List<String> chosen = new ArrayList<>();
            for (String each : values) {
                chosen.addAll(names.contains(each) ? List.of(each) : Arrays.asList(each.split(",", -1)));
            }
            return chosen;
        }

        private static int find(String name, List<String> names, long line) {
            int at = names.indexOf(name);
            if (at < 0) {
                throw new BadRecordException(
                        line, "expected a column '" + name + "', got the columns " + String.join(", ", names));
            }
            return at;
        }
    }

    List<String> names() {
        return names;
    }

    int key() {
        return key;
    }

    /** Whether a column is neither key nor value. */
    boolean ignores(int column) {
        return column != key && Arrays.binarySearch(values, column) < 0;
    }

    /**
     * The value of a record: that of its one value column as plain text, or several as a JSON object in column order.
     *
     * @param plain gives a column as plain text
     * @param json gives a column as JSON
     */
    String value(IntFunction<String> plain, IntFunction<String> json) {
        if (values.length == 1) {
            return plain.apply(values[0]);
        }
        Json object = Json.object();
        for (int column : values) {
            object.withRaw(names.get(column), json.apply(column));
        }
        return object.toString();
    }

    /** The value of a record whose columns are text. */
    String value(List<String> cells) {
        return value(cells::get, column -> {
            StringBuilder quoted = new StringBuilder();
            Json.quote(cells.get(column), quoted);
            return quoted.toString();
        });
    }

    /** Refuses a record that does not have the columns of the file. */
    void checkWidth(int width, long line) {
        if (width != names.size()) {
            throw new BadRecordException(line, "expected " + names.size() + " columns, got " + width);
        }
    }
}
