package org.dacite.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which columns of a file are key and value. Immutable. */
final class Columns {
    private static final int NONE = -1;

    private final List<String> names;
    private final int key;
    private final int[] values;
    private final int[] marks;

    private Columns(List<String> names, int key, int[] values, int[] marks) {
        this.names = names;
        this.key = key;
        this.values = values;
        this.marks = marks;
    }

    /**
     * The columns, each null for none, that say something of a record's revision: its number, its time, and what is done.
     */
    record Marking(String revision, String time, String op) {
        static final Marking NONE = new Marking(null, null, null);
    }

    /**
     * What a person asked for.
     *
     * @param key the name of the key column; null: the first
     * @param values the names of the value columns, several of them divided by commas; empty: all that are nothing else
     * @param marking the columns that say something else
     */
    record Choice(String key, List<String> values, Marking marking) {
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
            int[] marksAt = Stream.of(marking.revision, marking.time, marking.op)
                    .mapToInt(name -> name == null ? NONE : find(name, names, line))
                    .toArray();
            if (values.isEmpty()) {
                valuesAt = IntStream.range(0, names.size())
                        .filter(i -> i != keyAt && IntStream.of(marksAt).noneMatch(mark -> mark == i))
                        .toArray();
            }
            if (valuesAt.length == 0) {
                throw new BadRecordException(
                        line, "expected a value column beside the key column '" + names.get(keyAt) + "', got none");
            }
            return new Columns(List.copyOf(names), keyAt, valuesAt, marksAt);
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

    /** Whether a column is nothing that was asked for. */
    boolean ignores(int column) {
        return column != key
                && Arrays.binarySearch(values, column) < 0
                && IntStream.of(marks).noneMatch(mark -> mark == column);
    }

    /** The one column of the value; −1 where several make it. */
    int onlyValue() {
        return values.length == 1 ? values[0] : NONE;
    }

    /** The column of the time; −1 where there is none. */
    int time() {
        return marks[1];
    }

    /** What a record says of its revision, given its columns as plain text. */
    Records.Marks marks(IntFunction<String> plain) {
        return new Records.Marks(mark(0, plain), mark(1, plain), mark(2, plain));
    }

    private String mark(int number, IntFunction<String> plain) {
        return marks[number] == NONE ? null : plain.apply(marks[number]);
    }

    /** The record whose columns are text. */
    Records.Entry entry(long line, List<String> cells) {
        checkWidth(cells.size(), line);
        return new Records.Entry(line, cells.get(key), value(cells), null, marks(cells::get));
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
    private String value(List<String> cells) {
        return value(cells::get, column -> {
            StringBuilder quoted = new StringBuilder();
            Json.quote(cells.get(column), quoted);
            return quoted.toString();
        });
    }

    /** Refuses a record that does not have the columns of the file. */
    private void checkWidth(int width, long line) {
        if (width != names.size()) {
            throw new BadRecordException(line, "expected " + names.size() + " columns, got " + width);
        }
    }
}
