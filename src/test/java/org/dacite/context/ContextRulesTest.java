package org.dacite.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the context, one after the other. */
class ContextRulesTest {
    private static void on(Engine engine, BiConsumer<Dacite, Context> test) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Context context = Context.of(dacite)) {
            test.accept(dacite, context);
        }
    }

    private static ContextPath path(String path) {
        return ContextPath.parse(path);
    }

    private static void set(Context context, String path, String value) {
        context.set(path(path), value.getBytes(UTF_8));
    }

    private static Optional<String> get(Context context, String path) {
        return context.get(path(path)).map(value -> new String(value, UTF_8));
    }

    private static Revision commit(Context context) {
        return context.commit(0, "", "").revision();
    }

    private static long rows(Dacite dacite) {
        return dacite.store().counts().leaves() + dacite.store().counts().vertices();
    }

    /** What a revision appended. */
    private static long appended(Revision revision) {
        return revision.lastOid() - revision.firstOid() + 1;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void setReplacesWhateverStandsThereOrOnTheWay(Engine engine) {
        on(engine, (dacite, context) -> {
            set(context, "a", "value");
            set(context, "d/x", "1");
            set(context, "d/y/z", "2");
            commit(context);
            set(context, "a/b/c", "3");
            set(context, "d", "4");
            assertEquals(Optional.of("3"), get(context, "a/b/c"));
            assertEquals(Optional.empty(), get(context, "a"));
            assertEquals(Optional.empty(), get(context, "d/y/z"));
            commit(context);
            assertEquals(Optional.of("3"), get(context, "a/b/c"));
            assertEquals(Optional.of("4"), get(context, "d"));
            assertTrue(context.dmem(path("a")));
            Revision same = commit(context);
            set(context, "a/b/c", "3");
            set(context, "d", "4");
            assertEquals(same.root(), context.hash(1, "", "").revision().root());
            assertEquals(0, appended(commit(context)));
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsSetAndDeletedBelowAValueTakesTheValueAway(Engine engine) {
        on(engine, (dacite, context) -> {
            set(context, "a", "value");
            set(context, "b", "1");
            commit(context);
            assertFalse(context.delete(path("a/x")));
            assertEquals(Optional.of("value"), get(context, "a"));
            set(context, "a/x", "1");
            assertTrue(context.delete(path("a/x")));
            assertFalse(context.dmem(path("a")));
            commit(context);
            assertEquals(
                    List.of("b"),
                    context.list(ContextPath.ROOT, 0, 9).stream()
                            .map(ContextEntry::name)
                            .toList());
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void deleteTakesEmptyDirectoriesAwayUpToTheRoot(Engine engine) {
        on(engine, (dacite, context) -> {
            set(context, "a/b/c/d", "1");
            commit(context);
            assertTrue(context.delete(path("a/b/c/d")));
            assertFalse(context.delete(path("a/b/c/d")));
            assertFalse(context.dmem(ContextPath.ROOT));
            assertEquals(0, commit(context).leafCount());
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCopyCostsOnePathHoweverBigItIs(Engine engine) {
        on(engine, (dacite, context) -> {
            for (int i = 0; i < 2_000; i++) {
                set(context, "big/" + i % 20 + "/" + i, "value " + i);
            }
            commit(context);
            context.copy(path("big"), path("there"));
            assertEquals(2, appended(commit(context)), "a leaf, and the vertex above it");
            context.copy(path("big"), path("big/within/it"));
            Revision within = commit(context);
            assertTrue(appended(within) <= 10, () -> "expected one path of rows, got " + appended(within));
            assertFalse(context.dmem(path("big/within/it/within")));
            assertEquals(6_000, within.leafCount());

            set(context, "there/7/7", "changed");
            context.copy(path("there"), path("again"));
            long before = rows(dacite);
            Revision twice = commit(context);
            assertEquals(appended(twice), rows(dacite) - before);
            assertTrue(appended(twice) <= 30, () -> "expected the change once, got " + appended(twice) + " rows");
            assertEquals(Optional.of("changed"), get(context, "again/7/7"));
            assertEquals(Optional.of("value 7"), get(context, "big/7/7"));
        });
    }

    /** A copy that is changed in the batch that makes it is fetched with the rest, not node by node. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCopyThatIsChangedIsFetchedAtOnce(Engine engine) {
        try (TestStore place = engine.fresh()) {
            try (Dacite dacite = Dacite.open(place.url());
                    Context context = Context.of(dacite)) {
                for (int i = 0; i < 2_000; i++) {
                    set(context, "big/" + i % 20 + "/" + i, "value " + i);
                }
                commit(context);
            }
            try (Dacite cold = Dacite.open(place.url());
                    Context context = Context.of(cold)) {
                context.copy(path("big"), path("there"));
                for (int i = 0; i < 200; i++) {
                    set(context, "there/" + i % 20 + "/" + i, "changed");
                }
                long before = cold.store().counters().statements();
                commit(context);
                long statements = cold.store().counters().statements() - before;
                assertTrue(statements <= 3, () -> "expected a statement or two, got " + statements);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aCheckoutDropsWhatIsStagedAndStartsABranch(Engine engine) {
        on(engine, (dacite, context) -> {
            set(context, "a", "1");
            Revision first = commit(context);
            set(context, "a", "2");
            Revision second = commit(context);
            assertEquals(Optional.of(Branch.MAIN), context.branch());
            set(context, "a", "lost");
            context.checkout(first);
            assertEquals(Optional.of("1"), get(context, "a"));
            assertEquals(Optional.empty(), context.branch());
            set(context, "a", "3");
            Revision fork = commit(context);
            assertEquals(first.id(), fork.parent().orElseThrow());
            assertEquals(
                    "fork-" + fork.hash().toString().substring(0, 12),
                    context.branch().orElseThrow());
            assertEquals(Optional.of(second), dacite.branch(Branch.MAIN).head());
            context.checkout(second);
            assertEquals(Optional.of(Branch.MAIN), context.branch());
            dacite.branch(Branch.MAIN).commit("somebody else", batch -> batch.put("b", "1"));
            Revision beside = commit(context);
            assertEquals(second.id(), beside.parent().orElseThrow());
            assertEquals(3, dacite.branches().size());
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void bigDirectoriesAreListedByOffsetInByteOrder(Engine engine) {
        on(engine, (dacite, context) -> {
            for (int i = 0; i < 3_000; i++) {
                set(context, "d/" + i + (i % 10 == 0 ? "/inner" : ""), "1");
            }
            commit(context);
            set(context, "d/15", "staged");
            context.delete(path("d/16"));
            List<String> names = context.list(path("d"), 0, 10_000).stream()
                    .map(ContextEntry::name)
                    .toList();
            assertEquals(2_999, names.size());
            assertEquals(names.stream().sorted().toList(), names);
            assertEquals(
                    names.subList(1_500, 1_520),
                    context.list(path("d"), 1_500, 20).stream()
                            .map(ContextEntry::name)
                            .toList());
            assertEquals(List.of(), context.list(path("d/15"), 0, 1));
            assertEquals(List.of(), context.list(path("nowhere"), 0, 1));
            assertThrows(IllegalArgumentException.class, () -> context.list(path("d"), -1, 1));
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theTimeMayBeBefore1970(Engine engine) {
        on(engine, (dacite, context) -> {
            assertEquals(-5_000, context.commit(-5, "", "").revision().timeMillis());
            assertThrows(IllegalArgumentException.class, () -> context.commit(Long.MIN_VALUE, "", ""));
            assertEquals(1, dacite.store().counts().revisions());
        });
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyTellsTheLifeOfAValue(Engine engine) {
        on(engine, (dacite, context) -> {
            set(context, "a/b", "1");
            Revision first = commit(context);
            commit(context);
            context.delete(path("a"));
            Revision third = commit(context);
            assertEquals(
                    List.of(third.id(), first.id()),
                    context.history(path("a/b")).stream()
                            .map(each -> each.revision().id())
                            .toList());
        });
    }
}
