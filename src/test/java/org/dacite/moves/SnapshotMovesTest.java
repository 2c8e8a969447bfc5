package org.dacite.moves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.dacite.bits.KeyCodec;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Batch;
import org.dacite.history.Dacite;
import org.dacite.history.Note;
import org.dacite.history.Snapshot;
import org.dacite.proof.IncompleteTree;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
import org.dacite.store.Fsck;
import org.dacite.store.Revision;
import org.dacite.store.Settings;
import org.dacite.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotMovesTest {
    private static byte[] packed(Dacite dacite, Revision at, Revision since) {
        try (Snapshot state = dacite.at(at);
                Snapshot older = since == null ? null : dacite.at(since)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotWriter.write(state, Optional.ofNullable(older), dacite.hash(), out, leaves -> {});
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Revision imported(Dacite dacite, byte[] packed, Digest root) {
        try (SnapshotReader read = SnapshotReader.read(new ByteArrayInputStream(packed), root, () -> {})) {
            return read.commit(dacite, dacite.branch("main"), Note.of("import"), leaves -> {});
        }
    }

    private static List<String> shown(Dacite dacite) {
        try (Snapshot head = dacite.head()) {
            return head.scan()
                    .map(each -> each.trees().stream().map(KeyCodec::showBytes).toList() + " "
                            + KeyCodec.showBytes(each.key()) + " " + KeyCodec.showBytes(each.value()))
                    .toList();
        }
    }

    private static void assertSound(Dacite dacite, String what) {
        assertEquals(
                List.of(),
                Fsck.check(dacite.store(), OptionalLong.empty(), step -> {}).damage(),
                what);
    }

    /** Some puts and deletions in three maps, one of them two trees deep, that may replace a value by a tree and back. */
    private static void fill(Batch batch, Random random) {
        Batch[] maps = {batch, batch.tree("accounts"), batch.tree("accounts").tree("deep")};
        for (int i = random.nextInt(12); i >= 0; i--) {
            Batch map = maps[random.nextInt(maps.length)];
            String key = Integer.toString(random.nextInt(30));
            if (random.nextInt(3) == 0) {
                map.delete(key);
            } else {
                map.put(key, "value " + random.nextInt(5));
            }
        }
        String either = "either" + random.nextInt(2);
        batch.delete(either);
        if (random.nextBoolean()) {
            batch.put(either, "a value");
        } else {
            batch.tree(either).put("in " + random.nextInt(3), "a tree");
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, SHA_256, 3", "SQLITE, SHA3_256, 1", "POSTGRESQL, SHA_256, 1"})
    void everyStateTravelsWholeAndByItsDifference(Engine engine, HashAlgorithm hash, int rounds) {
        long seed = 20261121;
        Random random = new Random(seed);
        Settings settings = Settings.defaults().withHash(hash);
        for (int round = 0; round < rounds; round++) {
            String what = "seed " + seed + " round " + round;
            try (TestStore place = engine.fresh();
                    TestStore elsewhere = engine.fresh();
                    Dacite dacite = Dacite.open(place.url(), settings);
                    Dacite follower = Dacite.open(elsewhere.url(), settings)) {
                Revision before = null;
                for (int step = 0; step < 10; step++) {
                    Revision now = dacite.branch("main").commit("step " + step, batch -> fill(batch, random));
                    byte[] difference = packed(dacite, now, before);
                    assertEquals(
                            now.root(),
                            imported(follower, difference, now.root()).root(),
                            what);
                    assertEquals(shown(dacite), shown(follower), what);
                    before = now;
                }
                assertSound(follower, what);
                try (TestStore third = engine.fresh();
                        Dacite whole = Dacite.open(third.url(), settings)) {
                    byte[] all = packed(dacite, before, null);
                    assertEquals(
                            before.root(), imported(whole, all, before.root()).root(), what);
                    assertEquals(shown(dacite), shown(whole), what);
                    assertSound(whole, what);
                    assertEquals(before.root(), IncompleteTree.parse(all).root(), what);
                    assertEquals(
                            before.root(), imported(whole, all, before.root()).root(), "onto itself");
                }
            }
        }
    }

    /** The change log of a follower tells what changed, and nothing else. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void aDifferenceWritesOnlyWhatChanged(Engine engine) {
        try (TestStore place = engine.fresh();
                TestStore elsewhere = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite follower = Dacite.open(elsewhere.url())) {
            Revision first = dacite.branch("main").commit("first", batch -> {
                for (int i = 0; i < 200; i++) {
                    batch.put("key " + i, "value " + i);
                }
            });
            Revision second = dacite.branch("main").commit("second", batch -> {
                batch.put("key 7", "another");
                batch.delete("key 8");
                batch.put("new", "value");
            });
            imported(follower, packed(dacite, first, null), first.root());
            long before = follower.store().counts().leaves()
                    + follower.store().counts().deletions();
            imported(follower, packed(dacite, second, first), second.root());
            assertEquals(
                    before + 3,
                    follower.store().counts().leaves()
                            + follower.store().counts().deletions());
            byte[] key = follower.key("key 8");
            assertEquals(
                    2,
                    follower.history(follower.branch("main").getHead(), List.of(), key)
                            .size());
        }
    }

    @Test
    void adjacentRevisionsDifferByAFewHundredBytesAKey() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("hashed"))) {
            Revision first = dacite.branch("main").commit("first", batch -> {
                for (int i = 0; i < 20_000; i++) {
                    batch.put("key " + i, "a value of some length, number " + i);
                }
            });
            Revision second = dacite.branch("main").commit("second", batch -> {
                for (int i = 0; i < 200; i++) {
                    batch.put("key " + i * 97, "another");
                }
            });
            byte[] difference = packed(dacite, second, first);
            assertTrue(difference.length < 200 * 400, "expected less than 400 bytes a key, got " + difference.length);
        }
    }

    @Test
    void whatIsCutOffFlippedOrOfAnotherRootIsRefused() {
        try (TestStore place = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url())) {
            Random random = new Random(1);
            dacite.branch("main").commit("one", batch -> batch.tree("t").put("k", "v"));
            Revision head = dacite.branch("main").commit("two", batch -> fill(batch, random));
            byte[] packed = packed(dacite, head, null);
            for (int end = 0; end < packed.length; end++) {
                refused(Arrays.copyOf(packed, end), head.root());
            }
            for (int bit = 0; bit < packed.length * 8; bit++) {
                byte[] flipped = packed.clone();
                flipped[bit >>> 3] ^= (byte) (1 << (bit & 7));
                refused(flipped, head.root());
            }
            refused(packed, Digest.of(new byte[Digest.BYTES]));
            refused(Arrays.copyOf(packed, packed.length + 1), head.root());
        }
    }

    private static void refused(byte[] packed, Digest root) {
        RuntimeException refusal = assertThrows(
                RuntimeException.class, () -> SnapshotReader.read(new ByteArrayInputStream(packed), root, () -> {}));
        assertTrue(
                refusal instanceof ProofFormatException || refusal instanceof ProofMismatchException,
                refusal::toString);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatFailsOnTheWayLeavesNothing(Engine engine) {
        try (TestStore place = engine.fresh();
                TestStore elsewhere = engine.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url())) {
            Revision head = dacite.branch("main").commit("many", batch -> {
                for (int i = 0; i < 3_000; i++) {
                    batch.tree("t").put("key " + i, "value " + i);
                }
            });
            byte[] packed = packed(dacite, head, null);
            try (SnapshotReader read = SnapshotReader.read(new ByteArrayInputStream(packed), head.root(), () -> {})) {
                StoreException failure = assertThrows(
                        StoreException.class,
                        () -> read.commit(other, other.branch("main"), Note.of("import"), leaves -> {
                            throw new StoreException("the disk is full");
                        }));
                assertEquals("the disk is full", failure.getMessage());
            }
            assertEquals(
                    0, other.store().counts().leaves() + other.store().counts().vertices());
            assertEquals(
                    0, other.store().counts().trees() + other.store().counts().revisions());
            imported(other, packed, head.root());
            assertSound(other, "again");
        }
    }

    @Test
    void aConnectionThatIsLostHalfWayLeavesNothing() throws Exception {
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore elsewhere = Engine.POSTGRESQL.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url());
                Connection server = elsewhere.plain();
                Statement statement = server.createStatement()) {
            Revision head = dacite.branch("main").commit("many", batch -> {
                for (int i = 0; i < 3_000; i++) {
                    batch.put("key " + i, "value " + i);
                }
            });
            byte[] packed = packed(dacite, head, null);
            try (SnapshotReader read = SnapshotReader.read(new ByteArrayInputStream(packed), head.root(), () -> {})) {
                StoreException lost = assertThrows(
                        StoreException.class,
                        () -> read.commit(other, other.branch("main"), Note.of("import"), leaves -> hangUp(statement)));
                assertTrue(lost.getMessage().matches("expected [^\n]*"), lost.getMessage());
            }
            try (Dacite again = Dacite.open(elsewhere.url())) {
                assertEquals(
                        0,
                        again.store().counts().leaves() + again.store().counts().revisions());
                imported(again, packed, head.root());
                assertSound(again, "again");
            }
        }
    }

    private static void hangUp(Statement statement) {
        try {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                    + " current_setting('application_name') and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDifferenceNeedsTheStateThatItWasMadeSince() {
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore elsewhere = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url())) {
            Revision first = dacite.branch("main")
                    .commit("first", batch -> batch.put("a", "1").put("b", "2"));
            Revision second = dacite.branch("main").commit("second", batch -> batch.put("c", "3"));
            byte[] difference = packed(dacite, second, first);
            assertEquals(
                    "expected a snapshot that shows all of its state, since the store is empty, got one that leaves"
                            + " parts out; import the whole one before, or into another store",
                    assertThrows(IllegalArgumentException.class, () -> imported(other, difference, second.root()))
                            .getMessage());
            other.branch("main")
                    .commit("something else", batch -> batch.put("a", "1").put("b", "3"));
            String message = assertThrows(
                            IllegalArgumentException.class, () -> imported(other, difference, second.root()))
                    .getMessage();
            assertTrue(
                    message.startsWith("expected a store that holds what the snapshot leaves out, got one with another"
                            + " part at the bits '011000"),
                    message);
            assertEquals(1, other.store().counts().revisions());
        }
    }

    /** A key takes the place of all that begin with it, and they take its place. */
    @Test
    void aDifferenceMayPutAKeyAboveOthers() {
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore elsewhere = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("bytes"));
                Dacite other = Dacite.open(elsewhere.url(), Settings.defaults().withKeyCodec("bytes"))) {
            Revision before = dacite.branch("main")
                    .commit(
                            "below",
                            batch -> batch.put("0x0a0b", "1").put("0x0a0c", "2").put("0x0b", "3"));
            Revision above = dacite.branch("main")
                    .commit(
                            "above",
                            batch -> batch.delete("0x0a0b").delete("0x0a0c").put("0x0a", "4"));
            Revision below = dacite.branch("main")
                    .commit(
                            "below again",
                            batch -> batch.delete("0x0a").put("0x0a00", "5").put("0x0aff", "6"));
            imported(other, packed(dacite, before, null), before.root());
            imported(other, packed(dacite, above, before), above.root());
            imported(other, packed(dacite, below, above), below.root());
            assertEquals(shown(dacite), shown(other));
            assertSound(other, "after all");
        }
    }

    @Test
    void keysMustBeOfTheStoresCodec() {
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore elsewhere = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), Settings.defaults().withKeyCodec("hashed"));
                Dacite other = Dacite.open(elsewhere.url())) {
            Revision head = dacite.branch("main").commit("one", batch -> batch.put("alice", "10"));
            byte[] packed = packed(dacite, head, null);
            String message = assertThrows(IllegalArgumentException.class, () -> imported(other, packed, head.root()))
                    .getMessage();
            assertTrue(message.startsWith("expected a snapshot whose keys are text, as those of the store, got one"));
            assertFalse(other.branch("main").head().isPresent());
        }
    }

    /** A store of hashed keys that never saw the keys themselves: it answers for them, and fsck finds no fault. */
    @Test
    void hashedKeysComeWithoutTheirNames() {
        Settings hashed = Settings.defaults().withKeyCodec("hashed");
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore elsewhere = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url(), hashed);
                Dacite other = Dacite.open(elsewhere.url(), hashed)) {
            Revision head = dacite.branch("main").commit("one", batch -> {
                batch.put("alice", "10");
                batch.tree("names").put("bob", "11");
            });
            imported(other, packed(dacite, head, null), head.root());
            try (Snapshot state = other.head()) {
                assertEquals("10", state.get("alice").orElseThrow());
                assertEquals("11", state.tree("names").get("bob").orElseThrow());
            }
            assertSound(other, "hashed");
        }
    }

    @Test
    void readsLongValuesThroughASmallWindow() {
        byte[] value = "a long value ".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore elsewhere = Engine.SQLITE.fresh();
                Dacite dacite = Dacite.open(place.url());
                Dacite other = Dacite.open(elsewhere.url())) {
            List<byte[]> keys = new ArrayList<>();
            for (String key : List.of("a", "b", "c")) {
                keys.add(key.getBytes(StandardCharsets.UTF_8));
            }
            Revision head = dacite.branch("main").commit("one", batch -> keys.forEach(key -> batch.put(key, value)));
            imported(other, packed(dacite, head, null), head.root());
            try (Snapshot state = other.head()) {
                assertEquals(value.length, state.get(keys.get(1)).orElseThrow().length);
            }
        }
    }
}
