package org.dacite.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.store.Fsck;
import org.dacite.store.Settings;
import org.dacite.store.Sweep;
import org.junit.jupiter.api.Test;

/** A pruned file is little larger than one that never held anything else. */
class PruneSpaceTest {
    private static final int LEAVES = 100_000;
    private static final int BLOCKS = 100;
    private static final int CHANGES = 1_000;
    private static final int KEPT = 10;

    @Test
    void givesBackWhatPrunedRevisionsTook() {
        Settings settings = Settings.defaults().withKeyCodec("bytes");
        try (TestStore place = Engine.SQLITE.fresh();
                TestStore other = Engine.SQLITE.fresh()) {
            Sweep.Report report;
            try (Dacite dacite = Dacite.open(place.url(), settings)) {
                load(dacite);
                for (int block = 0; block < BLOCKS; block++) {
                    commit(dacite, block);
                }
                report = dacite.prune(Retention.heads().withLast(KEPT), Sweep.ROWS_A_STEP, so -> {});
                assertEquals(
                        List.of(),
                        Fsck.check(dacite.store(), OptionalLong.empty(), so -> {})
                                .damage());
            }
            try (Dacite pruned = Dacite.open(place.url())) {
                try (Dacite replayed = Dacite.open(other.url(), settings)) {
                    replay(pruned, replayed);
                    assertEquals(pruned.head().root(), replayed.head().root());
                }
                try (Dacite replayed = Dacite.open(other.url())) { // closing moved the write-ahead log into the file
                    double ratio =
                            (double) report.bytesAfter() / replayed.store().sizeBytes();
                    assertTrue(ratio <= 1.15, ratio + " times a fresh store, " + report);
                }
            }
        }
    }

    /** Makes the kept revisions again, the first one as a whole. */
    private static void replay(Dacite from, Dacite to) {
        for (int back = KEPT - 1; back >= 0; back--) {
            Snapshot now = from.at(from.revision("main~" + back));
            boolean first = back == KEPT - 1;
            Snapshot before = first ? to.head() : from.at(from.revision("main~" + (back + 1)));
            to.branch("main").commit("again", batch -> {
                if (first) {
                    now.scan().forEach(entry -> batch.put(entry.key(), entry.value()));
                } else {
                    before.diff(now)
                            .forEach(each -> batch.put(each.key(), each.after().orElseThrow()));
                }
            });
        }
    }

    private static void load(Dacite dacite) {
        for (int from = 0; from < LEAVES; from += LEAVES / 10) {
            int start = from;
            dacite.branch("main").commit("load", batch -> {
                for (int i = start; i < start + LEAVES / 10; i++) {
                    batch.put(key(i), value(i));
                }
            });
        }
    }

    /** Half updates, half new keys. */
    private static void commit(Dacite dacite, int block) {
        dacite.branch("main").commit("block", batch -> {
            Random random = new Random(block);
            int fresh = LEAVES + block * CHANGES / 2;
            for (int i = 0; i < CHANGES / 2; i++) {
                batch.put(key(random.nextInt(fresh)), value(1_000_000 + block * CHANGES + i));
                batch.put(key(fresh + i), value(2_000_000 + block * CHANGES + i));
            }
        });
    }

    private static byte[] key(int number) {
        return HashAlgorithm.SHA_256.hash(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static byte[] value(int number) {
        byte[] value = new byte[100];
        Arrays.fill(value, (byte) number);
        return ByteBuffer.wrap(value).putInt(number).array();
    }
}
