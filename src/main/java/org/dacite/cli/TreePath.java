package org.dacite.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dacite.bits.KeyCodec;

/** Names of trees in trees, outermost first, divided by {@code /}; within a name {@code \/} is a slash and {@code \\} a backslash. */
final class TreePath {
    private TreePath() {}

    static List<byte[]> parse(String path, KeyCodec codec) {
        List<byte[]> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i <= path.length(); i++) {
            char c = i == path.length() ? '/' : path.charAt(i);
            if (c == '\\' && i + 1 < path.length() && "\\/".indexOf(path.charAt(i + 1)) >= 0) {
                name.append(path.charAt(++i));
            } else if (c == '/') {
                if (name.length() == 0) {
                    throw new UsageException("expected the name of a tree, or names divided by '/', got '" + path
                            + "', which has an empty name");
                }
                names.add(codec.parse(name.toString()));
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        return names;
    }

    /** The names as {@link #parse} takes them; null for none. */
    static String show(List<byte[]> names, KeyCodec codec) {
        return names.isEmpty()
                ? null
                : names.stream().map(name -> escaped(codec.show(name))).collect(Collectors.joining("/"));
    }

    /** A name as it stands in a path. */
    static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("/", "\\/");
    }
}
