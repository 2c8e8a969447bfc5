package org.dacite.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations, marks, commits, checkouts and branches against nested maps. */
class ContextModelTest {
    private static final String[] NAMES = {"a", "b", "ab", "c", "\u00fc", "\ud83d\ude00", "\uffee"};
    private static final int OPERATIONS = 1_500;

    private final List<Revision> commits = new ArrayList<>();
    private final List<ModelContext> states = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private Random random;
    private Context context;
    private ModelContext model;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void behavesLikeNestedMaps(Engine engine) {
        for (long seed = 1; seed <= 2; seed++) {
            commits.clear();
            states.clear();
            actions.clear();
            try (TestStore place = engine.fresh();
                    TestStore other = engine.fresh();
                    Dacite dacite = Dacite.open(place.url());
                    Dacite again = Dacite.open(other.url())) {
                run(dacite, seed);
                replay(again, seed);
            }
        }
    }

    private void run(Dacite dacite, long seed) {
        random = new Random(seed);
        model = new ModelContext();
        try (Context opened = Context.of(dacite)) {
            context = opened;
            context.recordTo(actions::add);
            List<Context.Mark> marks = new ArrayList<>();
            List<ModelContext> marked = new ArrayList<>();
            for (int i = 0; i < OPERATIONS; i++) {
                String about = "seed " + seed + ", operation " + i;
                int kind = random.nextInt(100);
                if (kind < 88) {
                    change(about);
                } else if (kind < 92) {
                    marks.add(context.mark());
                    marked.add(model.copy());
                } else if (kind < 95 && !marks.isEmpty()) {
                    int which = random.nextInt(marks.size());
                    context.restore(marks.get(which));
                    model = marked.get(which).copy();
                } else if (kind < 98) {
                    Committed foreseen = context.hash(i, "author", "message " + i);
                    Committed done = context.commit(i, "author", "message " + i);
                    assertEquals(foreseen.revision().hash(), done.revision().hash(), about);
                    commits.add(done.revision());
                    states.add(model.copy());
                    marks.clear();
                    marked.clear();
                } else if (kind < 99 && !commits.isEmpty()) {
                    int which = random.nextInt(commits.size());
                    context.checkout(commits.get(which));
                    model = states.get(which).copy();
                    marks.clear();
                    marked.clear();
                }
                look(about);
            }
        }
        for (int i = 0; i < commits.size(); i += 7) {
            try (ContextView view = ContextView.at(dacite, commits.get(i))) {
                assertEquals(states.get(i).toString(), whole(view, ContextPath.ROOT), "seed " + seed);
            }
        }
        assertEquals(
                List.of(),
                Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage(),
                "seed " + seed);
        dacite.prune(Retention.heads(), 1_000, so -> {});
        long heads = dacite.branches().values().stream().distinct().count();
        assertEquals(
                heads,
                commits.stream()
                        .filter(each ->
                                !dacite.revision(Long.toString(each.id())).pruned())
                        .count());
        assertEquals(
                commits.get(commits.size() - 1).id() > 0, dacite.branches().containsKey(Branch.MAIN), "seed " + seed);
    }

    /** What was recorded comes to the same hashes in another store. */
    private void replay(Dacite other, long seed) {
        try (Replay replay = Replay.of(other)) {
            actions.forEach(replay::apply);
            assertEquals(commits.size(), replay.commits(), "seed " + seed);
            assertEquals(
                    commits.get(commits.size() - 1).hash(),
                    other.revision(Integer.toString(commits.size())).hash(),
                    "seed " + seed);
        }
    }

    private void change(String about) {
        String[] path = path(1);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                assertEquals(model.delete(path), context.delete(in(path)), about);
            }
            case 3, 4 -> {
                String[] from = path(0);
                assertEquals(model.copy(from, path), context.copy(in(from), in(path)), about);
            }
            default -> {
                String value = "v" + random.nextInt(3);
                model.set(path, value);
                context.set(in(path), value.getBytes(UTF_8));
            }
        }
    }

    private void look(String about) {
        String[] path = path(0);
        ContextPath in = in(path);
        assertEquals(model.get(path), context.get(in).map(value -> new String(value, UTF_8)), about);
        assertEquals(model.get(path).isPresent(), context.mem(in), about);
        assertEquals(model.dmem(path), context.dmem(in), about);
        int offset = random.nextInt(3);
        int length = random.nextInt(4);
        List<String> names = model.find(path) instanceof Map
                ? ModelContext.directory(model.find(path)).keySet().stream()
                        .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)))
                        .skip(offset)
                        .limit(length)
                        .toList()
                : List.of();
        assertEquals(
                names,
                context.list(in, offset, length).stream()
                        .map(ContextEntry::name)
                        .toList(),
                about);
    }

    private String[] path(int least) {
        String[] path = new String[least + random.nextInt(4)];
        for (int i = 0; i < path.length; i++) {
            path[i] = NAMES[random.nextInt(i == 0 ? 3 : NAMES.length)];
        }
        return path;
    }

    private static ContextPath in(String... path) {
        return ContextPath.of(List.of(path));
    }

    /** Everything, as the model prints it. */
    private static String whole(ContextView view, ContextPath path) {
        List<String> parts = new ArrayList<>();
        TreeMap<String, String> sorted = new TreeMap<>();
        for (ContextEntry entry : view.list(path, 0, Long.MAX_VALUE)) {
            sorted.put(
                    entry.name(),
                    entry.value()
                            .map(value -> new String(value, UTF_8))
                            .orElseGet(() -> whole(view, path.then(entry.name()))));
        }
        sorted.forEach((name, what) -> parts.add(name + "=" + what));
        return "{" + String.join(", ", parts) + "}";
    }
}
