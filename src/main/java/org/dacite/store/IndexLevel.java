package org.dacite.store;

import java.util.Arrays;
import java.util.Locale;

/** Which indexes a store keeps beside its primary keys; may be changed at any time. */
public enum IndexLevel {
    /** None: a commit touches no random page. */
    NONE,
    /** {@code leaf(key, oid)}, of text keys by their text instead of their bytes, so that SQL finds rows by key: the default. */
    LEAVES,
    /** Also {@code vertex(prefix, depth, oid)}. */
    ALL;

    /** The level of that label: {@code none}, {@code leaves} or {@code all}. */
    public static IndexLevel labelled(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an index level, one of none, leaves, all, got '" + label + "'"));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
