package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process killed at any moment of a load leaves a store that opens, is sound and holds a prefix of the revisions: all
 * that it said to have committed, and at most one more.
 */
class KillTest {
    private static final int KILLS = 20;

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aKilledLoadLeavesAPrefixOfItsRevisions(Engine engine) throws Exception {
        long seed = 97;
        Random random = new Random(seed);
        try (TestStore place = engine.fresh()) {
            List<String> committed = new ArrayList<>();
            int kills = engine == Engine.SQLITE ? KILLS : KILLS / 2;
            for (int i = 0; i < kills; i++) {
                List<String> said = loadAndKill(place.url(), committed.size(), random.nextInt(3), random.nextInt(25));
                committed.addAll(said);
                check(place, committed, "kill " + i + ", seed " + seed, i == kills - 1);
            }
            assertTrue(committed.size() > kills / 2, "the killed loads must have got somewhere");
        }
    }

    private static void check(TestStore place, List<String> committed, String what, boolean last) {
        try (Dacite dacite = Dacite.open(place.url())) {
            List<String> found = new ArrayList<>();
            dacite.branch("main")
                    .head()
                    .ifPresent(head -> dacite.log(head, Long.MAX_VALUE, each -> found.add(0, hash(each))));
            assertTrue(found.size() >= committed.size() && found.size() <= committed.size() + 1, what);
            assertEquals(committed, found.subList(0, committed.size()), what);
            if (found.size() > committed.size()) {
                committed.add(found.get(committed.size()));
            }
            assertEquals(committed.size() * (long) Loader.CHANGES, dacite.head().leafCount(), what);
            if (committed.size() > 0) {
                int at = committed.size() - 1;
                assertArrayEquals(
                        Loader.value(at, 5),
                        dacite.head().get(Loader.key(at, 5)).orElseThrow(),
                        what);
            }
            OptionalLong scope = last ? OptionalLong.empty() : OptionalLong.of(Math.max(1, committed.size()));
            if (committed.size() > 0) {
                assertEquals(
                        List.of(), Fsck.check(dacite.store(), scope, step -> {}).damage(), what);
            }
        }
    }

    private static String hash(Revision revision) {
        return revision.hash().toString();
    }

    /** Starts a loader, lets it commit and go on for a while, kills it, and answers what it said to have done. */
    private static List<String> loadAndKill(String url, int from, int commits, int millis) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        Loader.class.getName(),
                        url,
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", out.readLine());
            for (int i = 0; i < commits; i++) {
                said.add(out.readLine());
            }
            Thread.sleep(millis);
            process.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.length() == 2 * Digest.BYTES) {
                    said.add(line);
                }
            }
        } finally {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        return said;
    }

    /** Commits for ever and says the hash of each revision once it is committed. */
    static final class Loader {
        static final int CHANGES = 300;

        private Loader() {}

        public static void main(String[] args) {
            try (Dacite dacite = Dacite.open(args[0])) {
                dacite.head();
                System.out.println("ready");
                for (int block = Integer.parseInt(args[1]); ; block++) {
                    int height = block;
                    Revision revision = dacite.branch("main").commit("block " + height, batch -> {
                        for (int i = 0; i < CHANGES; i++) {
                            batch.put(key(height, i), value(height, i));
                        }
                    });
                    System.out.println(revision.hash());
                }
            }
        }

        static byte[] key(int block, int number) {
            return (number * 31 % 997 + "/" + block + "/" + number).getBytes(StandardCharsets.UTF_8);
        }

        static byte[] value(int block, int number) {
            return ("value " + block + " " + number).repeat(10).getBytes(StandardCharsets.UTF_8);
        }
    }
}
