package org.dacite.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** How the sources are kept. */
class TidyTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEST = Path.of("src/test/java");
    private static final int MAX_LINES = 600;
    private static final Set<String> BANNED_PACKAGES = Set.of("util", "common", "impl", "internal", "model", "api");

    /** Put together from halves, so that this file does not find itself. */
    private static final Pattern MARKER =
            Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled|@Ig" + "nore\\b");

    @Test
    void everyPackageHasADoorPlate() throws IOException {
        List<Path> without = javaFiles(MAIN).stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> Files.notExists(folder.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), without, "packages without a package-info.java");
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : allJavaFiles()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (MARKER.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void noFileIsTooLong() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : allJavaFiles()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_LINES) {
                found.add(file + ": expected at most " + MAX_LINES + " lines, got " + lines);
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void noPackageHasANameThatSaysNothing() throws IOException {
        List<Path> found = allJavaFiles().stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> StreamSupport.stream(folder.spliterator(), false)
                        .anyMatch(name -> BANNED_PACKAGES.contains(name.toString())))
                .toList();
        assertEquals(List.of(), found);
    }

    private static List<Path> allJavaFiles() throws IOException {
        return Stream.concat(javaFiles(MAIN).stream(), javaFiles(TEST).stream()).toList();
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
