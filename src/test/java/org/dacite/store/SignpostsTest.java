package org.dacite.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.dacite.tree.NodeSource;
import org.junit.jupiter.api.Test;

class SignpostsTest {
    private static final long FAR = 1L << 40;

    @Test
    void leadsWhereTheVertexDoesOrSaysNothing() {
        Random random = new Random(41);
        Signposts signposts = filled(1 << 16, 20_000, random.nextInt(1_000));
        long known = 0;
        for (long i = 1; i <= 20_000; i++) {
            long oid = oid(i);
            long child = signposts.child(oid, new byte[] {(byte) random.nextInt(256), 0, 0, 0});
            if (child != NodeSource.UNKNOWN) {
                known++;
                assertTrue(child == left(oid) || child == right(oid), "of " + oid + ", got " + child);
            }
        }
        assertTrue(known > 3_000 && signposts.bytes() <= 1 << 16, known + " in " + signposts.bytes());
    }

    @Test
    void keepsNothingThatIsTooFarAndNothingWithoutRoom() {
        Signposts signposts = filled(1 << 16, 1, 5);
        signposts.put(FAR, 3, -1, FAR - 1);
        assertEquals(NodeSource.UNKNOWN, signposts.child(FAR, new byte[4]));
        signposts.put(FAR, 3, -(FAR - 2), FAR - 1);
        assertEquals(-(FAR - 2), signposts.child(FAR, new byte[4]));
        Signposts none = filled(10, 100, 5);
        assertEquals(NodeSource.UNKNOWN, none.child(oid(1), new byte[4]));
        assertEquals(0, none.bytes());
    }

    /** A reader beside a writer sees whole signposts or none: here sixteen take turns in the eight places of one bucket. */
    @Test
    void isReadWhileItChanges() throws InterruptedException {
        Signposts signposts = filled(1 << 8, 16, 7);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        Thread reader = new Thread(() -> {
            for (long i = 0; !done.get(); i++) {
                long oid = oid(1 + i % 16);
                long child = signposts.child(oid, new byte[4]);
                if (child != NodeSource.UNKNOWN && child != left(oid)) {
                    wrong.incrementAndGet();
                }
            }
        });
        reader.start();
        for (int round = 0; round < 200_000; round++) {
            for (long i = 1; i <= 16; i++) {
                signposts.put(oid(i), 7, left(oid(i)), right(oid(i)));
            }
        }
        done.set(true);
        reader.join();
        assertEquals(0, wrong.get());
    }

    private static Signposts filled(long maxBytes, int count, int depth) {
        Signposts signposts = new Signposts(maxBytes);
        for (long i = 1; i <= count; i++) {
            if (signposts.isCrowded()) {
                signposts.grow();
            }
            signposts.put(oid(i), depth % 24, left(oid(i)), right(oid(i)));
        }
        return signposts;
    }

    private static long oid(long number) {
        return number * 1_000;
    }

    private static long left(long oid) {
        return -(oid - 7 - oid % 13);
    }

    private static long right(long oid) {
        return oid - 1 - oid % 11;
    }
}
