package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.log.LogDamageException;
import org.dacite.log.RevisionHeader;
import org.dacite.log.RevisionProof;
import org.dacite.log.Verification;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which revisions are proved to be in the past of which, and by how much. */
class ProveRevisionTest {
    private static final Verification HOLDS = new Verification.Holds();

    private static Revision commit(Dacite dacite, String branch, String message) {
        return dacite.branch(branch).commit(Note.of(message).by("Zoë").at(-5), batch -> batch.put(message, branch));
    }

    private static List<Revision> line(Dacite dacite, int size) {
        List<Revision> line = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            line.add(commit(dacite, "main", "block " + i));
        }
        return line;
    }

    private static void assertProved(Dacite dacite, Revision older, Revision newer) {
        RevisionProof proof = RevisionProof.parse(
                dacite.proveRevision(older, newer).orElseThrow().bytes());
        assertEquals(HOLDS, proof.verify(newer.hash()));
        assertEquals(
                new RevisionHeader(
                        older.height(),
                        older.root(),
                        older.history(),
                        older.timeMillis(),
                        older.author(),
                        older.message()),
                proof.older());
        assertEquals(older.hash(), proof.older().hash(dacite.hash()));
        assertEquals(newer.root(), proof.newer().root());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void everyEarlierRevisionOfALineIsProved(Engine engine) {
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            Settings settings = Settings.defaults().withHash(algorithm);
            try (TestStore place = engine.fresh();
                    Dacite dacite = Dacite.open(place.url(), settings)) {
                List<Revision> line = line(dacite, 12);
                for (int newer = 0; newer < line.size(); newer++) {
                    for (int older = 0; older < line.size(); older++) {
                        if (older < newer) {
                            assertProved(dacite, line.get(older), line.get(newer));
                        } else {
                            assertEquals(Optional.empty(), dacite.proveRevision(line.get(older), line.get(newer)));
                        }
                    }
                }
            }
        }
    }

    /** Branches that fork off branches, against a list of each revision's ancestors. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void acrossForksExactlyTheAncestorsAreProved(Engine engine) {
        long seed = 4711;
        Random random = new Random(seed);
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> all = new ArrayList<>(line(dacite, 3));
            List<List<Long>> pasts = new ArrayList<>(List.of(List.of(), List.of(1L), List.of(1L, 2L)));
            for (int i = 0; i < 25; i++) {
                int parent = random.nextInt(all.size());
                dacite.branch("b" + i).create(all.get(parent));
                List<Long> past = new ArrayList<>(pasts.get(parent));
                past.add(all.get(parent).id());
                for (int more = random.nextInt(3); more >= 0; more--) {
                    Revision next = commit(dacite, "b" + i, i + " " + more);
                    all.add(next);
                    pasts.add(List.copyOf(past));
                    past.add(next.id());
                }
            }
            for (int newer = 0; newer < all.size(); newer++) {
                for (Revision older : all) {
                    Optional<RevisionProof> proof = dacite.proveRevision(older, all.get(newer));
                    String where = "seed " + seed + ", " + older.id() + " in "
                            + all.get(newer).id();
                    assertEquals(pasts.get(newer).contains(older.id()), proof.isPresent(), where);
                    Revision trusted = all.get(newer);
                    proof.ifPresent(each -> assertEquals(HOLDS, each.verify(trusted.hash()), where));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void revisionsWhoseStateWasPrunedAreProved(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 20);
            dacite.prune(Retention.heads(), 100, so -> {});
            for (int older = 0; older < 19; older++) {
                Revision pruned = dacite.revision(Long.toString(line.get(older).id()));
                assertTrue(pruned.pruned());
                assertProved(dacite, pruned, line.get(19));
                assertProved(dacite, line.get(0), line.get(older + 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aLongPastTakesFewDigests(Engine engine) {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 300);
            for (int older = 0; older < 299; older += 23) {
                RevisionProof proof =
                        dacite.proveRevision(line.get(older), line.get(299)).orElseThrow();
                assertEquals(HOLDS, proof.verify(line.get(299).hash()));
                assertTrue(proof.inclusionPath().size() <= 9
                        && proof.consistencyPath().size() <= 10);
                assertTrue(proof.bytes().length < 900);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void revisionsOfAnotherStoreAreRefused(Engine engine) {
        try (TestStore place = engine.fresh();
                TestStore elsewhere = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url())) {
            List<Revision> line = line(dacite, 2);
            Revision foreign = commit(other, "main", "not here");
            assertNotEquals(line.get(0).hash(), foreign.hash());
            String message = "expected a revision of this store, got " + foreign.hash() + ", which is of another";
            assertEquals(
                    message,
                    assertThrows(UnknownRevisionException.class, () -> dacite.proveRevision(foreign, line.get(1)))
                            .getMessage());
            assertEquals(
                    message,
                    assertThrows(UnknownRevisionException.class, () -> dacite.proveRevision(line.get(0), foreign))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void damagedNodesMakeNoProof(Engine engine) throws SQLException {
        try (TestStore place = engine.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            List<Revision> line = line(dacite, 8);
            String hash = engine == Engine.SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')";
            run(place, "update revision set nodes = " + hash + " where height = 0");
            String said = assertThrows(
                            StoreException.class,
                            () -> dacite.proveRevision(line.get(1), line.get(7)).orElseThrow())
                    .getMessage();
            assertTrue(said.endsWith("; the store is damaged, run 'dacite fsck'"), said);
            run(place, "update revision set nodes = null where height = 0");
            assertEquals(
                    0,
                    assertThrows(LogDamageException.class, () -> dacite.proveRevision(line.get(1), line.get(7)))
                            .position());
        }
    }

    private static void run(TestStore place, String sql) throws SQLException {
        try (Connection connection = place.plain();
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate(sql));
        }
    }
}
