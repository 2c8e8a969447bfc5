package org.dacite.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.dacite.context.Action;
import org.dacite.context.Committed;
import org.dacite.context.Replay;
import org.dacite.context.ReplayException;
import org.dacite.hashing.Digest;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Does the actions of a log again, as 'context commit --record' writes it, and compares the hash of each commit.",
            "Stops at the first that differs, with its number and the path; it is not made, those before it stay. Begins at",
            "the head of main, or where the log says; makes the store when there is none. No staging area is touched."
        },
        customSynopsis = "dacite context replay FILE|- [--hash-scheme SCHEME]",
        footer = "  dacite context replay actions.jsonl.gz --store copy.db",
        exitCodeList = {
            "0:Done.",
            "1:A commit came out otherwise than it was recorded.",
            "2:Misuse, the file cannot be read, or it is cut off or out of order.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class ContextReplayVerb implements Verb {
    @Parameters(paramLabel = "FILE", description = "The log, plain or gzip; - is standard input.")
    private String file;

    @Mixin
    private MakeOptions make;

    private Committed last;
    private boolean holds = true;

    @Override
    public int run(Session session) throws IOException {
        long start = System.nanoTime();
        try (Source source = Source.open(file, session.console().in())) {
            Stores.fill(session, make, dacite -> {
                try (Replay replay = Replay.of(dacite);
                        Progress progress = Progress.of(session, "replaying", source)) {
                    replay(session, source, replay, progress);
                    show(session, replay, (System.nanoTime() - start) / 1e9);
                }
            });
        }
        return holds ? ExitCode.DONE : ExitCode.NO;
    }

    private void replay(Session session, Source source, Replay replay, Progress progress) {
        LineReader lines = new LineReader(new Utf8Reader(source.bytes()));
        Optional<ActionLine> before = Optional.empty();
        try {
            for (Optional<String> text = lines.next(); text.isPresent(); text = lines.next()) {
                ActionLine line = ActionLine.parse(text.get(), lines.number());
                long expected = before.map(ActionLine::number).orElse(0L) + 1;
                if (line.number() != expected) {
                    throw new BadRecordException(
                            lines.number(),
                            "expected the actions in order, number " + expected + " next, got number " + line.number());
                }
                replay.apply(line.action()).ifPresent(made -> last = made);
                before = Optional.of(line);
                progress.read(source.readBytes(), replay.changes());
            }
        } catch (ReplayException e) {
            holds = false;
            session.remark("dacite: " + source.name() + ", line " + lines.number() + ": " + e.getMessage());
            return;
        } catch (BadRecordException e) {
            throw new UsageException(source.name() + ", line " + e.line() + ": " + e.getMessage() + made(replay), e);
        } catch (IllegalArgumentException e) { // an action that cannot be done here
            throw new UsageException(
                    source.name() + ", line " + lines.number() + ": " + e.getMessage() + made(replay), e);
        }
        if (before.filter(each -> !(each.action() instanceof Action.Commit)).isPresent()) {
            throw new UsageException("expected a log that ends with a commit, got " + source.name()
                    + ", which is cut off behind line " + lines.number() + made(replay));
        }
    }

    private Digest tezos() {
        return last == null ? null : last.tezos().map(Committed.Tezos::hash).orElse(null);
    }

    private static String made(Replay replay) {
        return "; the " + RevisionLine.counted(replay.commits(), "commit", "commits") + " before stay";
    }

    private void show(Session session, Replay replay, double seconds) {
        Revision head = last == null ? null : last.revision();
        if (session.json()) {
            session.line(Json.object()
                    .with("holds", holds)
                    .with("commits", replay.commits())
                    .with("changes", replay.changes())
                    .with("seconds", Math.round(seconds * 1000) / 1000.0)
                    .with("hash", head == null ? null : head.hash())
                    .with("root", head == null ? null : head.root())
                    .with("tezos", tezos())
                    .with("branch", last == null ? null : last.branch().orElse(null)));
            return;
        }
        session.line(RevisionLine.counted(replay.commits(), "commit", "commits") + " of "
                + RevisionLine.counted(replay.changes(), "change", "changes")
                + String.format(Locale.ROOT, " in %.1f s, %,.0f changes/s", seconds, replay.changes() / seconds));
        if (head != null) {
            session.line("hash " + head.hash());
            session.line("root " + head.root());
        }
    }
}
