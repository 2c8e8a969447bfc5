package org.dacite.bench;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One figure of both sides.
 *
 * @param dacite that of Dacite
 * @param plain that of the plain table; none where it has nothing of the kind
 * @param ratio Dacite's over the plain table's; of several runs the median of their ratios
 */
public record Compared(double dacite, OptionalDouble plain, OptionalDouble ratio) {
    static Compared of(double dacite, double plain) {
        return new Compared(
                dacite,
                OptionalDouble.of(plain),
                plain == 0 ? OptionalDouble.empty() : OptionalDouble.of(dacite / plain));
    }

    /** Both figures divided by the same. */
    Compared over(double divisor) {
        return of(dacite / divisor, plain.orElseThrow() / divisor);
    }

    /** What both figures are more than before. */
    Compared minus(Compared before) {
        return of(dacite - before.dacite, plain.orElseThrow() - before.plain.orElseThrow());
    }

    static Compared alone(double dacite) {
        return new Compared(dacite, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** The medians of some runs, each of the three on its own. */
    static Compared median(List<Compared> runs) {
        double dacite = median(runs.stream().mapToDouble(Compared::dacite).toArray());
        if (runs.get(0).plain.isEmpty()) {
            return alone(dacite);
        }
        return new Compared(
                dacite,
                OptionalDouble.of(median(runs.stream()
                        .mapToDouble(run -> run.plain.getAsDouble())
                        .toArray())),
                runs.stream().anyMatch(run -> run.ratio.isEmpty())
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(median(runs.stream()
                                .mapToDouble(run -> run.ratio.getAsDouble())
                                .toArray())));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
