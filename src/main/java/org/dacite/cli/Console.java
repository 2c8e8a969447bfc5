package org.dacite.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where a command reads and writes: UTF-8, lines end with a line feed alone. For one thread. */
final class Console {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;

    Console(InputStream in, PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
    }

    /** The streams of this process, the output buffered. */
    static Console ofProcess() {
        OutputStream out = new BufferedOutputStream(
                listened(new FileOutputStream(FileDescriptor.out), "the answer to standard output"), BUFFER_BYTES);
        return new Console(
                System.in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal("stdout", 1),
                isTerminal("stderr", 2));
    }

    /** The same for people and errors, but the answer goes into a stream that {@link #listened} made. */
    Console into(OutputStream answer) {
        return new Console(in, new PrintStream(answer, false, StandardCharsets.UTF_8), err, false, errIsTerminal);
    }

    /**
     * The stream, but a failure is thrown unchecked, since a {@link PrintStream} would swallow it.
     *
     * @param what is written where, as the message says it
     */
    static OutputStream listened(OutputStream out, String what) {
        return new Listened(out, what);
    }

    /** Asks the property that the launcher sets, else the file system where it tells (Java itself does not). */
    private static boolean isTerminal(String stream, int descriptor) {
        String property = System.getProperty("dacite." + stream + ".terminal");
        if (property != null) {
            return Boolean.parseBoolean(property);
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    InputStream in() {
        return in;
    }

    PrintStream err() {
        return err;
    }

    boolean outIsTerminal() {
        return outIsTerminal;
    }

    boolean errIsTerminal() {
        return errIsTerminal;
    }

    void print(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void line(String line) {
        print(line);
        out.write('\n');
    }

    /** Takes the bytes of the answer. */
    OutputStream out() {
        return out;
    }

    void write(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }

    void errLine(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }

    void flush() {
        out.flush();
    }

    /** Standard output was closed by who read it: no error, but no reason to go on. */
    static final class NobodyListens extends RuntimeException {
        private static final long serialVersionUID = 1;

        NobodyListens(IOException cause) {
            super(cause);
        }
    }

    /** The answer could not be written. */
    static final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnwritableException(String what, String reason, IOException cause) {
            super("expected to write " + what + ", but that failed: " + reason, cause);
        }
    }

    private static final class Listened extends OutputStream {
        private final OutputStream out;
        private final String what;

        Listened(OutputStream out, String what) {
            this.out = out;
            this.what = what;
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
                String reason = String.valueOf(e.getMessage());
                if (reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
                    throw new NobodyListens(e);
                }
                throw new UnwritableException(what, reason, e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
