package org.dacite.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.dacite.history.Dacite;
import org.dacite.history.Retention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "retention",
        description = {
            "Shows what 'dacite prune' keeps, or sets it anew, all rules at once.",
            "The head of each branch is always kept; besides it what any of the rules names. A new store keeps all."
        },
        customSynopsis =
                "dacite retention [--last N] [--since TIME] [--age DURATION] [--every K] [--no-tags] | --heads | --all",
        footer = {"  dacite retention --last 1000 --every 10000 --age 30d", "  dacite retention --all"},
        sortOptions = false)
final class RetentionVerb implements Verb {
    @Option(names = "--last", paramLabel = "N", description = "Keep the last N revisions of each branch.")
    private Long last;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Keep those made since: 2026-01-31, 2026-01-31T12:00:00Z, or milliseconds since 1970.")
    private String since;

    @Option(
            names = "--age",
            paramLabel = "DURATION",
            description = "Keep those that are so old at most when pruning looks: 30d, 12h, 90m.")
    private String age;

    @Option(names = "--every", paramLabel = "K", description = "Keep those whose height K divides.")
    private Long every;

    @Option(names = "--no-tags", description = "Do not keep what only a tag names.")
    private boolean noTags;

    @Option(names = "--heads", description = "Keep the heads of branches and what tags name, nothing else.")
    private boolean heads;

    @Option(names = "--all", description = "Keep everything.")
    private boolean all;

    @Override
    public int run(Session session) {
        boolean rules = noTags || Stream.of(last, since, age, every).anyMatch(Objects::nonNull);
        if (Stream.of(rules, heads, all).filter(each -> each).count() > 1) {
            throw new UsageException(
                    "expected rules, --heads or --all, got more than one of these; leave the others out");
        }
        if (!rules && !heads && !all) {
            try (Dacite dacite = Stores.toRead(session)) {
                show(session, dacite.retention());
                return ExitCode.DONE;
            }
        }
        Retention retention = all ? Retention.all() : heads ? Retention.heads() : asked();
        try (Dacite dacite = Stores.toWrite(session)) {
            dacite.setRetention(retention);
            show(session, dacite.retention());
            return ExitCode.DONE;
        }
    }

    private Retention asked() {
        Retention retention = Retention.heads();
        retention = last == null ? retention : retention.withLast(last);
        retention = since == null ? retention : retention.withSince(Times.millis("--since", since));
        retention = age == null ? retention : retention.withAge(Times.span("--age", age));
        retention = every == null ? retention : retention.withEvery(every);
        return noTags ? retention.withoutTags() : retention;
    }

    private static void show(Session session, Retention retention) {
        if (session.json()) {
            session.line(Json.object()
                    .with("keep", retention.keepsAll() ? "all" : "rules")
                    .with("last", number(retention.last()))
                    .with("since", number(retention.sinceMillis()))
                    .with("age_ms", number(retention.ageMillis()))
                    .with("every", number(retention.every()))
                    .with("tags", retention.keepsAll() || retention.tags()));
            return;
        }
        if (retention.keepsAll()) {
            session.line("everything is kept");
            return;
        }
        session.line("kept is the head of each branch" + (lines(retention).isEmpty() ? ", nothing else" : ", and"));
        lines(retention).forEach(line -> session.line("  " + line));
    }

    private static List<String> lines(Retention retention) {
        List<String> lines = new ArrayList<>();
        if (retention.last().orElse(1) > 1) { // the last one is the head
            lines.add("the last " + RevisionLine.counted(retention.last().getAsLong(), "revision", "revisions")
                    + " of each branch");
        }
        retention.sinceMillis().ifPresent(time -> lines.add("what was made at " + Times.shown(time) + " or later"));
        retention
                .ageMillis()
                .ifPresent(millis -> lines.add("what is at most " + Times.shown(Duration.ofMillis(millis)) + " old"));
        retention.every().ifPresent(step -> lines.add("every revision whose height " + step + " divides"));
        if (retention.tags()) {
            lines.add("what tags name");
        }
        return lines;
    }

    private static Long number(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
