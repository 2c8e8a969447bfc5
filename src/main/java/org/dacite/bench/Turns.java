package org.dacite.bench;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * Does the same work on both sides by turns. It is cut into slices; both sides do each, Dacite first in one and the plain
 * table first in the next, so that a machine that drifts treats them alike. What a slice needs is made before the clock
 * runs. For one thread.
 *
 * <pre>
 *   slice   1              2              3
 *           dacite plain | plain dacite | dacite plain | …
 * </pre>
 */
final class Turns {
    /** The most units of size 1 in a slice. */
    static final int MAX_SLICE = 100_000;

    /** Between two slices, so that what one side still does in the background is not charged to the other. */
    private static final long PAUSE_MILLIS = 30;

    private final DaciteSide dacite;
    private final PlainSide plain;
    private final Floor floor;
    private final CommitProfile profile;
    private final Stop stop;

    /**
     * Turns of two sides.
     *
     * @param floor catches up with Dacite after each slice, null for none
     * @param profile watches what Dacite does, null for none
     */
    Turns(DaciteSide dacite, PlainSide plain, Floor floor, CommitProfile profile, Stop stop) {
        this.dacite = dacite;
        this.plain = plain;
        this.floor = floor;
        this.profile = profile;
        this.stop = stop;
    }

    /**
     * Does so many units of work, each of so many items.
     *
     * @param inputs makes what so many units need
     * @param deed does them on one side
     */
    <T> Pace take(String what, int units, int unitSize, IntFunction<T[]> inputs, BiConsumer<Side, T[]> deed) {
        long daciteNanos = 0;
        long plainNanos = 0;
        long floorNanos = 0;
        int atOnce = Math.max(1, Math.min((units + 1) / 2, MAX_SLICE / unitSize));
        boolean daciteFirst = true;
        for (int done = 0; done < units; done += atOnce) {
            T[] input = inputs.apply(Math.min(atOnce, units - done));
            plainNanos += daciteFirst ? 0 : nanos(() -> deed.accept(plain, input));
            daciteNanos += nanos(() -> watched(() -> deed.accept(dacite, input)));
            plainNanos += daciteFirst ? nanos(() -> deed.accept(plain, input)) : 0;
            if (floor != null) {
                pause();
                floorNanos += floor.catchUp(stop);
            }
            daciteFirst = !daciteFirst;
        }
        return new Pace(what, daciteNanos, plainNanos, floorNanos);
    }

    private long nanos(Runnable deed) {
        pause();
        long start = System.nanoTime();
        deed.run();
        return System.nanoTime() - start;
    }

    private void watched(Runnable deed) {
        if (profile == null) {
            deed.run();
        } else {
            profile.during(deed);
        }
    }

    private void pause() {
        stop.check();
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.check();
        }
    }

    /** The time that each side took, and the floor where there is one. */
    record Pace(String what, long daciteNanos, long plainNanos, long floorNanos) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s: dacite %,d ms, plain %,d ms%s",
                    what,
                    NANOSECONDS.toMillis(daciteNanos),
                    NANOSECONDS.toMillis(plainNanos),
                    floorNanos == 0
                            ? ""
                            : String.format(Locale.ROOT, ", floor %,d ms", NANOSECONDS.toMillis(floorNanos)));
        }
    }
}
