package org.dacite.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.dacite.query.SqlText.Kind;
import org.dacite.query.SqlText.Part;
import org.dacite.store.ReadOnlyQuery;
import org.dacite.store.Store;

/**
 * Any one statement that only reads.
 *
 * <p>What keeps it from writing is its connection, which cannot; what is refused here is refused with a better reason, or
 * is no write in the eyes of an engine and yet reaches out of the store: files, other sessions, other servers.
 */
public final class ReadOnlySql {
    private static final Set<String> READING = Set.of("select", "with", "values", "table");

    private static final Set<String> WRITING = Set.of("insert", "update", "delete", "replace", "merge");

    private static final Pattern REACHING_OUT = Pattern.compile("load_extension|readfile|writefile|edit|fts3_tokenizer"
            + "|pg_(?:read|ls|stat)_(?:binary_)?(?:file|dir|\\w*dir)|pg_file_\\w+|lo_\\w+|lo(?:read|write)|dblink\\w*"
            + "|pg_(?:terminate|cancel)_\\w+|pg_(?:reload|rotate|promote|switch|create|drop|copy|advance|wal_replay)\\w*"
            + "|pg_(?:backup|start_backup|stop_backup|logical|replication|export_snapshot|import|notify|stat_reset)\\w*"
            + "|pg_(?:try_)?advisory\\w*|pg_prewarm|pg_execute_\\w+|set_config|setval|nextval|txid_current"
            + "|pg_current_xact_id|(?:query|cursor)_to_xml\\w*");

    /** The view of every revision, at one. */
    private static final String STATE = "select tree, key, value, json, key_hex, value_hex, path_hex, key_bytes,"
            + " value_bytes, oid, written_in, time, linked from state_at where revision = :revision";

    private ReadOnlySql() {}

    /** Runs a statement; see {@link #run(Store, String, OptionalLong, int, ReadOnlyQuery.Rows)}. */
    public static void run(Store store, String sql, int timeoutSeconds, ReadOnlyQuery.Rows rows) {
        run(store, sql, OptionalLong.empty(), timeoutSeconds, rows);
    }

    /**
     * Runs a statement at a revision: {@code :revision} in it is its id, and {@code state} a relation, the rows of
     * the view {@code state_at} at that revision, in no certain order. A statement that names neither is run as
     * it is.
     *
     * @param timeoutSeconds how long it may take, 1 or more; then a {@link org.dacite.store.StoreException}
     */
    public static void run(
            Store store, String sql, OptionalLong revision, int timeoutSeconds, ReadOnlyQuery.Rows rows) {
        SqlText text = SqlText.of(sql, store.engine());
        Part verb = check(text);
        Map<String, Object> given = new HashMap<>();
        String told = sql;
        List<Long> states = new ArrayList<>();
        if (revision.isPresent()) {
            given.put("revision", NamedQuery.existing(store, revision.getAsLong()));
            if (namesState(text)) {
                states.add(revision.getAsLong());
                told = withState(sql, text, verb);
                text = SqlText.of(told, store.engine());
            }
        }
        if (store.engine().equals("sqlite")) {
            text = SqlText.of(FixedLike.asGlob(told, text), store.engine());
        }
        List<Object> values = new ArrayList<>();
        String bound = text.withoutEnd().bind(given, values);
        store.query(new ReadOnlyQuery(bound, values, timeoutSeconds, states), rows);
    }

    /** Refuses all but one reading statement; answers the word that it begins with, {@code explain} left aside. */
    private static Part check(SqlText text) {
        List<Part> parts = text.spoken();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected a statement, such as select count(*) from leaf, got nothing");
        }
        checkOne(text, parts);
        int at = word(text, parts, 0).equals("explain") ? afterExplain(text, parts) : 0;
        if (at >= parts.size() || !READING.contains(word(text, parts, at))) {
            throw new IllegalArgumentException(
                    "expected a statement that only reads, which begins with select, with, values, table or explain of these, got '"
                            + text.of(parts.get(Math.min(at, parts.size() - 1))) + "'");
        }
        checkVerbBehindWith(text, parts, at);
        for (int i = 0; i + 1 < parts.size(); i++) {
            checkName(text, parts.get(i), text.of(parts.get(i + 1)).equals("("));
        }
        return parts.get(at);
    }

    /** What stands behind the common table expressions, outside of all brackets, reads as well. */
    private static void checkVerbBehindWith(SqlText text, List<Part> parts, int at) {
        int depth = 0;
        for (int i = at + 1; i < parts.size() && word(text, parts, at).equals("with"); i++) {
            String word = word(text, parts, i);
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            boolean named = i + 1 < parts.size() && Set.of("as", "(").contains(word(text, parts, i + 1));
            if (depth == 0 && READING.contains(word)) {
                return;
            }
            if (depth == 0 && WRITING.contains(word) && !named) {
                throw new IllegalArgumentException("expected a statement that only reads, got one that begins with '"
                        + word(text, parts, at) + "' and goes on with '" + word + "'");
            }
        }
    }

    private static void checkOne(SqlText text, List<Part> parts) {
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (parts.get(i).kind() == Kind.SEMICOLON) {
                throw new IllegalArgumentException(
                        "expected one statement, got another one behind the ';' at character "
                                + (parts.get(i).from() + 1) + ", which begins with '" + text.of(parts.get(i + 1))
                                + "'; run them one by one");
            }
        }
    }

    private static int afterExplain(SqlText text, List<Part> parts) {
        int at = 1;
        if (at < parts.size() && text.of(parts.get(at)).equals("(")) {
            while (at < parts.size() && !text.of(parts.get(at)).equals(")")) {
                at++;
            }
            return at + 1;
        }
        while (at < parts.size()
                && Set.of("query", "plan", "analyze", "verbose").contains(word(text, parts, at))) {
            at++;
        }
        return at;
    }

    private static void checkName(SqlText text, Part part, boolean called) {
        String name = text.of(part);
        boolean quoted = part.kind() == Kind.QUOTED_NAME;
        if (called && (quoted || part.kind() == Kind.WORD)) {
            String bare = (quoted ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT);
            if (REACHING_OUT.matcher(bare).matches()) {
                throw new IllegalArgumentException("expected a statement that only reads this store, got a call of '"
                        + bare + "', which reaches out of it; leave it out");
            }
            if (quoted && bare.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("expected the name of a function in plain letters, got " + name
                        + " at character " + (part.from() + 1));
            }
        }
    }

    private static String word(SqlText text, List<Part> parts, int at) {
        return text.of(parts.get(at)).toLowerCase(Locale.ROOT);
    }

    private static boolean namesState(SqlText text) {
        return text.parts().stream()
                .filter(part -> part.kind() == Kind.WORD || part.kind() == Kind.QUOTED_NAME)
                .map(text::of)
                .anyMatch(name -> name.equalsIgnoreCase("state") || name.equals("\"state\""));
    }

    /** The statement with {@code state} among its common table expressions, before its own. */
    private static String withState(String sql, SqlText text, Part verb) {
        String state = "state as not materialized (" + STATE + ")";
        if (!text.of(verb).equalsIgnoreCase("with")) {
            return sql.substring(0, verb.from()) + "with " + state + " " + sql.substring(verb.from());
        }
        List<Part> parts = text.spoken();
        int next = parts.indexOf(verb) + 1;
        boolean recursive = next < parts.size() && text.of(parts.get(next)).equalsIgnoreCase("recursive");
        int at = recursive ? parts.get(next).to() : verb.to();
        return sql.substring(0, at) + " " + state + "," + sql.substring(at);
    }
}
