package org.dacite.cli;

import java.util.ArrayList;
import java.util.List;
import org.dacite.context.Action;
import org.dacite.context.Committed;
import org.dacite.history.Dacite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "commit",
        description = {
            "Commits what is staged; without changes it is a commit as well. Makes the store when there is none.",
            "It moves the branch that it stands on. Where that stands elsewhere by then, or after a checkout of an older commit,",
            "it makes a branch: fork- and the first digits of its hash."
        },
        customSynopsis =
                "dacite context commit [--time SECONDS] [--author NAME] [-m MESSAGE] [--stage NAME] [--record FILE] [--hash-scheme SCHEME]",
        footer = "  dacite context commit --author me -m \"block 1\" --json",
        sortOptions = false)
final class ContextCommitVerb implements Verb {
    @Mixin
    private ContextNoteOptions note;

    @Mixin
    private StageOption stage;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Append the changes and the commit to this log of actions, for 'dacite context replay'.")
    private String log;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) {
        if (log == null) {
            Stores.fill(session, make, dacite -> commit(session, dacite, null));
        } else {
            try (ActionLog actions = ActionLog.open(log)) {
                Stores.fill(session, make, dacite -> commit(session, dacite, actions));
            }
        }
        return ExitCode.DONE;
    }

    private void commit(Session session, Dacite dacite, ActionLog actions) {
        List<Action> made = new ArrayList<>();
        Committed commit = stage.of(dacite)
                .commit(note.timeSeconds(), note.author(), note.message(), actions == null ? null : made::add);
        if (actions != null) {
            actions.append(made);
        }
        ContextCommitLine.show(
                session,
                commit,
                "revision " + commit.revision().id() + ", the head of branch "
                        + commit.branch().orElseThrow());
    }
}
