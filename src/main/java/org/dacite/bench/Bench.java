package org.dacite.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs the bench. */
public final class Bench {
    private Bench() {}

    /**
     * Does the same work on Dacite and on a plain table, and reports both. Everything is made anew and removed again,
     * after a failure and when the process is told to end as well.
     *
     * @param progress told what is done, in one line at a time
     */
    public static BenchReport run(BenchOptions options, Consumer<String> progress) {
        try (Stop stop = Stop.onShutdown();
                CommitProfile profile = options.profile() ? CommitProfile.start() : null) {
            if (options.warmUp() > 0) {
                progress.accept("warm-up");
                Run.of(options.ofWarmUp(), stop, null, line -> {});
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (int run = 1; run <= options.runs(); run++) {
                String prefix = options.runs() == 1 ? "" : "run " + run + " of " + options.runs() + ", ";
                outcomes.add(Run.of(options, stop, profile, line -> progress.accept(prefix + line)));
            }
            return report(options, outcomes, Optional.ofNullable(profile));
        }
    }

    private static BenchReport report(BenchOptions options, List<Outcome> outcomes, Optional<CommitProfile> profile) {
        Map<Phase, Compared> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, median(outcomes, outcome -> outcome.phases().get(phase)));
        }
        Map<Phase, Compared> floors = new EnumMap<>(Phase.class);
        for (Phase phase : outcomes.get(0).floors().keySet()) {
            floors.put(phase, median(outcomes, outcome -> outcome.floors().get(phase)));
        }
        Outcome last = outcomes.get(outcomes.size() - 1);
        return new BenchReport(
                options,
                phases,
                floors,
                median(outcomes, Outcome::commitOneNanos),
                median(outcomes, Outcome::leafBytes),
                median(outcomes, Outcome::versionBytes),
                median(outcomes, Outcome::diskBytes),
                last.proofBytes(),
                last.hashNanos(),
                last.prune(),
                profile.map(CommitProfile::shares),
                last.leaves(),
                last.root());
    }

    private static Compared median(List<Outcome> outcomes, Function<Outcome, Compared> figure) {
        return Compared.median(outcomes.stream().map(figure).toList());
    }
}
