package org.dacite.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text of a statement, cut into its smallest parts, so that nothing is taken for a parameter or an end of statement
 * that stands in a literal, a quoted name or a comment. Immutable.
 */
final class SqlText {
    enum Kind {
        /** Space and comments. */
        SPACE,
        LITERAL,
        QUOTED_NAME,
        WORD,
        NUMBER,
        /** {@code :name}. */
        PARAMETER,
        SEMICOLON,
        /** Anything else: operators, brackets, commas. */
        SIGN
    }

    record Part(Kind kind, int from, int to) {}

    private final String text;
    private final boolean postgresql;
    private final List<Part> parts = new ArrayList<>();

    private SqlText(String text, String engine) {
        this.text = text;
        this.postgresql = engine.equals("postgresql");
    }

    /** The parts of a statement as an engine reads it; refuses a literal or a comment that does not end. */
    static SqlText of(String text, String engine) {
        SqlText sql = new SqlText(text, engine);
        for (int at = 0; at < text.length(); ) {
            Part part = sql.part(at);
            sql.parts.add(part);
            at = part.to;
        }
        return sql;
    }

    List<Part> parts() {
        return parts;
    }

    /** The parts that say something: neither space nor comment. */
    List<Part> spoken() {
        return parts.stream().filter(part -> part.kind != Kind.SPACE).toList();
    }

    String of(Part part) {
        return text.substring(part.from, part.to);
    }

    /** All that is written from one part to another, both included. */
    String between(Part first, Part last) {
        return text.substring(first.from, last.to);
    }

    /** The same without the semicolon at its end and what stands behind it. */
    SqlText withoutEnd() {
        for (Part part : parts) {
            if (part.kind == Kind.SEMICOLON) {
                return of(text.substring(0, part.from), postgresql ? "postgresql" : "");
            }
        }
        return this;
    }

    /** The text with a {@code ?} for each parameter, the values of which are added to {@code values} in that order. */
    String bind(Map<String, Object> given, List<Object> values) {
        StringBuilder bound = new StringBuilder(text.length());
        for (Part part : parts) {
            if (part.kind == Kind.PARAMETER) {
                String name = of(part).substring(1);
                if (!given.containsKey(name)) {
                    throw new IllegalArgumentException("expected "
                            + (given.isEmpty()
                                    ? "no parameter"
                                    : "no parameter but :" + String.join(", :", given.keySet()))
                            + ", got ':" + name + "' at character " + (part.from + 1)
                            + "; put text between single quotes, and a space behind any other colon");
                }
                values.add(given.get(name));
                bound.append('?');
            } else if (part.kind == Kind.SIGN && text.charAt(part.from) == '?') {
                bound.append("??");
            } else {
                bound.append(text, part.from, part.to);
            }
        }
        return bound.toString();
    }

    private Part part(int at) {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (Character.isWhitespace(c)) {
            return new Part(Kind.SPACE, at, at + 1);
        }
        if (c == '-' && next == '-') {
            int end = text.indexOf('\n', at);
            return new Part(Kind.SPACE, at, end < 0 ? text.length() : end);
        }
        if (c == '/' && next == '*') {
            return new Part(Kind.SPACE, at, commentEnd(at));
        }
        if (c == '\'') {
            return new Part(Kind.LITERAL, at, quotedEnd(at, at, '\'', false));
        }
        if (postgresql && (c == 'e' || c == 'E') && next == '\'') {
            return new Part(Kind.LITERAL, at, quotedEnd(at, at + 1, '\'', true));
        }
        if (c == '"' || (!postgresql && c == '`')) {
            return new Part(Kind.QUOTED_NAME, at, quotedEnd(at, at, c, false));
        }
        if (!postgresql && c == '[') {
            int end = text.indexOf(']', at);
            return new Part(Kind.QUOTED_NAME, at, end < 0 ? unended(at) : end + 1);
        }
        if (postgresql && c == '$' && dollarQuote(at) != null) {
            String mark = dollarQuote(at);
            int end = text.indexOf(mark, at + mark.length());
            return new Part(Kind.LITERAL, at, end < 0 ? unended(at) : end + mark.length());
        }
        if (c == ';') {
            return new Part(Kind.SEMICOLON, at, at + 1);
        }
        if (beginsName(c)) {
            return new Part(Kind.WORD, at, nameEnd(at));
        }
        if (isDigit(c)) {
            return new Part(Kind.NUMBER, at, nameEnd(at));
        }
        if (c == ':' && next == ':') {
            return new Part(Kind.SIGN, at, at + 2);
        }
        if (c == ':' && beginsName(next)) {
            return new Part(Kind.PARAMETER, at, nameEnd(at + 1));
        }
        if (!postgresql && (c == '?' || ((c == '@' || c == '$' || c == '#') && beginsName(next)))) {
            throw new IllegalArgumentException(
                    "expected parameters written as :name, got '" + c + "' at character " + (at + 1));
        }
        return new Part(Kind.SIGN, at, at + 1);
    }

    private int commentEnd(int from) {
        int depth = 1;
        int at = from + 2;
        while (depth > 0) {
            if (at + 1 >= text.length()) {
                return unended(from);
            }
            if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (postgresql && text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    /** The end of what the quote at {@code open} begins; the quote twice stands for itself. */
    private int quotedEnd(int from, int open, char quote, boolean backslashes) {
        int at = open + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (backslashes && c == '\\') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return unended(from);
    }

    /** The {@code $name$} that begins here, null for none. */
    private String dollarQuote(int at) {
        int end = at + 1;
        while (end < text.length() && (beginsName(text.charAt(end)) || (end > at + 1 && isDigit(text.charAt(end))))) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '$' ? text.substring(at, end + 1) : null;
    }

    private int nameEnd(int from) {
        int at = from;
        while (at < text.length()
                && (beginsName(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '$')) {
            at++;
        }
        return at;
    }

    private static boolean beginsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int unended(int from) {
        throw new IllegalArgumentException("expected an end of what begins with " + text.charAt(from) + " at character "
                + (from + 1) + ", got the end of the statement");
    }
}
