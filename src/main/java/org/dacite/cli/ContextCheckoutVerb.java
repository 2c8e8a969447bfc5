package org.dacite.cli;

import org.dacite.context.Stage;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "checkout",
        description = {
            "Drops what is staged and goes on from a commit, which is the parent of the next one.",
            "From the head of a branch, the next commit moves that branch; from another, it makes one. Of a branch, it",
            "follows the head, wherever it moves."
        },
        customSynopsis = "dacite context checkout HASH|BRANCH|TAG|ID [--stage NAME]",
        footer = "  dacite context checkout main",
        sortOptions = false)
final class ContextCheckoutVerb implements Verb {
    @Parameters(paramLabel = "COMMIT", description = "A whole hash, or the name of a branch, a tag, or a revision id.")
    private String name;

    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toWrite(session)) {
            Stage area = stage.of(dacite);
            Revision revision = ContextNames.whole(dacite, name);
            if (dacite.branches().containsKey(name)) {
                area.checkoutBranch(name);
            } else {
                area.checkout(revision);
            }
            String branch = area.branch().orElse(null);
            if (session.json()) {
                session.line(Json.object()
                        .with("hash", revision.hash())
                        .with("revision", revision.id())
                        .with("branch", branch));
            } else {
                session.line(Text.escaped("at " + RevisionLine.named(revision) + "; the next commit "
                        + (branch == null ? "makes a branch" : "moves branch " + branch)));
            }
            return ExitCode.DONE;
        }
    }
}
