package org.dacite.bench;

import java.util.Arrays;
import java.util.Locale;

/** How the plain table of SQLite is laid out. Each layout is the better one at something. */
public enum PlainTable {
    /** {@code without rowid}: rows stand in the order of their keys. Smaller, and faster to read and to scan. */
    CLUSTERED("create table plain (key blob primary key, value blob not null) without rowid"),

    /** Rows stand in the order in which they came, and an index finds them by key. Faster to load. */
    ROWID("create table plain (key blob primary key, value blob not null)");

    private final String statement;

    PlainTable(String statement) {
        this.statement = statement;
    }

    /** The layout of that label: {@code clustered} or {@code rowid}. */
    public static PlainTable labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a layout of the plain table, clustered or rowid, got '" + label + "'"));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String statement() {
        return statement;
    }
}
