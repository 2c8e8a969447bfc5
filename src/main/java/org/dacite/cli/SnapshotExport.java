package org.dacite.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.moves.SnapshotWriter;
import org.dacite.store.Revision;

/** Writes a snapshot to a file: beside its place first, and there only when it is whole. */
final class SnapshotExport {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int TOLD_EVERY = 1024;

    private final String at;
    private final String since;
    private final boolean plain;
    private final String file;

    SnapshotExport(String at, String since, boolean plain, String file) {
        this.at = at;
        this.since = since;
        this.plain = plain;
        this.file = file;
    }

    int run(Session session) throws IOException {
        Path target = target();
        try (Dacite dacite = Stores.toRead(session)) {
            Revision revision = Stores.committed(dacite, at);
            Optional<Revision> older = Optional.ofNullable(since).map(dacite::revision);
            Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
            try {
                long leaves = write(session, dacite, revision, older, unfinished);
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
                show(session, revision, older, leaves, Files.size(target));
            } catch (IOException e) {
                throw new Console.UnwritableException(
                        "the snapshot to '" + file + "'", e.getMessage() + "; no file was left", e);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
        return ExitCode.DONE;
    }

    private Path target() {
        if (file == null) {
            throw new UsageException("expected -o FILE for the snapshot, got none");
        }
        try {
            Path target = Path.of(file).toAbsolutePath();
            if (Files.isDirectory(target)) {
                throw new UsageException("expected a file name after -o, got the folder '" + file + "'");
            }
            if (!Files.isDirectory(target.getParent())) {
                throw new UsageException(
                        "expected a folder at '" + target.getParent() + "' to write the snapshot into, found none");
            }
            return target;
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name after -o, got '" + file + "': " + e.getReason(), e);
        }
    }

    private long write(Session session, Dacite dacite, Revision revision, Optional<Revision> older, Path unfinished)
            throws IOException {
        try (Snapshot state = dacite.at(revision);
                Snapshot before = older.map(dacite::at).orElse(null);
                OutputStream out = new BufferedOutputStream(opened(unfinished), BUFFER_BYTES);
                Progress progress = Progress.of(session, "export", "leaves", before == null ? state.leafCount() : -1)) {
            return SnapshotWriter.write(state, Optional.ofNullable(before), dacite.hash(), out, leaves -> {
                if (leaves % TOLD_EVERY == 0) {
                    progress.at(leaves);
                }
            });
        }
    }

    private OutputStream opened(Path unfinished) throws IOException {
        OutputStream out = Files.newOutputStream(unfinished);
        return plain ? out : new FastGzip(out);
    }

    private static void show(
            Session session, Revision revision, Optional<Revision> older, long leaves, long sizeBytes) {
        if (session.json()) {
            session.line(Json.object()
                    .with("revision", revision.id())
                    .with("root", revision.root())
                    .with("since", older.map(Revision::root).orElse(null))
                    .with("leaves", leaves)
                    .with("bytes", sizeBytes));
            return;
        }
        session.line("snapshot of " + RevisionLine.named(revision) + ": "
                + RevisionLine.counted(leaves, "leaf", "leaves")
                + older.map(each -> " that " + RevisionLine.named(each) + " does not have")
                        .orElse("")
                + ", " + RevisionLine.counted(sizeBytes, "byte", "bytes"));
        session.line("root " + revision.root());
    }

    /** Level 1: hashed keys and values leave little to gain, and this keeps up with the reading of the store. */
    private static final class FastGzip extends GZIPOutputStream {
        private FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
