package org.dacite.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dacite.context.Context;
import org.dacite.context.ContextEntry;
import org.dacite.context.ContextPath;
import org.dacite.context.ContextView;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queries about directories say what the context says, at old commits too. */
class DirectoryQueryTest {
    private static final List<String> PATHS =
            List.of("", "a", "a/b", "a/b/x", "nothing", "a/nothing", "alone/only", "\u00fc");

    @ParameterizedTest
    @EnumSource(Engine.class)
    void sayWhatTheContextSays(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Context context = Context.of(dacite)) {
            for (String path : List.of(
                    "a/b/x", "a/b/y", "a/c", "b", "alone/only/one", "\u00fc/\ud83d\ude00", "\u00fc/\uffee", "a\\b")) {
                context.set(ContextPath.parse(path), path.getBytes(UTF_8));
            }
            Revision first = context.commit(0, "", "").revision();
            context.copy(ContextPath.parse("a"), ContextPath.parse("a/b/copy"));
            context.delete(ContextPath.parse("b"));
            Revision second = context.commit(0, "", "").revision();
            for (Revision at : List.of(first, second)) {
                try (ContextView view = ContextView.at(dacite, at)) {
                    PATHS.forEach(path -> compare(dacite, at, view, path));
                }
            }
        }
    }

    private static void compare(Dacite dacite, Revision at, ContextView view, String path) {
        Map<String, String> given = Map.of("revision", Long.toString(at.id()), "path", path);
        ContextPath directory = ContextPath.parse(path);
        List<String> entries =
                view.stream(directory).map(each -> line(each.name(), each)).toList();
        assertEquals(entries, Asked.query(dacite, "ls", given, List.of()).lines("name", "kind", "value"), path);
        List<String> below = new ArrayList<>();
        Map<String, long[]> sizes = new TreeMap<>();
        view.walk(directory, (in, entry) -> {
            below.add(line(in.then(entry.name()).toString(), entry));
            entry.value().ifPresent(value -> {
                for (int i = directory.size(); i <= in.size(); i++) {
                    long[] size = sizes.computeIfAbsent(in.first(i).toString(), unseen -> new long[2]);
                    size[0]++;
                    size[1] += value.length;
                }
            });
        });
        assertEquals(below, Asked.query(dacite, "tree", given, List.of()).lines("path", "kind", "value"), path);
        List<String> used = new ArrayList<>();
        sizes.forEach((each, size) -> used.add(each + " " + size[0] + " " + size[1]));
        assertEquals(
                used.stream().sorted().toList(),
                Asked.query(dacite, "du", given, List.of()).lines("path", "entries", "bytes").stream()
                        .sorted()
                        .toList(),
                path);
    }

    private static String line(String name, ContextEntry entry) {
        return name
                + (entry.isDirectory() ? " directory " : " value ")
                + entry.value().map(value -> new String(value, UTF_8)).orElse("null");
    }
}
