package org.dacite.cli;

import java.util.List;
import org.dacite.history.Batch;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import org.dacite.tree.KindException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = "Deletes keys with their values or trees, as one revision; an absent key changes nothing.",
        customSynopsis = "dacite delete KEY… [--tree NAME[/NAME…]] [--branch NAME] [-m MESSAGE]",
        footer = "  dacite delete bob -m \"bob left\"",
        sortOptions = false)
final class DeleteVerb implements Verb {
    @Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys.")
    private List<String> keys;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "The tree to delete them from.")
    private String tree;

    @Mixin
    private BranchOption branch;

    @Mixin
    private NoteOptions note;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toWrite(session)) {
            List<byte[]> trees = Session.trees(tree, dacite.codec());
            String message = NoteOptions.message("delete", keys.get(0), keys.size());
            Revision revision = branch.of(dacite).commit(note.note(message), batch -> {
                Batch inner = PutVerb.in(batch, trees);
                keys.forEach(inner::delete);
            });
            PutVerb.show(session, dacite, revision);
            return ExitCode.DONE;
        } catch (KindException e) {
            throw new UsageException(
                    "expected a tree at '" + tree + "', got a value on the way; 'dacite scan' shows what is there", e);
        }
    }
}
