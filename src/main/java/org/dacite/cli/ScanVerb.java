package org.dacite.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dacite.bits.KeyCodec;
import org.dacite.history.Dacite;
import org.dacite.history.Entry;
import org.dacite.history.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scan",
        description = "Lists keys with their values in key order, linked trees at the place of their link.",
        customSynopsis =
                "dacite scan [PREFIX | --from KEY --to KEY] [--at REV] [--tree NAME[/NAME…]] [--limit N] [-o FILE]",
        footer = {"  dacite scan al --limit 10", "  dacite scan --from alice --to bob --json"},
        exitCodeList = {"0:Done.", "1:There is no such tree.", "2:Misuse.", "3:The store could not do it."},
        sortOptions = false)
final class ScanVerb implements Verb {
    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "Only keys that begin with this.")
    private String prefix;

    @Option(names = "--from", paramLabel = "KEY", description = "The first key of a range.")
    private String from;

    @Option(names = "--to", paramLabel = "KEY", description = "The end of a range, which is not part of it.")
    private String to;

    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "In this tree.")
    private String tree;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: all).")
    private Long limit;

    @Mixin
    private RowOptions rows;

    @Override
    public int run(Session session) throws IOException {
        if ((from == null) != (to == null) || (prefix != null && from != null)) {
            throw new UsageException("expected a PREFIX, or --from with --to, got "
                    + (prefix != null ? "both" : from == null ? "--to alone" : "--from alone"));
        }
        long most = Limit.of(limit, Long.MAX_VALUE);
        try (Dacite dacite = Stores.toRead(session);
                Snapshot whole = Stores.at(dacite, at)) {
            KeyCodec codec = dacite.codec();
            List<byte[]> trees = Session.trees(tree, codec);
            Snapshot state = Stores.tree(whole, trees);
            if (tree != null && state.isEmpty()) {
                session.remark("dacite: expected a tree at '" + tree + "', found none");
                return ExitCode.NO;
            }
            Iterator<Entry> entries = entries(state).limit(most).iterator();
            try (RowOutput output = rows.open(session)) {
                output.begin(List.of(
                        RowColumn.ofText("tree").leftOutWhereEmpty(),
                        RowColumn.ofText("key"),
                        RowColumn.ofText("value")));
                while (entries.hasNext()) {
                    Entry entry = entries.next();
                    output.row(
                            Arrays.asList(TreePath.show(entry.trees(), codec), codec.show(entry.key()), entry.value()));
                }
                output.finish(session, "no entries");
            }
            return ExitCode.DONE;
        }
    }

    private Stream<Entry> entries(Snapshot state) {
        if (from != null) {
            return state.scanRange(from, to);
        }
        return prefix == null ? state.scan() : state.scan(prefix);
    }
}
