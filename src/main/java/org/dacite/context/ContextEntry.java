package org.dacite.context;

import java.util.Optional;

/**
 * An entry of a directory.
 *
 * @param name its name
 * @param value its value; empty: it is a directory
 */
public record ContextEntry(String name, Optional<byte[]> value) {
    public boolean isDirectory() {
        return value.isEmpty();
    }
}
