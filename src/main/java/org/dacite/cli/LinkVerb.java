package org.dacite.cli;

import java.util.List;
import org.dacite.history.Branch;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "link",
        description = {
            "Puts a tree under another path too, at the cost of one leaf.",
            "The copy shares the rows of the tree, and goes its own way from then on."
        },
        customSynopsis = "dacite link FROM TO [--at REV] [--branch NAME] [-m MESSAGE]",
        footer = "  dacite link accounts backups/accounts -m \"before the audit\"",
        sortOptions = false)
final class LinkVerb implements Verb {
    @Parameters(index = "0", paramLabel = "FROM", description = "The tree: NAME[/NAME…].")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "Where it is put as well: NAME[/NAME…].")
    private String to;

    @Option(
            names = "--at",
            paramLabel = "REV",
            description = "Take the tree as it was at a revision (default: the head of the branch).")
    private String at;

    @Mixin
    private BranchOption branch;

    @Mixin
    private NoteOptions note;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toWrite(session)) {
            Branch onto = branch.of(dacite);
            try (Snapshot state = at == null ? head(dacite, onto) : Stores.at(dacite, at)) {
                Revision revision = link(dacite, onto, state);
                PutVerb.show(session, dacite, revision);
                return ExitCode.DONE;
            }
        }
    }

    private static Snapshot head(Dacite dacite, Branch branch) {
        return branch.head().map(dacite::at).orElseGet(dacite::head);
    }

    private Revision link(Dacite dacite, Branch onto, Snapshot state) {
        List<byte[]> source = TreePath.parse(from, dacite.codec());
        List<byte[]> target = TreePath.parse(to, dacite.codec());
        Snapshot tree = Stores.tree(state, source);
        if (tree.isEmpty()) {
            throw new UsageException(
                    "expected a tree at '" + from + "', found none; 'dacite scan' shows what is there");
        }
        int last = target.size() - 1;
        return onto.commit(
                note.note("link " + from + " " + to),
                batch -> PutVerb.in(batch, target.subList(0, last)).link(target.get(last), tree));
    }
}
