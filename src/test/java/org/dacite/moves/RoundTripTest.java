package org.dacite.moves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Snapshot;
import org.dacite.store.Fsck;
import org.dacite.store.IndexLevel;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.Store;
import org.dacite.store.Transfer;
import org.junit.jupiter.api.Test;

/**
 * A store goes SQLite, PostgreSQL, SQLite, is killed on the way, and comes back with every revision, branch and proof. Small by
 * default; {@code -Ddacite.trip.leaves=100000 -Ddacite.trip.revisions=50 -Ddacite.trip.kills=10} is a large one.
 */
class RoundTripTest {
    private static final int LEAVES = Integer.getInteger("dacite.trip.leaves", 2_000);
    private static final int REVISIONS = Integer.getInteger("dacite.trip.revisions", 10);
    private static final int KILLS = Integer.getInteger("dacite.trip.kills", 2);

    @Test
    void comesBackWithEveryRevisionBranchAndProof() throws Exception {
        try (TestStore first = Engine.SQLITE.fresh();
                TestStore second = Engine.POSTGRESQL.fresh();
                TestStore third = Engine.SQLITE.fresh()) {
            fill(first);
            Random random = new Random(17);
            copy(first, second, random);
            copy(second, third, random);
            for (TestStore place : List.of(second, third)) {
                try (Store store = Store.open(place.url(), Settings.defaults())) {
                    assertEquals(
                            List.of(),
                            Fsck.check(store, OptionalLong.empty(), what -> {}).damage());
                }
            }
            try (Dacite a = Dacite.open(first.url());
                    Dacite b = Dacite.open(third.url())) {
                assertEqual(a, b);
            }
        }
    }

    static void fill(TestStore place) {
        Random random = new Random(23);
        try (Dacite dacite = Dacite.open(place.url())) {
            commit(dacite, "main", 0, LEAVES, random);
            for (int i = 1; i < REVISIONS; i++) {
                if (i == REVISIONS / 2) {
                    dacite.branch("trial").create(dacite.revision("2"));
                }
                String branch = i >= REVISIONS / 2 && i % 3 == 0 ? "trial" : "main";
                commit(dacite, branch, i, Math.max(10, LEAVES / 500), random);
            }
            dacite.tag("v1").create(dacite.revision("3"));
            dacite.recordLog("payments").append(List.of(new byte[] {1}, new byte[] {2}));
        }
    }

    private static void commit(Dacite dacite, String branch, int number, int changes, Random random) {
        dacite.branch(branch).commit(Note.of("block " + number).by("peer").at(1_700_000_000_000L + number), batch -> {
            for (int i = 0; i < changes; i++) {
                int key = number == 0 ? i : random.nextInt(LEAVES);
                String value = "value " + number + "." + i;
                if (key % 3 == 0) {
                    batch.tree("accounts").tree("a" + key % 50).put("key " + key, value);
                } else if (number > 0 && key % 7 == 0) {
                    batch.delete("key " + key);
                } else {
                    batch.put("key " + key, value);
                }
            }
        });
    }

    /** Copies with so many kills on the way, and one that comes to its end. */
    private static void copy(TestStore from, TestStore to, Random random) throws Exception {
        long there = 0;
        for (int i = 0; i < KILLS; i++) {
            long share = Math.max(1, (REVISIONS - there) / (KILLS - i + 1));
            killedAfter(from, to, share, random.nextInt(60));
            long now = revisions(to);
            assertTrue(now >= there && now <= REVISIONS, "from " + there + " to " + now);
            there = now;
        }
        try (Dacite source = Dacite.open(from.url())) {
            Transfer.Report report = Copy.run(source, to.url(), Settings.defaults(), so -> {});
            assertEquals(REVISIONS - there, report.revisions(), "it goes on behind what is there");
            assertEquals(REVISIONS, report.all());
        }
    }

    private static long revisions(TestStore place) {
        if (!Store.exists(place.url())) {
            return 0;
        }
        try (Store store = Store.open(place.url(), Settings.defaults())) {
            return store.counts().revisions();
        }
    }

    private static void killedAfter(TestStore from, TestStore to, long revisions, int millis) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        Copying.class.getName(),
                        from.url(),
                        to.url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (long i = 0; i < revisions; i++) {
                out.readLine();
            }
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Copies in transactions of one revision each and says so of each. */
    static final class Copying {
        private Copying() {}

        public static void main(String[] args) {
            Settings settings = Settings.defaults().withIndexes(IndexLevel.NONE);
            try (Store from = Store.open(args[0], settings);
                    Store to = Store.open(args[1], settings)) {
                Transfer.run(from, to, new CarriedHashes(from), 1, so -> System.out.println(so.done()));
            }
        }
    }

    private static void assertEqual(Dacite a, Dacite b) {
        assertEquals(a.branches(), b.branches());
        assertEquals(a.tags(), b.tags());
        assertEquals(a.recordLogs(), b.recordLogs());
        for (Map.Entry<String, Long> branch : a.branches().entrySet()) {
            assertTrue(new Compare(a, b, branch.getKey()).parting().same(), branch.getKey());
        }
        for (long id = 1; id <= REVISIONS; id++) {
            Revision each = a.store().revision(id).orElseThrow();
            assertEquals(each, b.store().revision(id).orElseThrow());
            assertArrayEquals(proof(a, each), proof(b, each));
        }
    }

    private static byte[] proof(Dacite dacite, Revision revision) {
        try (Snapshot state = dacite.at(revision)) {
            return state.prove("key 1", "key 7", "key " + (LEAVES - 1), "accounts", "none")
                    .bytes();
        }
    }
}
