package org.dacite.cli;

import java.util.Optional;
import org.dacite.hashing.CanonicalHash;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.store.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "root",
        description = "Prints the root: the one digest that commits to every key and value.",
        customSynopsis = "dacite root [--at REV]",
        footer = "  dacite root --at main~1",
        sortOptions = false)
final class RootVerb implements Verb {
    @Option(names = "--at", paramLabel = "REV", description = "At a revision (default: the head of main).")
    private String at;

    @Override
    public int run(Session session) {
        try (Dacite dacite = Stores.toRead(session)) {
            Optional<Revision> revision = Stores.revision(dacite, at);
            Digest root = revision.map(Revision::root)
                    .orElseGet(() -> Digest.of(CanonicalHash.of(dacite.hash()).emptyRoot()));
            if (session.json()) {
                session.line(Json.object()
                        .with("revision", revision.map(Revision::id).orElse(null))
                        .with("root", root));
            } else {
                session.line(root.toString());
            }
            return ExitCode.DONE;
        }
    }
}
