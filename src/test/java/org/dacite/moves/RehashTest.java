package org.dacite.moves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.PrunedRevisionException;
import org.dacite.history.Retention;
import org.dacite.history.Snapshot;
import org.dacite.log.RevisionProof;
import org.dacite.log.Verification;
import org.dacite.proof.ProvenChange;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehashTest {
    private static Settings settings(HashAlgorithm hash, String codec) {
        return Settings.defaults().withHash(hash).withKeyCodec(codec);
    }

    /** Two lines that fork at the fourth revision, trees in trees, a tag, a log, a rule. */
    private static void fill(Dacite dacite, int revisions) {
        Random random = new Random(7);
        for (int i = 0; i < revisions; i++) {
            String branch = i > 4 && i % 2 == 0 ? "trial" : "main";
            if (i == 6) {
                dacite.branch("trial").create(dacite.revision("4"));
            }
            Note note = new Note("message " + i, "author " + i % 3, 1_700_000_000_000L + i);
            dacite.branch(branch).commit(note, batch -> {
                for (int k = 0; k < 6; k++) {
                    batch.put("key " + random.nextInt(20), "value " + random.nextInt(9));
                    batch.tree("t").tree("deep").put("k" + random.nextInt(5), "v" + random.nextInt(9));
                }
                batch.delete("key " + random.nextInt(20));
            });
        }
        dacite.tag("fourth").create(dacite.revision("4"));
        dacite.recordLog("payments").append(List.of(new byte[] {1}, new byte[] {2}));
        dacite.setRetention(Retention.heads().withLast(100));
    }

    private static Map<String, String> shown(Dacite dacite, Revision at) {
        Map<String, String> shown = new TreeMap<>();
        try (Snapshot state = dacite.at(at)) {
            state.scan().forEach(each -> {
                List<String> path = new ArrayList<>();
                each.trees().forEach(name -> path.add(dacite.codec().show(name)));
                path.add(dacite.codec().show(each.key()));
                shown.put(path.toString(), new String(each.value(), StandardCharsets.UTF_8));
            });
        }
        return shown;
    }

    private static void assertSame(Dacite from, Dacite to, int revisions) {
        for (long id = 1; id <= revisions; id++) {
            Revision old = from.store().revision(id).orElseThrow();
            long made = to.store().rehashes(rows -> rows.made(old.id())).orElseThrow();
            Revision now = to.store().revision(made).orElseThrow();
            assertEquals(shown(from, old), shown(to, now));
            assertEquals(
                    List.of(old.message(), old.author(), old.timeMillis(), old.height(), old.leafCount()),
                    List.of(now.message(), now.author(), now.timeMillis(), now.height(), now.leafCount()));
            assertEquals(old.parent().isPresent(), now.parent().isPresent());
            if (old.parent().isPresent()) {
                long parent = old.parent().getAsLong();
                assertEquals(
                        OptionalLong.of(
                                to.store().rehashes(rows -> rows.made(parent)).orElseThrow()),
                        now.parent());
            }
        }
        assertEquals(from.branches(), to.branches());
        assertEquals(from.tags(), to.tags());
        assertEquals(from.retention(), to.retention());
        assertEquals(from.recordLogs(), to.recordLogs());
        assertEquals(
                List.of(),
                Fsck.check(to.store(), OptionalLong.empty(), step -> {}).damage());
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE, SQLITE, text, BLAKE2B_256, text",
        "SQLITE, POSTGRESQL, hashed, SHA3_256, hashed",
        "POSTGRESQL, SQLITE, text, SHA_256, hashed"
    })
    void everyRevisionIsCommittedAnew(Engine one, Engine other, String codec, HashAlgorithm hash, String newCodec) {
        try (TestStore source = one.fresh();
                TestStore target = other.fresh();
                Dacite from = Dacite.open(source.url(), settings(HashAlgorithm.SHA_256, codec));
                Dacite to = Dacite.open(target.url(), settings(hash, newCodec))) {
            fill(from, 12);
            StopAfter stop = new StopAfter(5);
            assertThrows(
                    StoreException.class,
                    () -> Rehash.run(from, to, Rehash.Which.ALL, stop::look),
                    "stopped on the way");
            assertTrue(to.branches().isEmpty(), "no branch leads to half of a history");
            Rehash.Report report = Rehash.run(from, to, Rehash.Which.ALL, so -> {});
            assertEquals(12 - 5, report.made());
            assertEquals(2, report.heads());
            assertSame(from, to, 12);
            from.branch("trial").commit("later", batch -> batch.put("later", "1"));
            assertEquals(1, Rehash.run(from, to, Rehash.Which.ALL, so -> {}).made());
            assertSame(from, to, 13);
            assertEquals(0, Rehash.run(from, to, Rehash.Which.ALL, so -> {}).made());
        }
    }

    /** Ends the work after some steps, as a kill between two transactions would. */
    private static final class StopAfter {
        private int left;

        private StopAfter(int steps) {
            this.left = steps;
        }

        private void look(Rehash.Progress so) {
            if (--left == 0) {
                throw new StoreException("stopped at " + so.what());
            }
        }
    }

    /** The server hangs up on the new store between two revisions. */
    @Test
    void aLostConnectionIsToldAndTheNextRunGoesOn() throws Exception {
        try (TestStore source = Engine.SQLITE.fresh();
                TestStore target = Engine.POSTGRESQL.fresh();
                Connection server = target.plain();
                Dacite from = Dacite.open(source.url())) {
            fill(from, 8);
            try (Dacite to = Dacite.open(target.url(), settings(HashAlgorithm.SHA3_256, "text"))) {
                StoreException lost = assertThrows(
                        StoreException.class, () -> Rehash.run(from, to, Rehash.Which.ALL, so -> hangUp(server, so)));
                assertTrue(lost.getMessage().matches("expected [^\n]*"), lost.getMessage());
            }
            try (Dacite to = Dacite.open(target.url())) {
                assertEquals(4, Rehash.run(from, to, Rehash.Which.ALL, so -> {}).made());
                assertSame(from, to, 8);
            }
        }
    }

    private static void hangUp(Connection server, Rehash.Progress so) {
        try (Statement statement = server.createStatement()) {
            if (so.done() == 4) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                        + " current_setting('application_name') and pid <> pg_backend_pid()");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Whoever trusts the hash of the old head checks each step by two proofs of a difference, one in each store, that show the
     * same changes; the headers between come by proofs of the past.
     */
    @Test
    void aStepIsCheckedByTwoProofs() {
        try (TestStore source = Engine.SQLITE.fresh();
                TestStore target = Engine.SQLITE.fresh();
                Dacite from = Dacite.open(source.url());
                Dacite to = Dacite.open(target.url(), settings(HashAlgorithm.SHA3_256, "text"))) {
            fill(from, 5);
            Rehash.run(from, to, Rehash.Which.ALL, so -> {});
            Digest trusted = from.branch("main").getHead().hash();
            for (long id = 2; id <= 4; id++) {
                Revision old = from.store().revision(id).orElseThrow();
                RevisionProof past =
                        from.proveRevision(old, from.branch("main").getHead()).orElseThrow();
                assertTrue(past.verify(trusted) instanceof Verification.Holds);
                assertEquals(old.root(), past.older().root());
                assertEquals(changes(from, id), changes(to, id));
            }
        }
    }

    private static List<String> changes(Dacite dacite, long id) {
        return changes(dacite, id, id - 1);
    }

    private static List<String> changes(Dacite dacite, long id, long older) {
        Revision before = dacite.store().revision(older).orElseThrow();
        Revision after = dacite.store().revision(id).orElseThrow();
        try (Snapshot first = dacite.at(before);
                Snapshot second = dacite.at(after)) {
            return first.proveDifference(second).verify(before.root(), after.root()).stream()
                    .map(RehashTest::shown)
                    .toList();
        }
    }

    private static String shown(ProvenChange change) {
        return change.trees() + " " + change.key() + " "
                + change.before().map(Arrays::toString) + " "
                + change.after().map(Arrays::toString);
    }

    @Test
    void refusesAnotherDestinationAndWhatIsGone() {
        try (TestStore source = Engine.SQLITE.fresh();
                TestStore target = Engine.SQLITE.fresh();
                TestStore third = Engine.SQLITE.fresh();
                Dacite from = Dacite.open(source.url());
                Dacite to = Dacite.open(target.url());
                Dacite another = Dacite.open(third.url())) {
            fill(from, 8);
            another.branch("main").commit("own", batch -> batch.put("a", "b"));
            assertRefused(from, another, "expected an empty store, or one that a rehash of the same store began, at ");
            Rehash.run(from, to, Rehash.Which.ALL, so -> {});
            assertRefused(another, to, "expected a store that a rehash of the same store began, at ");
            to.branch("main").commit("own", batch -> batch.put("a", "b"));
            assertRefused(from, to, "expected a store whose branches were made by the rehash alone, at ");
        }
        try (TestStore source = Engine.SQLITE.fresh();
                TestStore target = Engine.SQLITE.fresh();
                Dacite from = Dacite.open(source.url());
                Dacite to = Dacite.open(target.url())) {
            fill(from, 8);
            from.tag("fourth").delete();
            from.prune(Retention.heads().withLast(1), 1_000, so -> {});
            assertThrows(PrunedRevisionException.class, () -> Rehash.run(from, to, Rehash.Which.ALL, so -> {}));
        }
    }

    /** What is kept goes on without what is not, each on the one before it, and what was made before it was pruned stays. */
    @ParameterizedTest
    @CsvSource({"SQLITE, text", "POSTGRESQL, hashed"})
    void whatIsKeptIsCommittedAnew(Engine engine, String codec) {
        try (TestStore source = engine.fresh();
                TestStore target = engine.fresh();
                Dacite from = Dacite.open(source.url());
                Dacite to = Dacite.open(target.url(), settings(HashAlgorithm.SHA3_256, codec))) {
            fill(from, 12);
            from.prune(Retention.heads().withLast(3), 1_000, so -> {});
            List<Long> kept = LongStream.rangeClosed(1, 12)
                    .filter(id -> !from.store().revision(id).orElseThrow().pruned())
                    .boxed()
                    .toList();
            assertTrue(kept.size() > 4 && kept.size() < 9, kept::toString);
            Rehash.Report report = Rehash.run(from, to, Rehash.Which.KEPT, so -> {});
            assertEquals(new Rehash.Report(kept.size(), 12 - kept.size(), 2, report.leaves()), report);
            assertKept(from, to, kept);
            if (codec.equals("text")) {
                assertEquals(changes(from, 11, 9), changes(to, made(to, 11), made(to, 9)), "checked by two proofs");
            }
            from.branch("main").commit("later", batch -> batch.put("later", "1").delete("key 1"));
            from.prune(Retention.heads(), 1_000, so -> {});
            from.branch("main").commit("last", batch -> batch.put("last", "1").put("key 2", "9"));
            from.prune(Retention.heads(), 1_000, so -> {});
            assertEquals(
                    1, Rehash.run(from, to, Rehash.Which.KEPT, so -> {}).made(), "on one whose state went meanwhile");
            Revision head = from.branch("main").getHead();
            assertKept(from, to, List.of(head.id()));
            assertEquals(made(to, 11), to.branch("trial").getHead().id());
            assertEquals(
                    made(to, 12),
                    to.store()
                            .revision(made(to, head.id()))
                            .orElseThrow()
                            .parent()
                            .orElseThrow());
        }
    }

    private static long made(Dacite to, long old) {
        return to.store().rehashes(rows -> rows.made(old)).orElseThrow();
    }

    private static void assertKept(Dacite from, Dacite to, List<Long> kept) {
        for (long id : kept) {
            Revision old = from.store().revision(id).orElseThrow();
            Revision now = to.store().revision(made(to, id)).orElseThrow();
            assertEquals(shown(from, old), shown(to, now));
            assertEquals(
                    List.of(old.message(), old.author(), old.timeMillis(), old.leafCount()),
                    List.of(now.message(), now.author(), now.timeMillis(), now.leafCount()));
        }
        from.branches()
                .forEach((branch, head) ->
                        assertEquals(made(to, head), to.branches().get(branch)));
        assertEquals(
                List.of(),
                Fsck.check(to.store(), OptionalLong.empty(), step -> {}).damage());
    }

    private static void assertRefused(Dacite from, Dacite to, String beginning) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Rehash.run(from, to, Rehash.Which.ALL, so -> {}))
                .getMessage();
        assertTrue(message.startsWith(beginning), message);
    }
}
