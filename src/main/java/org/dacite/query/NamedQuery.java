package org.dacite.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dacite.store.ReadOnlyQuery;
import org.dacite.store.Store;

/**
 * A question with a name, as its file tells it. Immutable.
 *
 * @param name what it is called
 * @param sentence what it answers
 * @param parameters what it must be given, all of them
 * @param columns what it answers with
 * @param texts its statement by engine, {@code sqlite} and {@code postgresql}; one may be missing
 */
public record NamedQuery(
        String name, String sentence, List<Parameter> parameters, List<Column> columns, Map<String, String> texts) {
    /** Those that tell of revisions themselves, be their state pruned or not. */
    private static final Set<String> OF_LINES = Set.of("growth", "revisions");

    private static final Set<String> REVISIONS = Set.of("revision", "from");

    public NamedQuery {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
        texts = Map.copyOf(texts);
    }

    /**
     * What it must be given.
     *
     * @param name as it stands behind the colon
     * @param type what it must be
     * @param doc what it means
     */
    public record Parameter(String name, Type type, String doc) {
        /** Whether it is the id of a revision: all that are called {@code revision} or {@code from} are. */
        public boolean isRevision() {
            return REVISIONS.contains(name);
        }

        /** {@code revision (integer)}. */
        @Override
        public String toString() {
            return name + " (" + type.label() + ")";
        }
    }

    /**
     * What it answers with.
     *
     * @param name its label
     * @param type {@code integer} or {@code text}
     * @param doc what it means
     */
    public record Column(String name, String type, String doc) {}

    /** What a parameter must be. */
    public enum Type {
        /** A whole number. */
        INTEGER,
        /** How many of something: a whole number from 1 to 2,147,483,647. */
        COUNT,
        /** Any text. */
        TEXT,
        /** The name of a branch that there is. */
        BRANCH,
        /** A key as its user types it. */
        KEY,
        /** A JSON array of keys as their users type them: texts, or numbers where the keys are. */
        KEYS,
        /** A JSON array of hashes in hexadecimal. */
        HASHES;

        static Type named(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }

        /** As the files write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its statement for an engine. */
    public String text(String engine) {
        String text = texts.get(engine);
        if (text == null) {
            throw new IllegalArgumentException("expected a query that runs on " + engine + ", got '" + name
                    + "', which runs on " + String.join(", ", texts.keySet()) + " alone");
        }
        return text;
    }

    /** Whether it asks about keys, which may stand in a linked tree. */
    public boolean asksAboutKeys() {
        return parameters.stream().anyMatch(each -> each.type() == Type.KEY || each.type() == Type.KEYS);
    }

    /**
     * Runs it.
     *
     * @param given its parameters by name, each as a person types it, all of them and no other
     * @param trees the user keys that name the tree of the keys that it is given, outermost first; empty: the top tree
     * @param timeoutSeconds how long it may take, 1 or more; then a {@link org.dacite.store.StoreException}
     */
    public void run(
            Store store, Map<String, String> given, List<byte[]> trees, int timeoutSeconds, ReadOnlyQuery.Rows rows) {
        String text = text(store.engine());
        if (!trees.isEmpty() && !asksAboutKeys()) {
            throw new IllegalArgumentException(
                    "expected no tree, since the query '" + name + "' sees the whole map, got one");
        }
        Map<String, Object> typed = typed(new Binding(store, trees), given);
        List<Long> states = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.isRevision()) {
                states.add(existing(store, (Long) typed.get(parameter.name())));
            }
        }
        if (OF_LINES.contains(name)) {
            states.clear();
        }
        List<Object> values = new ArrayList<>();
        String bound = SqlText.of(text, store.engine()).withoutEnd().bind(typed, values);
        store.query(new ReadOnlyQuery(bound, values, timeoutSeconds, states), rows);
    }

    private Map<String, Object> typed(Binding binding, Map<String, String> given) {
        String expected = parameters.stream().map(Parameter::toString).collect(Collectors.joining(", "));
        for (String each : given.keySet()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(each))) {
                throw new IllegalArgumentException(
                        "expected the parameters " + expected + " for the query '" + name + "', got '" + each + "'");
            }
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String value = given.get(parameter.name());
            if (value == null) {
                throw new IllegalArgumentException("expected the parameters " + expected + " for the query '" + name
                        + "', got no '" + parameter.name() + "'");
            }
            typed.put(parameter.name(), binding.typed(parameter, value));
        }
        return typed;
    }

    /** Refuses an id that no revision has. */
    static long existing(Store store, long id) {
        return store.revision(id)
                .orElseThrow(() -> new IllegalArgumentException("expected the id of a revision, got " + id
                        + ", which the store has not; 'dacite log' lists them"))
                .id();
    }
}
