package org.dacite.cli;

import java.util.Collection;
import org.dacite.bits.KeyCodec;

/**
 * A JSON object that is written member by member, on one line. Strings are escaped where they must be and nowhere else;
 * bytes are text where they are UTF-8, else {@code 0x…}. For one thread.
 */
final class Json {
    private final StringBuilder text = new StringBuilder("{");

    private Json() {}

    static Json object() {
        return new Json();
    }

    /** Adds a member: null, text, a number, a truth value, bytes, a {@link Json} or a {@link Collection} of these. */
    Json with(String name, Object value) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name, text);
        text.append(':');
        append(value);
        return this;
    }

    /** Adds a member whose value is JSON text already. */
    Json withRaw(String name, String json) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name, text);
        text.append(':').append(json);
        return this;
    }

    private void append(Object value) {
        if (value instanceof byte[] bytes) {
            quote(KeyCodec.showBytes(bytes), text);
        } else if (value instanceof Collection<?> each) {
            text.append('[');
            int before = text.length();
            for (Object element : each) {
                if (text.length() > before) {
                    text.append(',');
                }
                append(element);
            }
            text.append(']');
        } else if (isLiteral(value)) {
            text.append(value);
        } else {
            quote(value.toString(), text);
        }
    }

    private static boolean isLiteral(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof Json;
    }

    /** Appends text as a JSON string. */
    static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
