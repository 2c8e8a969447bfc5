package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process killed at any moment of a prune leaves a sound store, and the next prune finishes the work. */
class KilledPruneTest {
    private static final int KILLS = 6;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void theNextOneFinishesWhatAKilledOneBegan(Engine engine) throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        try (TestStore place = engine.fresh()) {
            try (Dacite dacite = Dacite.open(place.url())) {
                PruneTest.line(dacite, 30);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                String what = "kill " + kill + ", seed " + seed;
                killed(place.url(), random.nextInt(40));
                try (Dacite dacite = Dacite.open(place.url())) {
                    assertEquals(List.of(), damage(dacite), what);
                    Revision head = dacite.branch("main").head().orElseThrow();
                    assertEquals(head.leafCount(), dacite.head().scan().count(), what);
                    int more = kill;
                    dacite.branch("main").commit("goes on", batch -> batch.put("more", "" + more));
                }
            }
            try (Dacite dacite = Dacite.open(place.url())) {
                dacite.prune(Retention.heads(), 100, so -> {});
                assertEquals(List.of(), damage(dacite));
                Revision head = dacite.branch("main").head().orElseThrow();
                Fsck.Report reached = Fsck.check(dacite.store(), OptionalLong.of(head.id()), so -> {});
                assertEquals(reached.vertices(), dacite.store().counts().vertices());
                assertEquals(reached.leaves(), dacite.store().counts().leaves());
                assertTrue(reached.leaves() > 50);
            }
        }
    }

    private static List<Fsck.Damage> damage(Dacite dacite) {
        return Fsck.check(dacite.store(), OptionalLong.empty(), so -> {}).damage();
    }

    /** Starts a prune, lets it take so many steps, and kills it. */
    private static void killed(String url, int steps) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        Pruner.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < steps && out.readLine() != null; i++) {}
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Keeps two revisions, in steps of a few rows, each of which it tells of. */
    static final class Pruner {
        private Pruner() {}

        public static void main(String[] args) {
            try (Dacite dacite = Dacite.open(args[0])) {
                dacite.prune(Retention.heads().withLast(2), 20, so -> System.out.println(so));
            }
        }
    }
}
