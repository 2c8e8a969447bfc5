package org.dacite.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** In which order the plain table gets the rows of a commit. */
public enum PlainOrder {
    /** As they come: what a program does that keeps its records in a table. */
    ARRIVAL {
        @Override
        Change[] order(Change[] changes) {
            return changes;
        }
    },

    /** By key, which the program must do itself: random pages are then written in order. */
    SORTED {
        @Override
        Change[] order(Change[] changes) {
            Change[] sorted = changes.clone();
            Arrays.sort(sorted, Comparator.comparing(Change::key, Arrays::compareUnsigned));
            return sorted;
        }
    };

    /** The order of that label: {@code arrival} or {@code sorted}. */
    public static PlainOrder labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected an order of the plain table's rows, arrival or sorted, got '" + label + "'"));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract Change[] order(Change[] changes);
}
