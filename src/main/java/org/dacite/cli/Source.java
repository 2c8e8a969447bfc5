package org.dacite.cli;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** The bytes of a file of records, or of standard input, unpacked where they are gzip. For one thread. */
final class Source implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BEGINNING_BYTES = 1 << 14;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final String name;
    private final long sizeBytes;
    private final Counted counted;
    private final InputStream in;

    private Source(String name, long sizeBytes, Counted counted, InputStream in) {
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.counted = counted;
        this.in = in;
    }

    /** Opens a file, or standard input where its name is {@code -}. */
    static Source open(String file, InputStream standardInput) {
        if (file.equals("-")) {
            return unpacked("standard input", -1, standardInput);
        }
        try {
            Path path = Path.of(file);
            InputStream in = Files.newInputStream(path);
            try {
                if (Files.isDirectory(path)) {
                    throw new UsageException("expected a file at '" + file + "', found a folder");
                }
                return unpacked(file, Files.isRegularFile(path) ? Files.size(path) : -1, in);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name, got '" + file + "': " + e.getReason(), e);
        } catch (IOException e) {
            throw InputFile.unreadable(file, e);
        }
    }

    private static Source unpacked(String name, long sizeBytes, InputStream raw) {
        Counted counted = new Counted(raw);
        try {
            BufferedInputStream buffered = new BufferedInputStream(counted, BUFFER_BYTES);
            buffered.mark(2);
            boolean gzip = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
            buffered.reset();
            if (!gzip && name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
                throw new UsageException(
                        "expected gzip in '" + name + "', as its name says, got something else; rename or repair it");
            }
            InputStream in = gzip ? new GZIPInputStream(new Members(buffered), BUFFER_BYTES) : buffered;
            return new Source(name, sizeBytes, counted, new BufferedInputStream(in, BUFFER_BYTES));
        } catch (IOException e) {
            throw new UsageException(name + ":1: " + Utf8Reader.reason(e), e);
        }
    }

    /** What messages call it. */
    String name() {
        return name;
    }

    /** How long the file is, as it lies there; −1 when nobody knows. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** How much of that has been read. */
    long readBytes() {
        return counted.count;
    }

    /** The unpacked bytes. */
    InputStream bytes() {
        return in;
    }

    /** The first unpacked bytes, which are read again afterwards; what can be read of them when the file is damaged. */
    byte[] beginning() throws IOException {
        in.mark(BEGINNING_BYTES);
        byte[] beginning = new byte[BEGINNING_BYTES];
        int length = 0;
        try {
            int more = in.read(beginning, 0, BEGINNING_BYTES);
            while (more > 0) {
                length += more;
                more = in.read(beginning, length, BEGINNING_BYTES - length);
            }
        } catch (IOException e) {
            // whoever reads the records comes to the same place, and knows the line
        }
        in.reset();
        return Arrays.copyOf(beginning, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Counts what passes. */
    private static final class Counted extends FilterInputStream {
        private long count;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }

        /** Nothing is known: of a pipe that was opened by its name, Java cannot tell and fails. */
        @Override
        public int available() {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** Says truly whether more bytes follow: by that, {@link GZIPInputStream} looks for a further member. */
    private static final class Members extends FilterInputStream {
        private Members(BufferedInputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next < 0 ? 0 : 1;
        }
    }
}
