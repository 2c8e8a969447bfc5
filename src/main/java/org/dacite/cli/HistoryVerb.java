package org.dacite.cli;

import java.util.List;
import java.util.Optional;
import org.dacite.bits.KeyCodec;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.Version;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = {
            "Lists the values that a key had, newest first, with the revisions that made them.",
            "Where it held a tree, the root of that is shown, with --json as \"tree\"; value null alone means deleted."
        },
        customSynopsis = "dacite history KEY [--at REV] [--tree NAME[/NAME…]] [--limit N]",
        footer = "  dacite history alice",
        sortOptions = false)
final class HistoryVerb implements Verb {
    @Parameters(paramLabel = "KEY", description = "The key.")
    private String typed;

    @Option(names = "--at", paramLabel = "REV", description = "Up to this revision (default: the head of main).")
    private String at;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "In this tree.")
    private String tree;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: all).")
    private Long limit;

    @Override
    public int run(Session session) {
        long most = Limit.of(limit, Long.MAX_VALUE);
        try (Dacite dacite = Stores.toRead(session)) {
            byte[] key = dacite.key(typed);
            List<byte[]> trees = Session.trees(tree, dacite.codec());
            dacite.codec().canonical(key);
            Optional<Revision> revision = Stores.revision(dacite, at);
            List<Version> versions =
                    revision.map(each -> dacite.history(each, trees, key)).orElse(List.of());
            show(
                    session,
                    dacite.codec().show(key),
                    versions.stream().limit(most).toList());
            if (versions.isEmpty() && !session.json()) {
                session.remark("key '" + typed + "' was never there");
            }
            return ExitCode.DONE;
        }
    }

    private static void show(Session session, String key, List<Version> versions) {
        Table table = session.table("revision", "time", "", "value");
        for (Version version : versions) {
            byte[] value = version.value().orElse(null);
            Digest tree = version.treeRoot().orElse(null);
            if (session.json()) {
                Json line = Json.object()
                        .with("revision", version.revision().id())
                        .with("key", key)
                        .with("value", value);
                session.line(tree == null ? line : line.with("tree_root", tree));
            } else {
                table.row(
                        version.revision().id(),
                        version.revision().time(),
                        value == null && tree == null ? "deleted" : null,
                        value != null ? KeyCodec.showBytes(value) : tree != null ? Text.tree(tree) : null);
            }
        }
        table.end();
    }
}
