package org.dacite.context;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of a context written down a second time, slow and obvious: nested maps that are copied whole. */
final class ModelContext {
    private final Map<String, Object> root;

    ModelContext() {
        this(new TreeMap<>());
    }

    private ModelContext(Map<String, Object> root) {
        this.root = root;
    }

    ModelContext copy() {
        return new ModelContext(deep(root));
    }

    void set(String[] path, Object what) {
        Map<String, Object> at = root;
        for (int i = 0; i < path.length - 1; i++) {
            if (!(at.get(path[i]) instanceof Map)) {
                at.put(path[i], new TreeMap<String, Object>());
            }
            at = directory(at.get(path[i]));
        }
        at.put(path[path.length - 1], what);
    }

    /** What stands at a path: text, a map, or null. */
    Object find(String[] path) {
        Object at = root;
        for (String name : path) {
            at = at instanceof Map ? directory(at).get(name) : null;
        }
        return at;
    }

    boolean copy(String[] from, String[] to) {
        Object what = find(from);
        if (what == null || (from.length == 0 && root.isEmpty())) {
            return false;
        }
        set(to, what instanceof Map ? deep(directory(what)) : what);
        return true;
    }

    boolean delete(String[] path) {
        if (find(path) == null) {
            return false;
        }
        delete(root, path, 0);
        return true;
    }

    private static void delete(Map<String, Object> at, String[] path, int depth) {
        if (depth < path.length - 1) {
            Map<String, Object> inner = directory(at.get(path[depth]));
            delete(inner, path, depth + 1);
            if (!inner.isEmpty()) {
                return;
            }
        }
        at.remove(path[depth]);
    }

    Optional<String> get(String[] path) {
        return find(path) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    boolean dmem(String[] path) {
        return find(path) instanceof Map && !directory(find(path)).isEmpty();
    }

    private static Map<String, Object> deep(Map<String, Object> map) {
        Map<String, Object> copy = new TreeMap<>();
        map.forEach((name, what) -> copy.put(name, what instanceof Map ? deep(directory(what)) : what));
        return copy;
    }

    @SuppressWarnings("unchecked") // a map stands only where a directory does
    static Map<String, Object> directory(Object what) {
        return (Map<String, Object>) what;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
