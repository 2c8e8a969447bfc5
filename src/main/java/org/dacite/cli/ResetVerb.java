package org.dacite.cli;

import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Move;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reset",
        description = {
            "Moves a branch to another revision: back, forward or to another line, in one transaction.",
            "It moves only if it stands where it is expected, so that nobody's commit is dropped unseen."
        },
        customSynopsis = "dacite reset BRANCH REV [--expect REV] [--forward]",
        footer = {"  dacite reset main main~2", "  dacite reset main trial --expect 41 --forward"},
        exitCodeList = {
            "0:It stands there now.",
            "1:It did not move: it stands elsewhere than expected, or, with --forward, not in the past of REV.",
            "2:Misuse.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class ResetVerb implements Verb {
    @Parameters(index = "0", paramLabel = "BRANCH", description = "The branch.")
    private String name;

    @Parameters(index = "1", paramLabel = "REV", description = "Where it goes.")
    private String target;

    @Option(
            names = "--expect",
            paramLabel = "REV",
            description = "Move it only if it stands there (default: its head as this command finds it).")
    private String expect;

    @Option(names = "--forward", description = "Move it only to a revision that has its head in the past.")
    private boolean forward;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toWrite(session)) {
            Branch branch = dacite.branch(name);
            Revision head = branch.getHead();
            Revision from = expect == null ? head : dacite.revision(expect);
            Revision to = dacite.revision(target);
            Move move = forward ? branch.advance(from, to) : branch.reset(from, to);
            if (move instanceof Move.Done done) {
                return done(session, done);
            }
            if (move instanceof Move.NotAnAncestor refused) {
                tell(session, refused.head(), refused.to(), null, null, "not-an-ancestor");
                session.remark("dacite: expected " + RevisionLine.named(refused.head()) + ", where " + name
                        + " stands, in the past of " + RevisionLine.named(refused.to())
                        + ", but it is not; without --forward the branch leaves its line");
                return ExitCode.NO;
            }
            Move.MovedMeanwhile moved = (Move.MovedMeanwhile) move;
            tell(session, moved.found(), to, null, null, "moved-meanwhile");
            session.remark("dacite: expected " + name + " at " + RevisionLine.named(moved.expected())
                    + ", but it stands at " + RevisionLine.named(moved.found()) + "; look at it and try again");
            return ExitCode.NO;
        }
    }

    private int done(Session session, Move.Done done) {
        tell(session, done.from(), done.to(), done.dropped(), done.adopted(), outcome(done));
        if (!session.json()) {
            session.line(sentence(done));
        }
        return ExitCode.DONE;
    }

    private static String outcome(Move.Done done) {
        if (done.dropped() > 0) {
            return done.adopted() > 0 ? "reorganised" : "back";
        }
        return done.adopted() > 0 ? "fast-forward" : "unchanged";
    }

    private String sentence(Move.Done done) {
        String to = RevisionLine.named(done.to());
        String way = name + " went from " + RevisionLine.named(done.from()) + " to " + to + ": ";
        String dropped = RevisionLine.counted(done.dropped(), "revision", "revisions") + " dropped";
        String adopted = RevisionLine.counted(done.adopted(), "revision", "revisions") + " adopted";
        return switch (outcome(done)) {
            case "unchanged" -> name + " stays at " + to;
            case "fast-forward" -> way + "fast-forward, " + adopted;
            case "back" -> way + "back, " + dropped;
            default -> way + "reorganised, " + dropped + ", " + adopted;
        };
    }

    private void tell(Session session, Revision from, Revision to, Long dropped, Long adopted, String outcome) {
        if (session.json()) {
            session.line(Json.object()
                    .with("branch", name)
                    .with("from", from.id())
                    .with("to", to.id())
                    .with("dropped", dropped)
                    .with("adopted", adopted)
                    .with("outcome", outcome));
        }
    }
}
