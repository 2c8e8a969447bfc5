package org.dacite.moves;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Snapshot;
import org.dacite.proof.ProofWriter;
import org.dacite.store.StoreException;
import org.dacite.tree.TemporaryFile;

/** Writes one state in the packed form, whatever its size, in memory that does not grow with it. */
public final class SnapshotWriter {
    private static final int BUFFER_BYTES = 1 << 16;

    private SnapshotWriter() {}

    /**
     * Writes a state, or what an older one of the same store does not have of it. The tokens are kept in a temporary file
     * first, since their number stands before them.
     *
     * @param since the older state; empty for all of it
     * @param progress told how many leaves were written so far, after each
     * @return how many leaves it shows
     * @throws IOException when {@code out} cannot be written; a temporary file that fails is a {@link StoreException}
     */
    public static long write(
            Snapshot state, Optional<Snapshot> since, HashAlgorithm algorithm, OutputStream out, LongConsumer progress)
            throws IOException {
        FileChannel tokens = temporary();
        try (tokens) {
            OutputStream to = new BufferedOutputStream(new Temporary(Channels.newOutputStream(tokens)), BUFFER_BYTES);
            ProofWriter writer = ProofWriter.to(to, algorithm);
            long leaves =
                    since.isPresent() ? state.packSince(since.get(), writer, progress) : state.pack(writer, progress);
            to.flush();
            writer.writeHeader(out);
            tokens.position(0);
            InputStream from = new BufferedInputStream(Channels.newInputStream(tokens), BUFFER_BYTES);
            from.transferTo(out);
            return leaves;
        }
    }

    private static FileChannel temporary() {
        try {
            return TemporaryFile.open();
        } catch (IOException e) {
            throw Spool.failed(e);
        }
    }

    /** Tells that it was the temporary file that failed. */
    private static final class Temporary extends OutputStream {
        private final OutputStream out;

        private Temporary(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw Spool.failed(e);
            }
        }
    }
}
