package org.dacite.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and spans of time as people write them. */
final class Times {
    private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d|w)");

    private Times() {}

    /** A date (its beginning, UTC), an instant with {@code Z} or an offset, or milliseconds since 1970 UTC. */
    static long millis(String option, String typed) {
        try {
            if (MILLIS.matcher(typed).matches()) {
                return Long.parseLong(typed);
            }
            return DATE.matcher(typed).matches()
                    ? LocalDate.parse(typed)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()
                    : OffsetDateTime.parse(typed).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException(
                    "expected " + option + " as a date (2026-01-31), an instant (2026-01-31T12:00:00Z) or milliseconds"
                            + " since 1970, got '" + typed + "'",
                    e);
        }
    }

    /** A whole number of weeks, days, hours, minutes, seconds or milliseconds: {@code 30d}, {@code 12h}, {@code 90m}. */
    static Duration span(String option, String typed) {
        Matcher span = SPAN.matcher(typed);
        if (span.matches()) {
            long count = Long.parseLong(span.group(1));
            try {
                return Duration.ofMillis(Math.multiplyExact(count, unitMillis(span.group(2))));
            } catch (ArithmeticException e) {
                throw new UsageException(
                        "expected " + option + " of at most 292 million years, got '" + typed + "'", e);
            }
        }
        throw new UsageException("expected " + option + " as a number with w, d, h, m, s or ms behind it, such as 30d"
                + " or 90m, got '" + typed + "'");
    }

    /** The span in the largest unit that says it whole. */
    static String shown(Duration span) {
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            if (span.toMillis() % unitMillis(unit) == 0) {
                return span.toMillis() / unitMillis(unit) + unit;
            }
        }
        return span.toMillis() + "ms";
    }

    /** The time as an instant. */
    static String shown(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 7 * 86_400_000L;
        };
    }
}
