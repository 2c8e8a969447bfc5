package org.dacite.cli;

import java.util.Iterator;
import java.util.List;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Dacite;
import org.dacite.history.Difference;
import org.dacite.history.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Lists what differs between two revisions, in key order.",
        customSynopsis = "dacite diff REV REV [--tree NAME[/NAME…]] [--limit N]",
        footer = "  dacite diff main~1 main",
        sortOptions = false)
final class DiffVerb implements Verb {
    @Parameters(index = "0", paramLabel = "REV", description = "The revision to start from.")
    private String first;

    @Parameters(index = "1", paramLabel = "REV", description = "The revision to compare with it.")
    private String second;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "In this tree.")
    private String tree;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: all).")
    private Long limit;

    @Override
    public int run(Session session) {
        long most = Limit.of(limit, Long.MAX_VALUE);
        try (Dacite dacite = Stores.toRead(session);
                Snapshot one = Stores.at(dacite, first);
                Snapshot other = Stores.at(dacite, second)) {
            KeyCodec codec = dacite.codec();
            List<byte[]> trees = Session.trees(tree, codec);
            Snapshot before = Stores.tree(one, trees);
            Snapshot after = Stores.tree(other, trees);
            Iterator<Difference> changes = before.diff(after).limit(most).iterator();
            DifferenceTable table = new DifferenceTable(session);
            while (changes.hasNext()) {
                Difference change = changes.next();
                String inner = TreePath.show(change.trees(), codec);
                String key = codec.show(change.key());
                if (session.json()) {
                    session.line(DifferenceTable.json(inner, key, change.before(), change.after()));
                } else {
                    table.row(inner, key, change.before(), change.after());
                }
            }
            if (!session.json()) {
                table.end();
                session.line(table.sentence());
            }
            return ExitCode.DONE;
        }
    }
}
