package org.dacite.query;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dacite.query.SqlText.Kind;
import org.dacite.query.SqlText.Part;

/**
 * SQLite's {@code like} with a fixed pattern as {@code glob}, which says the same where case is heeded. SQLite hands a
 * {@code glob} down to where it is answered by an index, and never a {@code like} that heeds case.
 */
final class FixedLike {
    /** What may stand behind a pattern that is all of the operand. */
    private static final Set<String> BEHIND = Set.of(
            ")",
            ",",
            ";",
            "and",
            "or",
            "group",
            "having",
            "order",
            "limit",
            "union",
            "except",
            "intersect",
            "then",
            "else",
            "end",
            "when");

    private FixedLike() {}

    /** The statement with each {@code like} of a literal alone, without {@code escape}, as a {@code glob}. */
    static String asGlob(String sql, SqlText text) {
        List<Part> parts = text.spoken();
        StringBuilder told = new StringBuilder(sql.length());
        int from = 0;
        for (int i = 1; i + 1 < parts.size(); i++) {
            Part pattern = parts.get(i + 1);
            if (parts.get(i).kind() == Kind.WORD
                    && text.of(parts.get(i)).equalsIgnoreCase("like")
                    && pattern.kind() == Kind.LITERAL
                    && (i + 2 == parts.size() || endsOperand(text.of(parts.get(i + 2))))) {
                told.append(sql, from, parts.get(i).from()).append("glob ").append(glob(text.of(pattern)));
                from = pattern.to();
            }
        }
        return told.append(sql, from, sql.length()).toString();
    }

    private static boolean endsOperand(String next) {
        return BEHIND.contains(next.toLowerCase(Locale.ROOT));
    }

    private static String glob(String like) {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            switch (c) {
                case '%' -> glob.append('*');
                case '_' -> glob.append('?');
                case '*', '?', '[' -> glob.append('[').append(c).append(']');
                default -> glob.append(c);
            }
        }
        return glob.toString();
    }
}
