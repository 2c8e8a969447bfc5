package org.dacite.cli;

import java.util.List;
import java.util.Optional;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Prints the value of a key.",
        customSynopsis = "dacite get KEY [--at REV] [--tree NAME[/NAME…]] [--raw]",
        footer = {"  dacite get alice --at main~1", "  dacite get --tree accounts/savings alice --json"},
        exitCodeList = {"0:Done.", "1:The key is absent, or holds a tree.", "2:Misuse.", "3:The store could not do it."
        },
        sortOptions = false)
final class GetVerb implements Verb {
    @Parameters(paramLabel = "KEY", description = "The key.")
    private String typed;

    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(names = "--tree", paramLabel = "NAME[/NAME…]", description = "In this tree.")
    private String tree;

    @Option(names = "--raw", description = "The bytes of the value and nothing else, no line feed.")
    private boolean raw;

    @Override
    public int run(Session session) {
        if (raw && session.json()) {
            throw new UsageException("expected --raw or --json, got both; leave one out");
        }
        try (Dacite dacite = Stores.toRead(session);
                Snapshot whole = Stores.at(dacite, at)) {
            byte[] key = dacite.key(typed);
            List<byte[]> trees = Session.trees(tree, dacite.codec());
            Snapshot state = Stores.tree(whole, trees);
            Optional<byte[]> value = state.get(key);
            if (session.json()) {
                session.line(Json.object().with("key", dacite.codec().show(key)).with("value", value.orElse(null)));
            } else if (value.isPresent()) {
                session.console().write(value.get());
                if (!raw) {
                    session.console().print("\n");
                }
            }
            if (value.isEmpty()) {
                session.remark("dacite: " + absence(state, key));
            }
            return value.isPresent() ? ExitCode.DONE : ExitCode.NO;
        }
    }

    private String absence(Snapshot state, byte[] key) {
        if (state.holdsTree(key)) {
            return "expected a value at key '" + typed + "', found a tree of "
                    + RevisionLine.counted(state.tree(key).leafCount(), "leaf", "leaves")
                    + "; 'dacite scan --tree' shows it, 'dacite get --tree' reads in it";
        }
        return "expected a value at key '" + typed + "', found none";
    }
}
