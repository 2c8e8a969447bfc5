package org.dacite.house;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms are one staircase: a class sees its own room and the rooms on lower steps, none beside it, none above. */
class RoomsTest {
    private static final Map<String, Integer> STEPS = Map.ofEntries(
            Map.entry("bits", 0),
            Map.entry("hashing", 1),
            Map.entry("proof", 2),
            Map.entry("tree", 3),
            Map.entry("log", 3),
            Map.entry("parquet", 3),
            Map.entry("store", 4),
            Map.entry("drawing", 4),
            Map.entry("history", 5),
            Map.entry("query", 5),
            Map.entry("context", 6),
            Map.entry("moves", 6),
            Map.entry("bench", 7),
            Map.entry("cli", 8));

    /** Up to this step a light client has everything: no library but the digests of {@code hashing}. */
    private static final int LIGHT_CLIENT_STEP = 2;

    /** {@code org.dacite.tree.Node -> java.lang.Object java.base}; the module is "not found" for a library. */
    private static final Pattern ARROW = Pattern.compile("\\s+(org\\.dacite\\.\\S+)\\s+->\\s+(\\S+)\\s+(.+)");

    private static final Pattern ROOM =
            Pattern.compile("org\\.dacite\\.([a-z]\\w*)(?:\\.schema(?:\\.tables)?)?\\.(?:[A-Z].*|package-info)");

    private record Arrow(String from, String to, String module) {
        boolean staysInTheHouse() {
            return to.startsWith("org.dacite.");
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    private static List<Arrow> arrows;

    @BeforeAll
    static void readJdeps() {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter out = new StringWriter();
        int status = jdeps.run(
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                "-verbose:class",
                "-filter:none",
                "target/classes");
        assertEquals(0, status, out::toString);
        arrows = out.toString()
                .lines()
                .map(ARROW::matcher)
                .filter(Matcher::matches)
                .map(found ->
                        new Arrow(found.group(1), found.group(2), found.group(3).strip()))
                .toList();
        assertFalse(arrows.isEmpty(), "expected arrows, got none from jdeps");
    }

    @Test
    void everyClassStandsInARoom() {
        assertNone(arrows.stream()
                .filter(arrow -> step(arrow.from()).isEmpty())
                .map(Arrow::from)
                .distinct()
                .toList());
    }

    @Test
    void noArrowGoesUpOrSideways() {
        assertNone(arrows.stream()
                .filter(Arrow::staysInTheHouse)
                .filter(arrow -> !room(arrow.from()).equals(room(arrow.to())))
                .filter(arrow -> step(arrow.to()).orElse(Integer.MAX_VALUE)
                        >= step(arrow.from()).orElse(-1))
                .toList());
    }

    @Test
    void theLightClientNeedsNoLibrary() {
        assertNone(arrows.stream()
                .filter(arrow -> step(arrow.from()).orElse(0) <= LIGHT_CLIENT_STEP)
                .filter(arrow -> !arrow.staysInTheHouse())
                .filter(arrow -> !arrow.module().equals("java.base"))
                .filter(arrow -> !(arrow.to().startsWith("org.bouncycastle.")
                        && room(arrow.from()).equals(Optional.of("hashing"))))
                .toList());
    }

    private static Optional<String> room(String className) {
        Matcher found = ROOM.matcher(className);
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static Optional<Integer> step(String className) {
        return room(className).map(STEPS::get);
    }

    private static void assertNone(List<?> strays) {
        assertEquals("", strays.stream().map(Object::toString).collect(joining("\n")));
    }
}
