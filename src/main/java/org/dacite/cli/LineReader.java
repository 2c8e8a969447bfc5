package org.dacite.cli;

import java.util.Optional;

/** Reads lines that end with a line feed, or a carriage return and a line feed, and numbers them. For one thread. */
final class LineReader {
    private final Utf8Reader in;
    private final char[] chars = new char[1 << 16];
    private int from;
    private int to;
    private long number;

    LineReader(Utf8Reader in) {
        this.in = in;
    }

    /** The next line without its end; empty after the last. */
    Optional<String> next() {
        StringBuilder before = null;
        while (true) {
            for (int i = from; i < to; i++) {
                if (chars[i] == '\n') {
                    String line = joined(before, i);
                    from = i + 1;
                    return Optional.of(ended(line));
                }
            }
            if (from < to) {
                before = before == null ? new StringBuilder() : before;
                before.append(chars, from, to - from);
            }
            from = 0;
            to = Math.max(0, in.read(chars, 0, chars.length));
            if (to == 0) {
                return before == null ? Optional.empty() : Optional.of(ended(before.toString()));
            }
        }
    }

    /** The number of the line that was read last, counted from 1. */
    long number() {
        return number;
    }

    private String joined(StringBuilder before, int end) {
        String last = new String(chars, from, end - from);
        return before == null ? last : before.append(last).toString();
    }

    private String ended(String line) {
        number++;
        in.recordEnded();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
