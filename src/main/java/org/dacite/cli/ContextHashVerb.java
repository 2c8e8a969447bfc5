package org.dacite.cli;

import org.dacite.context.Context;
import org.dacite.history.Dacite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "hash",
        description = "Tells what a commit of what is staged would get, and makes none.",
        customSynopsis = "dacite context hash [--time SECONDS] [--author NAME] [-m MESSAGE] [--stage NAME]",
        footer = "  dacite context hash --time 1700000000 --author me -m \"block 1\"",
        sortOptions = false)
final class ContextHashVerb implements Verb {
    @Mixin
    private ContextNoteOptions note;

    @Mixin
    private StageOption stage;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toRead(session);
                Context context = stage.of(dacite).open()) {
            ContextCommitLine.show(
                    session, context.hash(note.timeSeconds(), note.author(), note.message()), "a commit now would get");
        }
        return ExitCode.DONE;
    }
}
