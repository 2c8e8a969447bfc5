package org.dacite.cli;

import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.history.RecordLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "log-root",
        description = "Prints the root of a named log: the one digest that commits to its records and their order.",
        customSynopsis = "dacite log-root NAME [--size N]",
        footer = "  dacite log-root audit --size 1000",
        sortOptions = false)
final class LogRootVerb implements Verb {
    @Parameters(paramLabel = "NAME", description = "The log.")
    private String name;

    @Option(names = "--size", paramLabel = "N", description = "Of its first N records (default: of all).")
    private Long size;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toRead(session)) {
            RecordLog log = dacite.recordLog(name);
            long records = size == null ? log.size() : size;
            Digest root = log.root(records);
            if (session.json()) {
                session.line(
                        Json.object().with("log", name).with("size", records).with("root", root));
            } else {
                session.line(root.toString());
            }
            return ExitCode.DONE;
        }
    }
}
