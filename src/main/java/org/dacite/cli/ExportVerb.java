package org.dacite.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Writes the state at a revision to a file.",
            "With --snapshot it is the packed form, compressed by gzip, which 'dacite import' makes a store of again;",
            "with --since also only what an older state does not have, for a store that has that one."
        },
        customSynopsis = "dacite export --snapshot [--at REV] [--since REV] [--plain] -o FILE",
        footer = {"  dacite export --snapshot -o state.dac", "  dacite export --snapshot --since main~100 -o newer.dac"
        },
        sortOptions = false)
final class ExportVerb implements Verb {
    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Option(
            names = "--snapshot",
            description = "The whole state in the packed form, with all that its root is made of.")
    private boolean snapshot;

    @Option(
            names = "--since",
            paramLabel = "REV",
            description = "Of a snapshot, only what this older revision does not have.")
    private String since;

    @Option(names = "--plain", description = "Of a snapshot, not compressed: the bytes that 'dacite check' takes too.")
    private boolean plain;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where it goes.")
    private String file;

    @Override
    public int run(Session session) throws IOException {
        if (!snapshot) {
            throw new UsageException("expected --snapshot, got no word of what to export");
        }
        return new SnapshotExport(at, since, plain, file).run(session);
    }
}
