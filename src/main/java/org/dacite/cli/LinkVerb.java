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
        customSynopsis = "dacite link FROM TO [--at REV] [-m MESSAGE]",
        footer = "  dacite link accounts backups/accounts -m \"before the audit\"",
        sortOptions = false)
final class LinkVerb implements Verb {
    @Parameters(index = "0", paramLabel = "FROM", description = "The tree: NAME[/NAME…].")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "Where it is put as well: NAME[/NAME…].")
    private String to;

    @Option(names = "--at", paramLabel = "REV", description = "Take the tree as it was at a revision.")
    private String at;

    @Mixin
    private NoteOptions note;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toWrite(session)) {
            List<byte[]> source = TreePath.parse(from, dacite.codec());
            List<byte[]> target = TreePath.parse(to, dacite.codec());
            Snapshot tree = Stores.tree(Stores.at(dacite, at), source);
            if (tree.isEmpty()) {
                throw new UsageException(
                        "expected a tree at '" + from + "', found none; 'dacite scan' shows what is there");
            }
            int last = target.size() - 1;
            Revision revision = dacite.branch(Branch.MAIN)
                    .commit(
                            note.note("link " + from + " " + to),
                            batch -> PutVerb.in(batch, target.subList(0, last)).link(target.get(last), tree));
            PutVerb.show(session, dacite, revision);
            return ExitCode.DONE;
        }
    }
}
