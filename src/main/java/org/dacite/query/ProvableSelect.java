package org.dacite.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dacite.bits.KeyCodec;
import org.dacite.query.SqlText.Kind;
import org.dacite.query.SqlText.Part;

/**
 * A select over {@code state} whose rows can be proved: some columns of one tree, chosen by their keys alone. Immutable.
 *
 * <pre>
 * select COLUMN, … from state [where CONDITION [and CONDITION …]]
 * COLUMN      tree, key, value, key_hex, value_hex
 * CONDITION   tree = 'PATH'                             one tree; without it, the top one
 *             key = 'KEY', key in ('KEY', …)            some keys, there or not
 *             key like 'PREFIX%', key glob 'PREFIX*'    keys that begin with it
 *             key &gt;=, &gt;, &lt;, &lt;= 'KEY', key between 'KEY' and 'KEY'
 *             key_hex with the same comparisons         canonical keys, in hexadecimal
 * </pre>
 *
 * <p>Keys compare as their bytes do. A range of {@code uint}, {@code bytes} or {@code hashed} keys is asked by
 * {@code key_hex}, since the text of such keys has another order.
 *
 * @param columns what is asked for, in this order
 * @param tree the path of the tree, empty for the top one
 * @param keys some keys as their user calls them; null: those of the range
 * @param from where the range begins, canonical bytes
 * @param to where it ends; null: nowhere
 */
public record ProvableSelect(List<String> columns, String tree, List<byte[]> keys, byte[] from, byte[] to) {
    private static final Set<String> COLUMNS = Set.of("tree", "key", "value", "key_hex", "value_hex");

    /** What the statement says; an {@link IllegalArgumentException} that says why it cannot be proved, and what can. */
    public static ProvableSelect of(String sql, String engine, KeyCodec codec) {
        SqlText text = SqlText.of(sql, engine).withoutEnd();
        return new Reader(text, codec).select();
    }

    /** Reads the words of one statement. For one thread. */
    private static final class Reader {
        private final SqlText text;
        private final List<Part> parts;
        private final KeyCodec codec;
        private final List<String> columns = new ArrayList<>();
        private int at;
        private String tree;
        private List<byte[]> keys;
        private byte[] from = new byte[0];
        private byte[] to;

        private Reader(SqlText text, KeyCodec codec) {
            this.text = text;
            this.parts = text.spoken();
            this.codec = codec;
        }

        private ProvableSelect select() {
            expect("select");
            do {
                if (isCall()) {
                    throw refusedCall();
                }
                columns.add(column(COLUMNS));
            } while (took(","));
            selection();
            if (at < parts.size()) {
                throw refused(
                        "the end of the statement, since rows are proved in the order of their keys and all of them");
            }
            return new ProvableSelect(List.copyOf(columns), tree == null ? "" : tree, keys, from, to);
        }

        private void selection() {
            expect("from");
            expect("state");
            if (took("where")) {
                do {
                    condition();
                } while (took("and"));
            }
        }

        /** Whether a function stands here, such as an aggregate. */
        private boolean isCall() {
            return at + 1 < parts.size() && text.of(parts.get(at + 1)).equals("(");
        }

        /** Names the statement whose rows the function rests on, or says what stands in the way of those. */
        private IllegalArgumentException refusedCall() {
            String call = "'" + text.of(parts.get(at)) + "(' at character "
                    + (parts.get(at).from() + 1);
            while (at < parts.size() && !word().equals("from")) {
                at++;
            }
            int from = at;
            selection();
            String inputs = text.between(parts.get(from), parts.get(at - 1));
            return new IllegalArgumentException("expected a select that can be proved, with columns alone, got " + call
                    + "; prove the rows that it rests on, select key, value " + inputs
                    + ", and compute it from them once they are checked");
        }

        private void condition() {
            switch (column(Set.of("tree", "key", "key_hex"))) {
                case "tree" -> {
                    expect("=");
                    if (tree != null) {
                        throw refused("one condition on tree");
                    }
                    tree = literal();
                }
                case "key" -> compared(false);
                default -> compared(true);
            }
        }

        private void compared(boolean hex) {
            if (took("=")) {
                only(List.of(key(hex)));
            } else if (took("in")) {
                List<byte[]> listed = new ArrayList<>();
                expect("(");
                do {
                    listed.add(key(hex));
                } while (took(","));
                expect(")");
                only(listed);
            } else if (took("between")) {
                atLeast(bound(hex));
                expect("and");
                atMost(bound(hex));
            } else if (took("like")) {
                prefix(hex, '%', "_");
            } else if (took("glob")) {
                prefix(hex, '*', "?[");
            } else if (took(">")) {
                boolean inclusive = took("=");
                byte[] bound = bound(hex);
                atLeast(inclusive ? bound : after(bound));
            } else if (took("<")) {
                boolean inclusive = took("=");
                byte[] bound = bound(hex);
                before(inclusive ? after(bound) : bound);
            } else {
                throw refused("=, in, between, like, glob, >, >=, < or <=");
            }
        }

