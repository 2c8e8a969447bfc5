package org.dacite.moves;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.dacite.hashing.Digest;
import org.dacite.hashing.HashAlgorithm;
import org.dacite.history.Snapshot;
import org.dacite.proof.PackedReader;
import org.dacite.proof.ProofFormatException;
import org.dacite.proof.ProofMismatchException;
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
     * @throws StoreException when what was written does not have the root of the state, which is computed from it anew
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
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            writer.writeHeader(header);
            tokens.position(0);
            verify(
                    new SequenceInputStream(
                            new ByteArrayInputStream(header.toByteArray()),
                            new BufferedInputStream(Channels.newInputStream(tokens), BUFFER_BYTES)),
                    out,
                    state.root());
            return leaves;
        }
    }

    /** Writes what is read, and computes its root on the way. */
    private static void verify(InputStream packed, OutputStream out, Digest root) throws IOException {
        try {
            PackedReader reader = PackedReader.of(new Written(packed, out));
            while (reader.next() != null) {
                // it hashes what it hands over
            }
            reader.verify(root);
        } catch (ProofMismatchException e) {
            throw new StoreException(
                    "expected to write a state with root " + root + ", got one with root " + e.found()
                            + "; run 'dacite fsck'",
                    e);
        } catch (ProofFormatException e) {
            throw new StoreException(
                    "expected to write a state, got something else " + e.getMessage() + "; run 'dacite fsck'", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static FileChannel temporary() {
        try {
            return TemporaryFile.open();
        } catch (IOException e) {
            throw Spool.failed(e);
        }
    }

    /** Writes what is read. */
    private static final class Written extends FilterInputStream {
        private final OutputStream out;

        private Written(InputStream in, OutputStream out) {
            super(in);
            this.out = out;
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            if (octet >= 0) {
                out.write(octet);
            }
            return octet;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            if (read > 0) {
                out.write(bytes, from, read);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
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
