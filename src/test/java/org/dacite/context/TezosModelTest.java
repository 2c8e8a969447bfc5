package org.dacite.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random changes, copies, checkouts, native commits and prunes, beside hashes that are made from nothing each time. */
class TezosModelTest {
    private record State(Revision revision, ModelContext model) {}

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyCommitHasTheHashOfItsDirectories(Engine engine) throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            HashScheme.TEZOS.settle(dacite);
            ModelContext model = new ModelContext();
            List<State> states = new ArrayList<>();
            try (Context context = Context.of(dacite)) {
                for (int step = 0; step < 20; step++) {
                    change(context, model, random, step);
                    Committed foreseen = context.hash(step - 5, "a", "m");
                    Committed made = context.commit(step - 5, "a", "m");
                    String where = "seed " + seed + ", step " + step;
                    assertEquals(foreseen.tezos(), made.tezos(), where);
                    assertArrayEquals(
                            SlowTezos.hash(model.find(new String[0])),
                            made.tezos().orElseThrow().root().bytes(),
                            where);
                    states.add(new State(made.revision(), model.copy()));
                    if (step % 6 == 5) {
                        State back = states.get(states.size() - 3);
                        context.checkout(back.revision());
                        model = back.model().copy();
                    }
                    if (step == 14) {
                        dacite.prune(Retention.heads().withLast(4), 50, so -> {});
                    }
                }
            }
            long directories = count(place, "context_directory");
            long inodes = count(place, "context_inode");
            dacite.prune(Retention.heads(), 50, so -> {});
            assertTrue(count(place, "context_directory") < directories / 2);
            assertTrue(count(place, "context_inode") < inodes / 2);
        }
    }

    private static void change(Context context, ModelContext model, Random random, int step) {
        for (int i = 0; i < 60; i++) {
            String directory = "d" + random.nextInt(3) + (random.nextInt(4) == 0 ? "/deep/er" : "");
            String path = directory + "/n" + random.nextInt(12);
            switch (random.nextInt(8)) {
                case 0 -> assertEquals(model.delete(path.split("/")), context.delete(ContextPath.parse(path)));
                case 1 -> copy(context, model, directory, "c" + random.nextInt(3));
                case 2 -> set(context, model, "d" + random.nextInt(3), "a value in the way");
                default -> set(context, model, path, "v".repeat(random.nextInt(200)) + random.nextInt(3));
            }
        }
        int names = 240 + 20 * (step % 3); // about as many as are hashed in one piece
        for (int i = 0; i < 300; i++) {
            String path = "big/n" + i;
            boolean there = model.find(path.split("/")) != null;
            if (i < names && (!there || random.nextInt(40) == 0)) {
                set(context, model, path, "v" + random.nextInt(1000));
            } else if (i >= names && there) {
                assertEquals(model.delete(path.split("/")), context.delete(ContextPath.parse(path)));
            }
        }
        copy(context, model, "big", "twin" + step % 2);
        set(context, model, "twin" + step % 2 + "/mine", "v" + step);
    }

    private static void set(Context context, ModelContext model, String path, String value) {
        context.set(ContextPath.parse(path), value.getBytes(StandardCharsets.UTF_8));
        model.set(path.split("/"), value);
    }

    private static void copy(Context context, ModelContext model, String from, String to) {
        boolean copied = context.copy(ContextPath.parse(from), ContextPath.parse(to));
        assertEquals(model.copy(from.split("/"), to.split("/")), copied);
    }

    private static long count(TestStore place, String table) throws Exception {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void commitsMadeWithoutAContextCarryTheirHashToo(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Revision before = dacite.branch("main").commit("before", batch -> batch.put("old", "1"));
            HashScheme.TEZOS.settle(dacite);
            assertTrue(TezosHashes.of(dacite, before).isEmpty());
            Revision after = dacite.branch("main")
                    .commit("after", batch -> batch.tree("t").put("k", "v"));
            ModelContext model = new ModelContext();
            model.set(new String[] {"old"}, "1");
            model.set(new String[] {"t", "k"}, "v");
            assertArrayEquals(
                    SlowTezos.hash(model.find(new String[0])),
                    TezosHashes.of(dacite, after).orElseThrow().root().bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aDirectoryMayBecomeAgainWhatItWas(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            HashScheme.TEZOS.settle(dacite);
            try (Context context = Context.of(dacite)) {
                context.set(ContextPath.parse("d/a"), new byte[] {1});
                Committed first = context.commit(0, "", "");
                context.set(ContextPath.parse("d/b"), new byte[] {2});
                context.commit(1, "", "");
                context.delete(ContextPath.parse("d/b"));
                Committed third = context.commit(2, "", "");
                assertEquals(
                        first.tezos().orElseThrow().root(),
                        third.tezos().orElseThrow().root());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void namesThatTezosCannotTellApartLeaveNothingBehind(Engine engine) throws Exception {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            HashScheme.TEZOS.settle(dacite);
            try (Context context = Context.of(dacite)) {
                context.set(ContextPath.parse("a"), new byte[] {1});
                Revision first = context.commit(0, "", "").revision();
                for (byte[] name : SharedBuckets.names(300)) {
                    String text = new String(name, StandardCharsets.UTF_8);
                    context.set(ContextPath.of(List.of("d", text)), new byte[] {2});
                }
                assertThrows(IllegalArgumentException.class, () -> context.hash(1, "", ""));
                assertThrows(IllegalArgumentException.class, () -> context.commit(1, "", ""));
                assertEquals(first, dacite.branch("main").getHead());
            }
            Revision next = dacite.branch("main").commit("next", batch -> batch.put("b", "2"));
            assertEquals(2, next.id());
        }
    }
}
