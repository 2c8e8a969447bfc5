package org.dacite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every console block of a page runs, line by line, in a fresh folder, and prints what the page shows; {@code …} stands
 * for anything within a line. Each line of the README starts a Java of its own, as it does for who types it; the lines of the
 * other pages are answered by one that stays.
 */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static final List<String> LINKED = List.of("docs/sample", "queries");

    @TempDir
    private static Path folder;

    @TempDir
    private static Path exchange;

    private static Resident resident;

    private final TestStore postgresql = Engine.POSTGRESQL.fresh();

    private record Step(String command, List<String> output) {}

    @BeforeAll
    static void startResident() throws Exception {
        resident = Resident.in(folder, exchange);
    }

    @AfterAll
    static void stopResident() throws Exception {
        resident.stop();
    }

    @AfterEach
    void leave() throws IOException {
        postgresql.close();
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst.subList(0, deepestFirst.size() - 1)) {
            Files.delete(path); // of a link the link alone
        }
    }

    @Test
    void everyLineOfTheReadmeRunsAndPrintsWhatIsShown() throws Exception {
        install("#!/bin/sh\nexec '" + Resident.java() + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                + Resident.classes() + "' org.dacite.cli.Main \"$@\"\n");
        runPage("README.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/sql.md",
                "docs/exports.md",
                "docs/analysts.md",
                "docs/history.md",
                "docs/moves.md",
                "docs/context.md",
                "docs/tezos.md"
            })
    void everyLineRunsAndPrintsWhatIsShown(String page) throws Exception {
        install(resident.script());
        runPage(page);
    }

    private void runPage(String page) throws Exception {
        List<Step> steps = steps(Files.readString(Path.of(page)));
        assertFalse(steps.isEmpty());
        for (Step step : steps) {
            if (StockShell.isOne(step.command) && !StockShell.isInstalled(step.command)) {
                check(page, step, StockShell.answer(step.command, postgresql, this::run));
                continue;
            }
            check(page, step, run(step.command));
            if (StockShell.onlyAsks(step.command)) {
                check(page, step, StockShell.answer(step.command, postgresql, this::run));
            }
        }
    }

    private static void check(String page, Step step, String found) {
        String expected = String.join("\n", step.output);
        String pattern = Stream.of(expected.split("…", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + "[^\n]*" + b)
                .orElseThrow();
        assertTrue(
                Pattern.matches(pattern, found),
                () -> page + ": $ " + step.command + "\nshown:\n" + expected + "\nprinted:\n" + found);
    }

    @Test
    void theFirstCommandIsTheTours() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertTrue(readme.contains("\n    ./dacite load docs/sample/packages.tsv --key name --value sha256\n"));
        String ci = Files.readString(Path.of(".ci/run"));
        assertTrue(readme.contains("\n    mvn -B -ntp verify\n") && ci.contains("mvn -B -ntp verify"));
    }

    @Test
    void everyLinkedPageIsThere() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            var links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                boolean within = links.group(1).isEmpty();
                Path target = within ? page : page.toAbsolutePath().resolveSibling(links.group(1));
                assertTrue(Files.exists(target), page + " links to " + links.group(1));
                assertTrue(
                        links.group(2) == null || anchors(target).contains(links.group(2)),
                        page + " links to " + links.group());
            }
        }
    }

    /** The headings of a page as links name them. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void theJavaOfTheReadmeIsTheTutorials() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String shown =
                readme.substring(readme.indexOf("```java\n") + 8, readme.indexOf("\n```\n", readme.indexOf("```java")));
        String tutorial = Files.readString(Path.of("src/test/java/org/dacite/docs/TutorialTest.java"))
                .replaceFirst("\\s+// what it says\\s+assertEquals[^\n]+value\\);", "");
        assertEquals(
                squeezed(shown.substring(shown.indexOf('{'), shown.lastIndexOf('}'))),
                squeezed(tutorial.substring(
                        tutorial.indexOf("{ // or jdbc:postgresql"), tutorial.indexOf("// what it says"))));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** The samples, the queries and a {@code ./dacite}. */
    private void install(String script) throws IOException {
        Files.createDirectories(folder.resolve("docs"));
        for (String each : LINKED) {
            Files.createSymbolicLink(folder.resolve(each), Path.of(each).toAbsolutePath());
        }
        Path command = folder.resolve("dacite");
        Files.writeString(command, script);
        assertTrue(command.toFile().setExecutable(true));
    }

    private String run(String command) throws IOException, InterruptedException {
        Path output = exchange.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command + " 2>&1")
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().remove("DACITE_STORE");
        builder.environment().putAll(StockShell.environment(postgresql));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), command);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output).stripTrailing();
    }

    private static List<Step> steps(String page) {
        List<Step> steps = new ArrayList<>();
        var blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            blocks.group(1).lines().forEach(line -> {
                if (line.startsWith("$ ")) {
                    steps.add(new Step(line.substring(2), new ArrayList<>()));
                } else {
                    steps.get(steps.size() - 1).output.add(line);
                }
            });
        }
        return steps;
    }
}
