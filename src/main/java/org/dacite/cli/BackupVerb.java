package org.dacite.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.dacite.history.Dacite;
import org.dacite.moves.Copy;
import org.dacite.store.Transfer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Copies the store, of whatever engine, into a new file while others write.",
            "The file is an SQLite store, there whole or not at all; every hash in it was made anew. 'copy' brings it back, and",
            "makes them anew again."
        },
        customSynopsis = "dacite backup FILE",
        footer = {"  dacite backup monday.db", "  dacite copy --store monday.db --to chain.db --head HASH"},
        sortOptions = false)
final class BackupVerb implements Verb {
    @Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
    private Path file;

    @Override
    public int run(Session session) throws IOException {
        try (Dacite dacite = Stores.toRead(session)) {
            Transfer.Report report;
            try (Progress progress = Progress.of(session, "backup", "rows", -1)) {
                report = Copy.backup(
                        dacite, file, Stores.settings(session), so -> progress.at(so.done(), so.of(), so.what()));
            }
            CopyVerb.tell(session, file.toString(), report);
            return ExitCode.DONE;
        }
    }
}
