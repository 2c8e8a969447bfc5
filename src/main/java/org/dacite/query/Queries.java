package org.dacite.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The named queries: what stands in the folder {@code queries}, one question a file. */
public final class Queries {
    private static final List<String> ENGINES = List.of("sqlite", "postgresql");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern FILE = Pattern.compile("(" + NAME + ")(?:\\.(?:sqlite|postgresql))?\\.sql");

    /** A file that is always there; the others stand beside it. */
    private static final String FIRST = "depths.sql";

    private Queries() {}

    /** All of them, by name. */
    public static List<NamedQuery> list() {
        return names().stream().map(Queries::named).toList();
    }

    /** The query of that name. */
    public static NamedQuery named(String name) {
        Map<String, String> texts = new TreeMap<>();
        if (NAME.matcher(name).matches()) {
            String shared = read(name + ".sql");
            for (String engine : ENGINES) {
                String text = shared == null ? read(name + "." + engine + ".sql") : shared;
                if (text != null) {
                    texts.put(engine, text);
                }
            }
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a query, one of " + String.join(", ", names()) + ", got '" + name + "'");
        }
        return QueryFile.parse(name, texts);
    }

    private static String read(String file) {
        try (InputStream in = Queries.class.getResourceAsStream("/queries/" + file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names, read from the folder or the jar that the classes came from. */
    static Set<String> names() {
        URL first = Queries.class.getResource("/queries/" + FIRST);
        if (first == null) {
            throw new IllegalStateException("expected the folder queries on the class path, found none");
        }
        return names(first);
    }

    /** The names of the files beside this one. */
    static Set<String> names(URL first) {
        Set<String> names = new TreeSet<>();
        for (String file : files(first)) {
            Matcher name = FILE.matcher(file);
            if (name.matches()) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    private static List<String> files(URL first) {
        try {
            if (first.openConnection() instanceof JarURLConnection connection) {
                connection.setUseCaches(false);
                String folder = connection
                        .getEntryName()
                        .substring(0, connection.getEntryName().length() - FIRST.length());
                try (JarFile jar = connection.getJarFile()) {
                    return jar.stream()
                            .map(entry -> entry.getName())
                            .filter(entry -> entry.startsWith(folder))
                            .map(entry -> entry.substring(folder.length()))
                            .toList();
                }
            }
            URI place = first.toURI();
            try (Stream<Path> found = Files.list(Path.of(place).resolveSibling(""))) {
                return found.map(path -> path.getFileName().toString()).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
