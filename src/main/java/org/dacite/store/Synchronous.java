package org.dacite.store;

import java.util.Arrays;
import java.util.Locale;

/** When a commit counts as durable. */
public enum Synchronous {
    /** After a commit returns, it survives a power cut: the default. */
    FULL,
    /**
     * A power cut may lose the last commits, whole ones only, and never damages the store; a killed process loses
     * nothing.
     */
    NORMAL;

    /** The setting of that label: {@code full} or {@code normal}, in either case. */
    public static Synchronous labelled(String label) {
        return Arrays.stream(values())
                .filter(each -> each.name().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected full or normal, got '" + label + "'; anything less would risk the store itself"));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
