package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.junit.jupiter.api.Test;

/** A store that is opened twice in one process keeps its locks: no other process takes itself for the last one to leave. */
class OpenTwiceTest {
    @Test
    void anotherProcessThatComesAndGoesTakesNothingAway() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh()) {
            try (Dacite dacite = Dacite.open(place.url())) {
                dacite.branch("main").commit("one", batch -> batch.put("a", "1"));
                assertTrue(Store.exists(place.url()));
                try (Dacite again = Dacite.open(place.url())) {
                    assertEquals("1", again.head().get("a").orElseThrow());
                }

                visit(place.url());

                dacite.branch("main").commit("three", batch -> batch.put("c", "3"));
                visit(place.url());
                dacite.branch("main").commit("four", batch -> batch.put("d", "4"));
            }
            try (Dacite dacite = Dacite.open(place.url())) {
                assertEquals("2", dacite.head().get("b").orElseThrow());
                assertEquals("3", dacite.head().get("c").orElseThrow());
                assertEquals(4, dacite.branch("main").head().orElseThrow().height());
            }
        }
    }

    private static void visit(String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        Visitor.class.getName(),
                        url)
                .inheritIO()
                .start();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
    }

    /** Commits once and leaves. */
    static final class Visitor {
        private Visitor() {}

        public static void main(String[] args) {
            try (Dacite dacite = Dacite.open(args[0])) {
                dacite.branch("main").commit("two", batch -> batch.put("b", "2"));
            }
        }
    }
}
