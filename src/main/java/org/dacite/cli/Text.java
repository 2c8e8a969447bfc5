package org.dacite.cli;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.dacite.bits.KeyCodec;

/** Text made fit for one line of a terminal. */
final class Text {
    private static final int MAX_HEX_BYTES = 32;

    private Text() {}

    /** The text with everything that would break a line or steer a terminal written as an escape. */
    static String escaped(String text) {
        int at = 0;
        while (at < text.length() && !steers(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (steers(c)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** A value of a row as people read it; empty for null. */
    static String shown(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value == null ? "" : value instanceof byte[] bytes ? KeyCodec.showBytes(bytes) : value.toString();
    }

    /** A message of several lines as one. */
    static String oneLine(String message) {
        return escaped(String.join(" ", message.strip().split("\\s*\\R\\s*")));
    }

    /** Bytes as {@code 0x…}, the first of them where there are many. */
    static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, MAX_HEX_BYTES);
        return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
    }

    /** What stands in the place of a value where a key holds a tree. */
    static String tree(Object root) {
        return "(a tree with root " + root + ")";
    }

    private static boolean steers(char c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
