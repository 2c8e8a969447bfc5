package org.dacite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.dacite.hashing.Digest;
import org.dacite.history.Dacite;
import org.dacite.moves.SnapshotReader;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
import org.dacite.store.Revision;
import org.dacite.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Commits the state that a snapshot holds; makes the store when there is none.",
            "Reads it to its end first and computes its root, and believes nothing before that is the trusted one. One",
            "made with --since goes onto a branch whose head is that older state."
        },
        customSynopsis = "dacite import FILE|- --root HEX [--branch NAME] [--keys CODEC] [--indexes LEVEL]",
        footer = "  dacite import state.dac --root 3a362571…93fd --store copy.db",
        exitCodeList = {
            "0:Done.",
            "1:It is no snapshot, is cut off or damaged, or has another root; nothing was imported.",
            "2:Misuse, the file cannot be read, or it does not fit the store.",
            "3:The store could not do it."
        },
        sortOptions = false)
final class ImportVerb implements Verb {
    @Parameters(paramLabel = "FILE", description = "The snapshot, plain or gzip; - is standard input.")
    private String file;

    @Option(names = "--root", required = true, paramLabel = "HEX", description = "The trusted root, 64 hex digits.")
    private String trusted;

    @Mixin
    private BranchOption branch;

    @Mixin
    private NoteOptions note;

    @Mixin
    private MakeOptions make;

    @Override
    public int run(Session session) throws IOException {
        Digest root = Digest.parse(trusted);
        SnapshotReader read;
        try (Source source = Source.open(file, session.console().in())) {
            read = read(session, source, root);
        } catch (ProofFormatException e) {
            return refuse(session, root, "expected a snapshot in " + file + ", got something else " + e.getMessage());
        } catch (ProofMismatchException e) {
            return refuse(session, root, "expected a snapshot with root " + root + ", got one with root " + e.found());
        } catch (UncheckedIOException e) {
            return refuse(
                    session,
                    root,
                    "expected a whole snapshot in " + file + ", got one that is cut off or damaged: "
                            + e.getCause().getMessage());
        }
        try (SnapshotReader snapshot = read) {
            if (!snapshot.isWhole() && !Store.exists(session.place())) {
                throw new UsageException("expected a snapshot of a whole state, since there is no store at "
                        + session.place() + ", got one that was made --since an older state; import that one first");
            }
            make.assume(snapshot.algorithm());
            Stores.fill(session, make, dacite -> show(session, dacite, commit(session, dacite, snapshot)));
        }
        return ExitCode.DONE;
    }

    private static SnapshotReader read(Session session, Source source, Digest root) {
        try (Progress progress = Progress.of(session, "verify", source)) {
            return SnapshotReader.read(source.bytes(), root, () -> progress.at(source.readBytes()));
        }
    }

    private Revision commit(Session session, Dacite dacite, SnapshotReader snapshot) {
        try (Progress progress = Progress.of(session, "import", "leaves", snapshot.leaves())) {
            String name = file.equals("-") ? "standard input" : file.replaceFirst(".*/(?=[^/])", "");
            return snapshot.commit(dacite, branch.of(dacite), note.note("import " + name), progress::at);
        }
    }

    private static void show(Session session, Dacite dacite, Revision revision) {
        if (session.json()) {
            session.line(Json.object()
                    .with("root", revision.root())
                    .with("holds", true)
                    .with("leaves", revision.leafCount())
                    .with("revision", RevisionLine.of(dacite).json(revision)));
            return;
        }
        session.line(RevisionLine.sentence(revision));
        session.line("every hash was computed anew, and the root is the trusted one");
    }

    private static int refuse(Session session, Digest root, String reason) {
        if (session.json()) {
            session.line(Json.object()
                    .with("root", root)
                    .with("holds", false)
                    .with("leaves", null)
                    .with("revision", null));
        }
        session.remark("dacite: " + reason + "; nothing was imported");
        return ExitCode.NO;
    }
}
