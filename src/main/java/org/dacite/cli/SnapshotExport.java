package org.dacite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.dacite.history.Dacite;
import org.dacite.history.Snapshot;
import org.dacite.moves.SnapshotWriter;
import org.dacite.store.Revision;

/** Writes a snapshot to a file, which is there when it is whole. */
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
        if (file == null) {
            throw new UsageException("expected -o FILE for the snapshot, got none");
        }
        try (Dacite dacite = Stores.toRead(session)) {
            Revision revision = Stores.committed(dacite, at);
            Optional<Revision> older = Optional.ofNullable(since).map(dacite::revision);
            try (OutputFile target = OutputFile.begin(OutputFile.named(file), "the snapshot")) {
                long leaves = write(session, dacite, revision, older, target.stream());
                show(session, revision, older, leaves, target.finish());
            }
        }
        return ExitCode.DONE;
    }

    private long write(Session session, Dacite dacite, Revision revision, Optional<Revision> older, OutputStream target)
            throws IOException {
        try (Snapshot state = dacite.at(revision);
                Snapshot before = older.map(dacite::at).orElse(null);
                Progress progress = Progress.of(session, "export", "leaves", before == null ? state.leafCount() : -1)) {
            FastGzip packed = plain ? null : new FastGzip(target);
            long leaves = SnapshotWriter.write(
                    state, Optional.ofNullable(before), dacite.hash(), plain ? target : packed, shown -> {
                        if (shown % TOLD_EVERY == 0) {
                            progress.at(shown);
                        }
                    });
            if (packed != null) {
                packed.finish();
            }
            return leaves;
        }
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
        session.line("every hash was computed anew from what was written, and the root is that of the revision");
    }

    /** Level 1: hashed keys and values leave little to gain, and this keeps up with the reading of the store. */
    private static final class FastGzip extends GZIPOutputStream {
        private FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
