package org.dacite.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dacite.bits.KeyCodec;

/**
 * A path: the names that lead from the root to a value or a directory, written {@code a/b/c}; the root has none. A name is
 * UTF-8 text of 1 to 1,024 bytes without NUL and without {@code /}; nothing in it is escaped. Immutable.
 */
public final class ContextPath implements Comparable<ContextPath> {
    /** The root. */
    public static final ContextPath ROOT = new ContextPath(List.of());

    private static final KeyCodec CODEC = KeyCodec.text();

    /** The canonical keys of the names. */
    private final List<byte[]> keys;

    private ContextPath(List<byte[]> keys) {
        this.keys = keys;
    }

    /** Reads {@code a/b/c}; the empty text is the root. */
    public static ContextPath parse(String text) {
        return text.isEmpty() ? ROOT : of(List.of(text.split("/", -1)));
    }

    /** The path of these names. */
    public static ContextPath of(List<String> names) {
        List<byte[]> keys = new ArrayList<>(names.size());
        for (String name : names) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("expected a path of names divided by '/', got '"
                        + String.join("/", names) + "', which has an empty name");
            }
            if (name.indexOf('/') >= 0) {
                throw new IllegalArgumentException("expected a name without '/', got '" + name + "'");
            }
            keys.add(CODEC.canonical(KeyCodec.utf8(name)));
        }
        return new ContextPath(List.copyOf(keys));
    }

    /** The path of a name below this one. */
    public ContextPath then(String name) {
        List<byte[]> longer = new ArrayList<>(keys);
        longer.addAll(of(List.of(name)).keys);
        return new ContextPath(List.copyOf(longer));
    }

    /** The path of its first so many names. */
    public ContextPath first(int size) {
        return new ContextPath(List.copyOf(keys.subList(0, size)));
    }

    public boolean isRoot() {
        return keys.isEmpty();
    }

    /** How many names it has. */
    public int size() {
        return keys.size();
    }

    /** The user keys of its names, outermost first, as {@link org.dacite.history.Dacite#history} takes them. */
    public List<byte[]> names() {
        return keys.stream().map(CODEC::user).toList();
    }

    /** The canonical key of a name. */
    byte[] key(int index) {
        return keys.get(index);
    }

    /** The name of a canonical key. */
    static String name(byte[] key) {
        return CODEC.show(CODEC.user(key));
    }

    /** Whether it leads through another. */
    boolean isBelow(ContextPath other) {
        return keys.size() > other.keys.size()
                && Arrays.deepEquals(keys.subList(0, other.keys.size()).toArray(), other.keys.toArray());
    }

    /** By their names, each in byte order; a directory before what is in it. */
    @Override
    public int compareTo(ContextPath other) {
        return Arrays.compare(keys.toArray(byte[][]::new), other.keys.toArray(byte[][]::new), Arrays::compareUnsigned);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContextPath that && Arrays.deepEquals(keys.toArray(), that.keys.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(keys.toArray());
    }

    @Override
    public String toString() {
        return keys.stream().map(ContextPath::name).collect(Collectors.joining("/"));
    }
}