        private void only(List<byte[]> listed) {
            if (keys != null || from.length > 0 || to != null) {
                throw refused("either the keys or a range of them");
            }
            keys = listed;
        }

        private void atLeast(byte[] bound) {
            noKeys();
            from = Arrays.compareUnsigned(bound, from) > 0 ? bound : from;
        }

        private void atMost(byte[] bound) {
            before(after(bound));
        }

        private void before(byte[] bound) {
            noKeys();
            to = to == null || Arrays.compareUnsigned(bound, to) < 0 ? bound : to;
        }

        private void noKeys() {
            if (keys != null) {
                throw refused("either the keys or a range of them");
            }
        }

        /** The first bytes after these. */
        private static byte[] after(byte[] bytes) {
            return Arrays.copyOf(bytes, bytes.length + 1);
        }

        private void prefix(boolean hex, char any, String others) {
            String pattern = literal();
            int end = pattern.length() - 1;
            boolean plain = end >= 0 && pattern.charAt(end) == any;
            for (int i = 0; i < end && plain; i++) {
                plain = pattern.charAt(i) != any && pattern.charAt(i) != '\\' && others.indexOf(pattern.charAt(i)) < 0;
            }
            if (!plain) {
                at--;
                throw refused("a prefix with " + any + " behind it and no other pattern");
            }
            String typed = pattern.substring(0, end);
            byte[] first = hex ? bytes(typed) : codec.canonicalPrefix(ordered(typed));
            atLeast(first);
            byte[] next = KeyCodec.afterPrefix(first);
            if (next != null) {
                before(next);
            }
        }

        /** A key as its user calls it. */
        private byte[] key(boolean hex) {
            String typed = literal();
            byte[] canonical = hex ? bytes(typed) : null;
            if (hex && (codec.losesUserKey() || !codec.canMake(canonical))) {
                at--;
                throw refused(codec.losesUserKey() ? "a condition on key" : "a canonical " + codec.name() + " key");
            }
            return hex ? codec.user(canonical) : codec.parse(typed);
        }

        private byte[] bound(boolean hex) {
            String typed = literal();
            return hex ? bytes(typed) : codec.canonical(ordered(typed));
        }

        /** The user key of a bound, where the text of keys has the order of their bytes. */
        private byte[] ordered(String typed) {
            if (!codec.name().equals("text")) {
                at--;
                throw refused("a comparison of key_hex with canonical keys in hexadecimal, since " + codec.name()
                        + " keys sort in another order than their text");
            }
            return typed.isEmpty() ? new byte[0] : codec.parse(typed);
        }

        private byte[] bytes(String typed) {
            try {
                return HexFormat.of().parseHex(typed);
            } catch (IllegalArgumentException e) {
                at--;
                throw refused("whole bytes in lower-case hexadecimal");
            }
        }

        private String literal() {
            if (at >= parts.size() || parts.get(at).kind() != Kind.LITERAL || word().charAt(0) != '\'') {
                throw refused("a text between single quotes");
            }
            String quoted = text.of(parts.get(at++));
            return quoted.substring(1, quoted.length() - 1).replace("''", "'");
        }

        private String column(Set<String> known) {
            String word = at < parts.size() ? word() : "";
            if (!known.contains(word)) {
                throw refused("one of the columns "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            at++;
            return word;
        }

        private boolean took(String word) {
            boolean same = at < parts.size() && word().equals(word);
            at += same ? 1 : 0;
            return same;
        }

        private void expect(String word) {
            if (!took(word)) {
                throw refused("'" + word + "'");
            }
        }

        private String word() {
            return text.of(parts.get(at)).toLowerCase(Locale.ROOT);
        }

        private IllegalArgumentException refused(String expected) {
            String got = at < parts.size()
                    ? "'" + text.of(parts.get(at)) + "' at character "
                            + (parts.get(at).from() + 1)
                    : "the end";
            return new IllegalArgumentException("expected a select that can be proved, with " + expected + ", got "
                    + got
                    + "; prove the rows that it rests on, such as select key, value from state where key like 'al%', and compute"
                    + " from them once they are checked");
        }
    }
}
