package org.dacite.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/** A file that a command writes: it stands there when all of it is written, and not before. For one thread. */
final class OutputFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path target;
    private final String what;
    private final Path unfinished;
    private final OutputStream out;
    private boolean finished;

    private OutputFile(Path target, String what, Path unfinished, OutputStream out) {
        this.target = target;
        this.what = what;
        this.unfinished = unfinished;
        this.out = out;
    }

    /** The path that was typed after {@code -o}. */
    static Path named(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("expected a file name after -o, got '" + name + "': " + e.getReason(), e);
        }
    }

    /**
     * Begins to write a file, beside what may be there under its name.
     *
     * @param what is written, as messages say it, such as {@code the proof}
     */
    static OutputFile begin(Path target, String what) {
        Path folder = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            throw new UsageException("expected a file name after -o, got the folder '" + target + "'");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UsageException("expected a folder at '" + folder + "' to write " + what + " into, found none");
        }
        boolean pipe = Files.exists(target) && !Files.isRegularFile(target);
        Path unfinished = pipe
                ? target
                : target.resolveSibling(target.getFileName() + "."
                        + Integer.toHexString(ThreadLocalRandom.current().nextInt()) + ".part");
        try {
            if (!pipe && Files.exists(target) && !Files.isWritable(target)) {
                throw new AccessDeniedException(target.toString());
            }
            return new OutputFile(
                    target,
                    what,
                    unfinished,
                    new BufferedOutputStream(
                            Console.listened(Files.newOutputStream(unfinished), what + " to '" + target + "'"),
                            BUFFER_BYTES));
        } catch (IOException e) {
            throw refused(target, what, e);
        }
    }

    /** Writes all of a file at once. */
    static void write(Path target, String what, byte[] bytes) {
        try (OutputFile file = begin(target, what)) {
            file.stream().write(bytes);
            file.finish();
        } catch (IOException e) {
            throw refused(target, what, e);
        }
    }

    /** Takes the bytes. */
    OutputStream stream() {
        return out;
    }

    /** Puts the file at its place; answers how long it is. */
    long finish() {
        try {
            out.close();
            finished = true;
            if (unfinished.equals(target)) {
                return 0;
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            return Files.size(target);
        } catch (IOException e) {
            throw refused(target, what, e);
        }
    }

    /** Leaves nothing of a file that was not finished, though what is still to be written has no room. */
    @Override
    public void close() throws IOException {
        if (finished) {
            return;
        }
        try {
            out.close();
        } finally {
            if (!unfinished.equals(target)) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private static RuntimeException refused(Path target, String what, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new UsageException(
                    "expected a file that can be written at '" + target + "', but permission was denied", e);
        }
        String reason = e instanceof FileSystemException file
                ? String.valueOf(file.getReason()).replaceFirst("^null$", "no file can be made there")
                : e.getMessage();
        return new Console.UnwritableException(what + " to '" + target + "'", reason, e);
    }
}
